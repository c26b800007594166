import { Table, type ElementType } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { CpuStopwatch } from '../support/cpu-stopwatch.js';
import { arbitraryColumn, storedRow, storedRows, valuesOf } from './arbitrary-table.js';
import { errorMessage } from '../support/error-message.js';

const INTEGERS: readonly ElementType[] = ['int8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool'];

/** Two tables with one to three id columns, each of any integer type or of strings. */
const pairOfTables = fc
  .record({ nLeft: fc.nat(12), nRight: fc.nat(12), nIds: fc.integer({ min: 1, max: 3 }), text: fc.boolean() })
  .chain(({ nLeft, nRight, nIds, text }) => {
    const ids = (nRows: number) =>
      fc.tuple(
        ...Array.from({ length: nIds }, (_, i) =>
          arbitraryColumn(`id${i}`, nRows, i === 0 && text ? ['string'] : INTEGERS, [[]]),
        ),
      );
    return fc.record({
      left: fc.tuple(ids(nLeft), arbitraryColumn('x', nLeft), arbitraryColumn('left', nLeft)),
      right: fc.tuple(ids(nRight), arbitraryColumn('x', nRight), arbitraryColumn('right', nRight)),
    });
  })
  .map(({ left, right }) => ({
    left: new Table([...left[0], left[1], left[2]], { A: 1, B: 1 }),
    right: new Table([...right[0], right[1], right[2]], { B: 2, C: 2 }),
  }));

const idsOf = (table: Table): string[] => table.names.filter((name) => name.startsWith('id'));
const keyOf = (table: Table, row: number): string =>
  idsOf(table)
    .map((name) => `${typeof table.column(name).values[row] === 'string' ? 't' : 'n'}${table.column(name).values[row]}`)
    .join();

describe('Table.join', () => {
  it('matches rows by id regardless of id types and row order', () => {
    fc.assert(
      fc.property(pairOfTables, fc.constantFrom('inner' as const, 'left' as const), ({ left, right }, how) => {
        const keys = Array.from({ length: right.nRows }, (_, row) => keyOf(right, row));
        const ids = idsOf(left);
        const join = () => left.join(right, ids, { how, suffixes: ['_left', '_right'], indicator: 'matched' });
        if (new Set(keys).size < keys.length) {
          expect(errorMessage(join)).to.match(
            /^TABLE_KEY_DUPLICATE: Duplicate key \(.*\) in the right table of a join/,
          );
          return;
        }
        const joined = join();
        expect(joined.names).to.deep.equal([...ids, 'x_left', 'left', 'x_right', 'right', 'matched']);
        const other = right.without(...ids);
        const expected = Array.from({ length: left.nRows }, (_, row) => {
          const partner = keys.indexOf(keyOf(left, row));
          return {
            partner,
            cells: [...storedRow(left, row), ...storedRow(other.take([partner]), 0), [partner < 0 ? 0 : 1]],
          };
        }).filter(({ partner }) => how === 'left' || partner >= 0);
        expect(storedRows(joined)).to.deep.equal(expected.map(({ cells }) => cells));
        expect(joined.meta).to.deep.equal({ A: 1, B: 1, C: 2 });
      }),
      { numRuns: 300 },
    );
  });

  const showers = Table.of({ obs_id: Int32Array.of(1, 1), event_id: [1n, 2n], energy: [0.5, 2] });
  const images = Table.of({ obs_id: [1n, 1n, 1n], event_id: Int32Array.of(2, 1, 2), tel_id: Int16Array.of(1, 1, 4) });

  it('adds the shower of the array event to each of its telescope events', () => {
    const joined = images.join(showers, ['obs_id', 'event_id']);
    expect(joined.numbers('energy')).to.deep.equal(Float64Array.of(2, 0.5, 2));
    expect(joined.names).to.deep.equal(['obs_id', 'event_id', 'tel_id', 'energy']);
  });

  it('reports duplicate ids', () => {
    expect(errorMessage(() => showers.join(images, ['obs_id', 'event_id']))).to.equal(
      'TABLE_KEY_DUPLICATE: Duplicate key (obs_id, event_id) in the right table of a join: obs_id 1, event_id 2 ' +
        '(rows 0 and 2). Join by more id columns, or use this table as the left one.',
    );
  });

  it('rejects invalid id columns and duplicate column names', () => {
    expect(errorMessage(() => images.join(showers, 'energy'))).to.match(
      /^TABLE_COLUMN_UNKNOWN: Unknown column "energy"/,
    );
    expect(errorMessage(() => showers.join(showers, 'energy'))).to.match(
      /^TABLE_KEY_INVALID: Column "energy", row 0: .* found 0.5/,
    );
    const whole = Table.of({ event_id: [2 ** 40, -1] });
    expect(whole.join(Table.of({ event_id: [-1n, 2n ** 40n], x: [1, 2] }), 'event_id').numbers('x')).to.deep.equal(
      Float64Array.of(2, 1),
    );
    expect(errorMessage(() => showers.join(showers, []))).to.match(/^TABLE_KEY_INVALID/);
    const suffixes = ['', ''] as const;
    expect(errorMessage(() => showers.join(showers, ['obs_id', 'event_id'], { suffixes }))).to.equal(
      'TABLE_COLUMN_INVALID: Column "energy": duplicate column.',
    );
  });

  it('distinguishes -1 from the largest unsigned integer', () => {
    const signed = Table.of({ id: { type: 'int64', values: valuesOf('int64', [-1n, 5n]) } });
    const unsigned = Table.of({ id: { type: 'uint64', values: valuesOf('uint64', [2n ** 64n - 1n, 5n]) }, x: [1, 2] });
    expect(signed.join(unsigned, 'id').numbers('x')).to.deep.equal(Float64Array.of(2));
  });

  it('takes linear time', () => {
    const n = 200_000;
    const ids = Table.of({
      obs_id: Int32Array.from({ length: n }, (_, i) => i % 7),
      event_id: BigInt64Array.from({ length: n }, (_, i) => BigInt(i * 64)),
      x: Float64Array.from({ length: n }, (_, i) => i),
    });
    const stopwatch = new CpuStopwatch();
    const joined = ids
      .sortBy('event_id')
      .join(ids.take(Uint32Array.from({ length: n }, (_, i) => n - 1 - i)), ['obs_id', 'event_id']);
    expect(joined.numbers('x_1')).to.deep.equal(joined.numbers('x_2'));
    expect(stopwatch.milliseconds).to.be.lessThan(5000);
  });
});
