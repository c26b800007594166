import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileExpression } from '@cherenkit/expression';
import { Table, type ColumnInput, type ElementType } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { errorMessage } from '../support/error-message.js';

interface StoredColumn {
  readonly type: ElementType;
  readonly values: (number | string)[];
  readonly unit?: string;
  readonly shape?: number[];
}

/** Written by make_table_expression_reference.py. */
const reference = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'table-expressions.json'), 'utf8'),
) as {
  readonly columns: Record<string, StoredColumn>;
  readonly criteria: Record<string, number[]>;
  readonly features: Record<string, { type: string; unit: string; values: (number | boolean)[] }>;
};

const table = Table.of(reference.columns satisfies Record<string, ColumnInput>);

describe('expressions of table columns', () => {
  for (const [text, mask] of Object.entries(reference.criteria)) {
    it(`select the same rows as ctapipe's quality query: ${text}`, () => {
      const kept = Array.from(table.withColumn('row', Uint32Array.from(mask.keys())).filter(text).numbers('row'));
      expect(kept).to.deep.equal([...mask.keys()].filter((row) => mask[row] === 1));
    });
  }

  for (const [text, { type, unit, values }] of Object.entries(reference.features)) {
    it(`give ctapipe's feature with its unit: ${text}`, () => {
      const column = table.withColumn('feature', text).column('feature');
      expect([column.type, column.unit ?? '']).to.deep.equal([type, unit]);
      values.forEach((value, row) => {
        const found = Number(column.values[row]);
        expect(found).to.be.closeTo(Number(value), 1e-12 * Math.max(1, Math.abs(found)));
      });
    });
  }

  it('evaluate and, or, not and chained comparisons row by row, as pandas does', () => {
    const same = [
      ['hillas_intensity > 50 and is_valid', '(hillas_intensity > 50) & is_valid'],
      ['hillas_intensity > 50 or leakage < 0.2', '(hillas_intensity > 50) | (leakage < 0.2)'],
      ['not is_valid', '~is_valid'],
      ['0.1 < leakage <= 0.3', '(leakage > 0.1) & (leakage <= 0.3)'],
      ["not (camera == 'LSTCam' and is_valid) or obs_id == 2", "~((camera == 'LSTCam') & is_valid) | (obs_id == 2)"],
      ["camera in ['LSTCam', 'FlashCam']", "np.isin(camera, ['LSTCam', 'FlashCam'])"],
      ['event_id not in [11, 13]', '~np.isin(event_id, [11, 13])'],
      ['True and is_valid', 'is_valid'],
      ['False or is_valid', 'is_valid'],
      ['np.mean(leakage) < 1 and is_valid', 'is_valid'],
    ];
    for (const [ours, theirs] of same) {
      expect(table.filter(ours).toRows(), ours).to.deep.equal(table.filter(theirs).toRows());
    }
    expect(table.filter('False and no_such_name > 1').nRows).to.equal(0);
    expect(table.filter('True').nRows).to.equal(table.nRows);
    expect(
      errorMessage(() =>
        compileExpression('a and b').evaluate(table.select('leakage').rename({ leakage: 'a' }).scope()),
      ),
    ).to.contain('the truth value of an array is ambiguous');
  });

  it('combine masks by and, or, not as by &, |, ~', () => {
    const masks = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { maxLength: 10 });
    fc.assert(
      fc.property(masks, (rows) => {
        const [a, b, c] = [0, 1, 2].map((i) => ({ type: 'bool' as const, values: rows.map((row) => Number(row[i])) }));
        const truths = Table.of({ a, b, c, row: Int32Array.from(rows.keys()) });
        const kept = (text: string) => Array.from(truths.filter(text).numbers('row'));
        expect(kept('a and b or not c')).to.deep.equal(
          [...rows.keys()].filter((i) => (rows[i][0] && rows[i][1]) || !rows[i][2]),
        );
        expect(kept('a and b or not c')).to.deep.equal(kept('(a & b) | ~c'));
      }),
    );
  });

  it('reject mixed units, and degrees used as radians', () => {
    expect(errorMessage(() => table.filter('impact > height'))).to.contain(
      'cannot combine a column in m with a column in km; use .quantity to convert units',
    );
    expect(table.filter('impact.quantity > height').nRows).to.equal(0);
    expect(errorMessage(() => table.filter('hillas_width > true_energy.quantity'))).to.contain('cannot convert');
    expect(errorMessage(() => table.filter('np.sin(true_alt) > 0'))).to.contain('use .quantity to convert');
    expect(errorMessage(() => table.withColumn('x', 'np.log10(true_energy)'))).to.contain(
      'divide it by a unit (x / u.m)',
    );
    expect(errorMessage(() => table.filter('image > 5'))).to.match(/^TABLE_MASK_INVALID/);
    expect(errorMessage(() => table.filter('np.sqrt(image) > 5'))).to.contain('reduce it with axis=1');
    expect(errorMessage(() => table.filter('hillas_widht > 1'))).to.contain('did you mean "hillas_width"?');
  });

  it('reject places of columns with one number per row, places that do not exist, and some of the rows', () => {
    expect(errorMessage(() => table.filter('impact[:, 0] > 5'))).to.contain('several numbers per row before [:, ...]');
    expect(errorMessage(() => table.filter('image[:, 3] > 5'))).to.contain('index 3 is out of range for a column of 3');
    expect(errorMessage(() => table.filter('image[1:, 0] > 5'))).to.contain('expected all rows, as in x[:, 0]');
    expect(errorMessage(() => table.filter('image[:, 1:2] > 5'))).to.match(/^EXPRESSION_INVALID/);
    expect(
      errorMessage(() => table.withColumn('x', 'angular_separation(impact, leakage, leakage, leakage)')),
    ).to.contain('cannot convert');
  });

  it('support enumeration members and times in two formats', () => {
    const enumeration = { name: 'EventType', members: { FLATFIELD: 0, SUBARRAY: 32 } };
    const events = Table.of({
      event_type: { type: 'int64', values: [32, 0, 32], meaning: { kind: 'enumeration', enumeration } },
      time: {
        values: Uint32Array.of(1_600_000_000, 0, 1_600_000_001, 2_000_000_000, 0, 0),
        shape: [2],
        meaning: { kind: 'time', format: 'ctao_high_res' },
      },
    });
    expect(events.filter('event_type == EventType.SUBARRAY').nRows).to.equal(2);
    expect(events.filter('event_type == 0').nRows).to.equal(1);
    expect(events.filter('time.unix_tai > 1600000000').nRows).to.equal(1);
    expect(events.filter('time.mjd == 0').nRows).to.equal(1);
    expect(errorMessage(() => events.filter('time > 3'))).to.contain('expected a number, found the Times');
  });

  it('reject integers that float64 cannot represent exactly', () => {
    const ids = Table.of({ event_id: [1n, 2n ** 53n + 1n] });
    expect(errorMessage(() => ids.filter('event_id == 1'))).to.contain('found 9007199254740993 in row 1');
  });

  it('convert a derived column to the requested unit', () => {
    const derived = table.withColumn('area', 'hillas_width * hillas_length', {
      unit: 'arcmin**2',
      description: 'Area',
    });
    const { unit, description, values } = derived.column('area');
    expect([unit, description]).to.deep.equal(['arcmin**2', 'Area']);
    expect(Number(values[1])).to.be.closeTo(0.11 * 0.2 * 3600, 1e-9);
    expect(table.withColumn('one', '1').column('one').values).to.deep.equal(new Float64Array(5).fill(1));
    expect(table.withColumn('lst', "camera == 'LSTCam'").column('lst').type).to.equal('bool');
    expect(table.withColumn('cut', 'image > 1').column('cut')).to.include({ type: 'bool', count: 3 });
    expect(errorMessage(() => table.withColumn('x', '[1, 2]'))).to.match(/^TABLE_COLUMN_INVALID/);
  });
});
