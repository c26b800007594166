import { MemorySink } from '@cherenkit/io';
import { decodeFixedPoint, FixedPoint, Hdf5Writer, type FixedPointType } from '@cherenkit/plugin-hdf5/internal';
import { Hdf5File, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { readCheckedIn } from '../../support/ctapipe-reference.js';

/** Written by make_fixed_point_reference.py. */
interface FixedPointReference {
  readonly values: string;
  readonly cases: {
    readonly type: FixedPointType;
    readonly scale: number;
    readonly offset: number;
    readonly stored: number[];
    readonly restored: string;
    readonly attributes: Record<string, string>;
  }[];
}
const floats = (base64: string) => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
const reference = readCheckedIn('fixed-point.json') as FixedPointReference;
const values = floats(reference.values);

/** A file with one table that has a single column with these integers. */
async function written(scale: FixedPoint): Promise<Hdf5File> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink);
  const column = { values: scale.encode(values), meaning: { kind: 'fixed point', scale } } as const;
  writeTable(file, '/images', Table.of({ image: column }));
  await file.finish();
  return Hdf5File.open(sink.bytes ?? new Uint8Array());
}

const numberIn = (value: unknown) => (Number.isNaN(Number(value)) ? value : Number(value));

describe('FixedPoint', () => {
  for (const { type, scale, offset, stored, restored, attributes } of reference.cases) {
    it(`stores ${type} with scale ${scale} and offset ${offset} as ctapipe does, and restores the values`, async () => {
      const transform = new FixedPoint(type, scale, offset);
      expect(stored).to.have.length(values.length).greaterThan(50);
      expect(Array.from(transform.encode(values))).to.deep.equal(stored);
      const file = await written(transform);
      expect((await readTable(file, '/images')).column('image').values).to.deep.equal(floats(restored));
      const raw = (await readTable(file, '/images', { raw: true })).column('image');
      expect([raw.type, Array.from(raw.numbers())]).to.deep.equal([type, stored]);
      const found = await file.attributes('/images');
      for (const [name, expected] of Object.entries(attributes)) {
        const value = found.get(name.replace('CTAFIELD_3_', 'CTAFIELD_0_'));
        // Python prints 10.0 where JavaScript prints 10.
        expect(numberIn(value), name).to.equal(numberIn(expected));
      }
    });
  }

  it('preserves values in range to half a step', () => {
    const transform = new FixedPoint('int32', 100, 7);
    // A float32 near 1e4 has a precision of a tenth of the step.
    const value = fc.float({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(value, (x) => {
        const stored = transform.encode(Float32Array.of(x));
        expect((stored[0] - 7) / 100).to.be.closeTo(x, 0.005 * 1.3);
        expect(decodeFixedPoint(stored, transform)[0]).to.be.closeTo(x, 0.005 * 1.3);
      }),
    );
  });
});
