import { FixedPoint, type FixedPointType } from '@cherenkit/plugin-hdf5';
import { expect } from 'chai';
import fc from 'fast-check';
import { readCheckedIn } from '../../support/ctapipe-reference.js';

interface FixedPointReference {
  readonly values: string;
  readonly cases: {
    readonly type: FixedPointType;
    readonly scale: number;
    readonly offset: number;
    readonly stored: number[];
    readonly attributes: Record<string, string>;
  }[];
}
const reference = readCheckedIn('fixed-point.json') as FixedPointReference;
const values = new Float32Array(Uint8Array.from(Buffer.from(reference.values, 'base64')).buffer);

describe('FixedPoint', () => {
  for (const { type, scale, offset, stored, attributes } of reference.cases) {
    it(`stores as ${type}, times ${scale} plus ${offset}, what ctapipe stores`, () => {
      const transform = new FixedPoint(type, scale, offset);
      expect(stored).to.have.length(values.length).greaterThan(50);
      expect(Array.from(transform.encode(values))).to.deep.equal(stored);
      const texts = Object.entries(transform.attributes(3)).map(([name, value]) => {
        return [name, typeof value === 'object' && 'value' in value ? String(value.value) : value];
      });
      // Python prints 10.0 where JavaScript prints 10.
      const numbers = (entries: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, Number(value) || value]));
      expect(numbers(Object.fromEntries(texts) as Record<string, unknown>)).to.deep.equal(numbers(attributes));
    });
  }

  it('keeps values to half a step where they fit', () => {
    const transform = new FixedPoint('int32', 100, 7);
    // The precision of a float32 near 1e4 is a tenth of the step.
    const value = fc.float({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(value, (x) => {
        const [stored] = transform.encode(Float32Array.of(x));
        expect((stored - 7) / 100).to.be.closeTo(x, 0.005 * 1.3);
      }),
    );
  });
});
