import { Column, descending, Table } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorMessage } from '../support/error-message.js';
import { arbitraryTable, storedRow, storedRows } from './arbitrary-table.js';

describe('Table', () => {
  const events = Table.of({
    obs_id: Int32Array.of(1, 1, 2),
    event_id: [11n, 2n ** 60n, 13n],
    true_energy: { values: [0.2, 1.5, 30], unit: 'TeV', description: 'Energy of the primary particle' },
    is_valid: [true, false, true],
    camera: ['LSTCam', 'NectarCam', 'LSTCam'],
    tels: { type: 'bool', shape: [2], values: [1, 0, 0, 1, 1, 1] },
  });

  it('is created from plain and typed arrays and infers the type of each column', () => {
    const types = [...events.columns.values()].map(({ name, type, length }) => [name, type, length]);
    expect(types).to.deep.equal([
      ['obs_id', 'int32', 3],
      ['event_id', 'int64', 3],
      ['true_energy', 'float64', 3],
      ['is_valid', 'bool', 3],
      ['camera', 'string', 3],
      ['tels', 'bool', 3],
    ]);
    expect(events.names).to.deep.equal(types.map(([name]) => name));
    expect(events.column('event_id').values).to.be.instanceOf(BigInt64Array);
    expect(Table.of({}).nRows).to.equal(0);
    expect(Table.of({ x: [] }).column('x').type).to.equal('float64');
  });

  it('keeps typed arrays without copying', () => {
    const values = Float32Array.of(1, 2, 3);
    expect(Table.of({ x: values }).column('x').values).to.equal(values);
    expect(Table.of({ x: { values, unit: 'm' } }).column('x').values).to.equal(values);
  });

  it('gives numbers in other units, without copying if no conversion is needed', () => {
    expect(events.numbers('true_energy', 'GeV')).to.deep.equal(Float64Array.of(200, 1500, 30000));
    expect(events.numbers('true_energy')).to.equal(events.column('true_energy').values);
    expect(events.numbers('obs_id')).to.deep.equal(Float64Array.of(1, 1, 2));
    expect(errorMessage(() => events.numbers('true_energy', 'm'))).to.equal(
      'TABLE_COLUMN_INVALID: Column "true_energy": cannot convert TeV to m.',
    );
    expect(errorMessage(() => events.numbers('camera'))).to.equal(
      'TABLE_COLUMN_INVALID: Column "camera": expected numbers, found text.',
    );
  });

  it('gives rows as objects with booleans, strings, arrays, and bigint only beyond 2^53', () => {
    expect(events.toRows()[1]).to.deep.equal({
      obs_id: 1,
      event_id: 2n ** 60n,
      true_energy: 1.5,
      is_valid: false,
      camera: 'NectarCam',
      tels: Uint8Array.of(0, 1),
    });
    expect(events.row(0)['event_id']).to.equal(11);
  });

  it('becomes rows of readable values in JSON', () => {
    const enumeration = { name: 'EventType', members: { SUBARRAY: 32 } };
    const table = Table.of({
      id: [1n, 2n ** 60n],
      type: { values: Int8Array.of(32, 7), meaning: { kind: 'enumeration', enumeration } },
      time: {
        values: Uint32Array.of(0, 0, 86400, 4000),
        shape: [2],
        meaning: { kind: 'time', format: 'ctao_high_res' },
      },
      mask: {
        values: Uint8Array.of(1, 0, 1, 0),
        type: 'bool',
        shape: [2],
        meaning: { kind: 'telescopes', telIds: [4, 9] },
      },
      flags: { values: Uint8Array.of(1, 0, 1, 1), type: 'bool', shape: [2] },
      image: { values: Float32Array.of(NaN, 1.5, Infinity, -2), shape: [2] },
      text: ['a', 'b'],
    });
    const rows: unknown = JSON.parse(JSON.stringify(table));
    expect(rows).to.deep.equal([
      { id: 1, type: 'SUBARRAY', time: null, mask: [4], flags: [true, false], image: [null, 1.5], text: 'a' },
      {
        id: '1152921504606846976',
        type: 7,
        time: '1970-01-02T00:00:00.000001',
        mask: [4],
        flags: [true, true],
        image: ['Infinity', -2],
        text: 'b',
      },
    ]);
    expect(JSON.parse(JSON.stringify({ table }))).to.deep.equal({ table: rows });
  });

  it('gives times as Time objects for both storage formats', () => {
    const times = Table.of({
      time: {
        values: Uint32Array.of(1_600_000_000, 2_000_000_000, 0, 0),
        shape: [2],
        meaning: { kind: 'time', format: 'ctao_high_res' },
      },
      start: { values: [59105.5, 0], meaning: { kind: 'time', format: 'mjd' } },
    });
    expect(times.toRows()).to.deep.equal([
      {
        time: { seconds: 1_600_000_000, quarterNanoseconds: 2_000_000_000 },
        start: { seconds: 1_599_998_400, quarterNanoseconds: 0 },
      },
      { time: { seconds: 0, quarterNanoseconds: 0 }, start: { seconds: 0, quarterNanoseconds: 0 } },
    ]);
  });

  it('carries full seconds of quarter nanoseconds over to the next second', () => {
    const times = Table.of({
      time: {
        values: Uint32Array.of(59, 4_000_000_000, 60, 3_999_999_999),
        shape: [2],
        meaning: { kind: 'time', format: 'ctao_high_res' },
      },
    });
    expect(times.toRows()).to.deep.equal([
      { time: { seconds: 60, quarterNanoseconds: 0 } },
      { time: { seconds: 60, quarterNanoseconds: 3_999_999_999 } },
    ]);
    expect(JSON.parse(JSON.stringify(times))).to.deep.equal([
      { time: '1970-01-01T00:01:00.000000' },
      { time: '1970-01-01T00:01:00.999999' },
    ]);
  });

  it('rejects columns of different lengths or inconsistent with their description', () => {
    expect(errorMessage(() => Table.of({ x: [1], y: [1, 2] }))).to.equal(
      'TABLE_COLUMN_INVALID: Column "y": expected 1 rows, like column "x", found 2.',
    );
    expect(errorMessage(() => new Table([events.column('obs_id'), events.column('obs_id')]))).to.contain(
      'duplicate column',
    );
    expect(errorMessage(() => new Column({ name: 'x', type: 'int32' }, Float64Array.of(1)))).to.equal(
      'TABLE_COLUMN_INVALID: Column "x": expected values of type int32, found float64.',
    );
    expect(errorMessage(() => new Column({ name: 'x', type: 'int8', shape: [2] }, Int8Array.of(1)))).to.contain(
      'expected values that fill cells of shape [2], found 1',
    );
    expect(errorMessage(() => new Column({ name: 'x', type: 'int8', shape: [0] }, Int8Array.of()))).to.contain(
      'shape [0]',
    );
    expect(errorMessage(() => events.column('true_enrgy'))).to.equal(
      'TABLE_COLUMN_UNKNOWN: Unknown column "true_enrgy"; did you mean "true_energy"?',
    );
  });

  it('takes, slices, selects and renames without changing elements', () => {
    fc.assert(
      fc.property(arbitraryTable, fc.array(fc.nat(11)), fc.integer(), fc.integer(), (table, picks, start, stop) => {
        const rows = picks.filter((row) => row < table.nRows);
        expect(storedRows(table.take(rows))).to.deep.equal(rows.map((row) => storedRow(table, row)));
        expect(storedRows(table.slice(start, stop))).to.deep.equal(storedRows(table).slice(start, stop));
        const names = table.names.toReversed();
        const turned = table.select(...names).rename((name) => `new_${name}`);
        expect(turned.names).to.deep.equal(names.map((name) => `new_${name}`));
        expect(storedRows(turned)).to.deep.equal(storedRows(table).map((row) => row.toReversed()));
        expect(storedRows(table.without('c0'))).to.deep.equal(storedRows(table).map((row) => row.slice(1)));
        expect(table.take(rows).meta).to.equal(table.meta);
      }),
    );
  });

  it('shares the memory of unchanged columns', () => {
    const { values } = events.column('true_energy');
    const same = [
      events.select('true_energy'),
      events.without('tels'),
      events.rename({ obs_id: 'run' }),
      events.withColumn('run', [1, 2, 3]),
      events.filter([1, 1, 1]),
      events.join(Table.of({ obs_id: [1n, 2n], night: [7, 8] }), 'obs_id'),
    ];
    for (const table of same) expect(table.column('true_energy').values).to.equal(values);
    expect((events.slice(1, 3).column('true_energy').values as Float64Array).buffer).to.equal(
      (values as Float64Array).buffer,
    );
  });

  it('fills missing values for row index -1', () => {
    const missing = events.take([-1, 0]);
    expect(missing.row(0)).to.deep.equal({
      obs_id: -1,
      event_id: -1,
      true_energy: NaN,
      is_valid: false,
      camera: '',
      tels: Uint8Array.of(0, 0),
    });
    expect(missing.row(1)).to.deep.equal(events.row(0));
  });

  it('replaces a column in place and appends new ones', () => {
    const table = events
      .select('obs_id', 'is_valid')
      .withColumn('obs_id', [7, 8, 9])
      .withColumn('x', events.column('tels'));
    expect(table.names).to.deep.equal(['obs_id', 'is_valid', 'x']);
    expect(table.toRows()[2]).to.deep.equal({ obs_id: 9, is_valid: true, x: Uint8Array.of(1, 1) });
    expect(errorMessage(() => events.withColumn('x', [1]))).to.equal(
      'TABLE_COLUMN_INVALID: Column "x": expected 3 rows, like the table, found 1.',
    );
  });

  it('keeps the number of rows without columns', () => {
    expect(events.select().nRows).to.equal(3);
    expect(events.select().filter([1, 0, 1]).nRows).to.equal(2);
    expect(events.select().slice(1).nRows).to.equal(2);
  });

  describe('filter', () => {
    it('keeps the rows of a mask in order', () => {
      fc.assert(
        fc.property(arbitraryTable, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (table, bits) => {
          const mask = bits.slice(0, table.nRows);
          const kept = storedRows(table).filter((_, row) => mask[row]);
          expect(storedRows(table.filter(mask))).to.deep.equal(kept);
          expect(storedRows(table.filter(Uint8Array.from(mask, Number)))).to.deep.equal(kept);
        }),
      );
    });

    it('rejects masks of the wrong length and expressions that are not conditions', () => {
      expect(errorMessage(() => events.filter([true]))).to.equal(
        'TABLE_MASK_INVALID: The mask of a table needs one value per row: expected 3, found 1.',
      );
      expect(errorMessage(() => events.filter('true_energy'))).to.match(
        /^TABLE_MASK_INVALID: "true_energy": expected a condition/,
      );
      expect(errorMessage(() => events.filter('tels'))).to.match(/^TABLE_MASK_INVALID/);
    });
  });

  describe('sortBy', () => {
    /** Orders NaN after numbers. */
    const compare = (a: unknown, b: unknown): number => {
      if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
      return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
    };

    it('sorts by any columns in both directions, stable and with NaN last', () => {
      fc.assert(
        fc.property(arbitraryTable, fc.boolean(), fc.boolean(), (table, firstDown, secondDown) => {
          const sortable = table.names.filter((name) => table.column(name).count === 1).slice(0, 2);
          const down = [firstDown, secondDown];
          const cell = (name: string, row: number) => table.column(name).values[row];
          const expected = Array.from({ length: table.nRows }, (_, row) => row).sort((a, b) => {
            for (const [i, name] of sortable.entries()) {
              const [x, y] = [cell(name, a), cell(name, b)];
              const isNan = Number.isNaN(x) || Number.isNaN(y);
              const order = compare(x, y) * (down[i] && !isNan ? -1 : 1);
              if (order !== 0) return order;
            }
            return 0;
          });
          const keys = sortable.map((name, i) => (down[i] ? descending(name) : name));
          expect(storedRows(table.sortBy(...keys))).to.deep.equal(expected.map((row) => storedRow(table, row)));
        }),
      );
    });

    it('sorts times by seconds and quarter nanoseconds', () => {
      const time = { shape: [2], meaning: { kind: 'time', format: 'ctao_high_res' } } as const;
      const table = Table.of({ i: [0, 1, 2], t: { ...time, values: Uint32Array.of(5, 9, 5, 3, 4, 10) } });
      expect(table.sortBy('t').numbers('i')).to.deep.equal(Float64Array.of(2, 1, 0));
      expect(table.sortBy(descending('t')).numbers('i')).to.deep.equal(Float64Array.of(0, 1, 2));
    });

    it('explains descending order for options of other libraries', () => {
      const table = Table.of({ x: [1, 2] });
      const keys = ['x', { descending: true }] as string[];
      expect(() => table.sortBy(...keys))
        .to.throw(/found {"descending":true}.*sortBy\(descending\("x"\)\)/)
        .with.property('code', 'TABLE_KEY_INVALID');
      for (const key of [undefined, null, 1, { name: 'x' }, { name: 'x', descending: false }]) {
        expect(() => table.sortBy(key as unknown as string))
          .to.throw()
          .with.property('code', 'TABLE_KEY_INVALID');
      }
    });

    it('rejects columns with several values per row', () => {
      expect(errorMessage(() => events.sortBy('tels'))).to.equal(
        'TABLE_KEY_INVALID: Column "tels": expected one value per row to sort by, found 2.',
      );
    });
  });

  describe('stack', () => {
    it('concatenates tables regardless of their column order', () => {
      fc.assert(
        fc.property(arbitraryTable, fc.nat(12), (table, cut) => {
          const parts = [table.slice(0, cut), table.slice(cut).select(...table.names.toReversed())];
          expect(storedRows(Table.stack(parts))).to.deep.equal(storedRows(table));
          expect(Table.stack(parts).meta).to.deep.equal(table.meta);
        }),
      );
    });

    it('refuses unknown options, as joins do', () => {
      const table = Table.of({ x: [1n, 2n] });
      const invalid = 'OPTION_INVALID';
      const outer: object = { how: 'outer' };
      const join: object = { join: 'outer' };
      expect(() => table.join(table, 'x', outer)).to.throw('join: how: expected "inner" or "left", found "outer"');
      expect(() => table.join(table, 'x', join))
        .to.throw()
        .with.property('code', invalid);
      expect(() => Table.stack([table, table], join))
        .to.throw()
        .with.property('code', invalid);
    });

    it('reports how tables differ', () => {
      const stacked = (other: Table) =>
        errorMessage(() => Table.stack([events.select('obs_id', 'true_energy'), other]));
      const table = events.select('obs_id', 'true_energy');
      expect(stacked(table.without('obs_id').withColumn('run', [1, 2, 3]))).to.equal(
        'TABLES_DIFFER: Table 2 cannot be stacked below the first: it lacks obs_id and has run beyond those of the first. ' +
          'Select, rename or convert columns first.',
      );
      expect(stacked(table.withColumn('obs_id', [1, 2, 3]))).to.contain('column "obs_id" is float64, not int32');
      const inGev = { values: [1, 2, 3], unit: 'GeV' };
      expect(stacked(table.withColumn('true_energy', inGev))).to.contain('column "true_energy" is in GeV, not in TeV');
      const wide = { values: Int32Array.of(1, 2, 3, 4, 5, 6), shape: [2] };
      expect(stacked(table.withColumn('obs_id', wide))).to.contain('has cells of shape [2], not []');
      expect(() => Table.stack([])).to.throw(RangeError);
    });
  });

  describe('groupBy and unique', () => {
    it('split the rows by equal values in order of first occurrence', () => {
      fc.assert(
        fc.property(arbitraryTable, (table) => {
          const names = table.names.filter((name) => {
            const { count, type } = table.column(name);
            return count === 1 && !type.startsWith('float');
          });
          if (names.length === 0) return;
          const keyOf = (row: number) => names.map((name) => String(table.column(name).values[row])).join();
          const expected = new Map<string, number[]>();
          for (let row = 0; row < table.nRows; row++) {
            expected.set(keyOf(row), [...(expected.get(keyOf(row)) ?? []), row]);
          }
          const groups = table.groupBy(...names);
          expect(groups.map((group) => storedRows(group.table))).to.deep.equal(
            [...expected.values()].map((rows) => rows.map((row) => storedRow(table, row))),
          );
          for (const group of groups) expect(Object.keys(group.key)).to.deep.equal(names);
          expect(storedRows(table.unique(...names))).to.deep.equal(
            [...expected.values()].map(([first]) => storedRow(table, first)),
          );
        }),
      );
    });

    it('reject fractional keys', () => {
      expect(errorMessage(() => events.groupBy('true_energy'))).to.equal(
        'TABLE_KEY_INVALID: Column "true_energy", row 0: expected an integer, a boolean or text as id, found 0.2.',
      );
    });
  });

  describe('statistics', () => {
    it('give count, extremes, mean and standard deviation without NaN', () => {
      fc.assert(
        fc.property(arbitraryTable, (table) => {
          const statistics = table.statistics();
          table.names.forEach((name, row) => {
            const { type, values } = table.column(name);
            const found = statistics.row(row);
            expect(found['column']).to.equal(name);
            if (type === 'string') return;
            const numbers = Array.from(values as Float64Array, Number).filter((value) => !Number.isNaN(value));
            expect(found['count']).to.equal(numbers.length);
            expect(found['n_nan']).to.equal(values.length - numbers.length);
            if (numbers.length === 0) expect(found['mean']).to.be.NaN;
            else {
              expect(found['min']).to.equal(Math.min(...numbers));
              expect(found['max']).to.equal(Math.max(...numbers));
            }
            if (numbers.length === 0 || !numbers.every(Number.isFinite)) return;
            const mean = numbers.reduce((sum, value) => sum + value / numbers.length, 0);
            const std = Math.hypot(...numbers.map((value) => (value - mean) / Math.sqrt(numbers.length)));
            const scale = Math.max(1, ...numbers.map(Math.abs));
            expect(found['mean']).to.be.closeTo(mean, 1e-9 * scale);
            expect(found['std']).to.be.closeTo(std, 1e-6 * scale);
          });
        }),
      );
    });
  });

  describe('toString', () => {
    it('shows names, units, types and values', () => {
      expect(events.slice(0, 2).toString()).to.equal(
        [
          'Table of 2 rows and 6 columns',
          'obs_id             event_id  true_energy  is_valid  camera        tels',
          '                                     TeV',
          ' int32                int64      float64      bool  string     bool[2]',
          '     1                   11          0.2      true  LSTCam      1 of 2',
          '     1  1152921504606846976          1.5     false  NectarCam   1 of 2',
        ].join('\n'),
      );
      expect(String(events.column('true_energy'))).to.equal(
        'true_energy / TeV: float64[3] 0.2, 1.5, 30  Energy of the primary particle',
      );
    });

    it('omits rows in the middle, and lists the columns that do not fit', () => {
      const columns = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`column_${i}`, new Int32Array(100).fill(i)]),
      );
      const lines = Table.of(columns).toString({ rows: 4, width: 60 }).split('\n');
      for (const line of lines) expect(line.length).to.be.at.most(60);
      expect(lines.slice(1, 8).map((line) => line.trim().split(/ +/)[0])).to.deep.equal([
        'column_0',
        'int32',
        '0',
        '0',
        '...',
        '0',
        '0',
      ]);
      expect(lines[8]).to.match(/^\.\.\. and 14 columns: column_6, column_7/);
      expect(lines.at(-1)).to.match(/column_19$/);
      expect(Table.of(columns).toString({ width: 30 }).split('\n').at(-1)).to.match(/, \.\.\.$/);
    });

    it('does not throw for any table', () => {
      fc.assert(
        fc.property(arbitraryTable, fc.nat(20), fc.nat(100), (table, rows, width) => {
          expect(table.toString({ rows, width })).to.contain(`${table.nRows} row`);
        }),
      );
    });
  });
});
