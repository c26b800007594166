import { cellTimeShifts } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const N_PIXELS = 5;
const N_HARMONICS = 16;
const arrayOf = (length: number): fc.Arbitrary<Float64Array> =>
  fc.float64Array({ minLength: length, maxLength: length, min: -10, max: 10, noNaN: true });

describe('cellTimeShifts', () => {
  it('is a Fourier series over the first cell, of both gain channels or of the selected one', () => {
    const cells = fc.uint16Array({ minLength: 2 * N_PIXELS, maxLength: 2 * N_PIXELS, max: 4095 });
    const selected = fc.int8Array({ minLength: N_PIXELS, maxLength: N_PIXELS, min: 0, max: 1 });
    const coefficients = arrayOf(2 * N_PIXELS * N_HARMONICS);
    fc.assert(
      fc.property(cells, selected, coefficients, coefficients, (first, channels, cosines, sines) => {
        const both = cellTimeShifts(first, cosines, sines);
        both.forEach((shift, i) => {
          const angle = (2 * Math.PI * (first[i] % 1024)) / 1024;
          let expected = 0;
          for (let k = 1; k < N_HARMONICS; k++) {
            const at = i * N_HARMONICS + k;
            expected += cosines[at] * Math.cos(k * angle) + sines[at] * Math.sin(k * angle);
          }
          expect(shift).to.be.closeTo(expected, 1e-9);
        });
        const one = cellTimeShifts(first, cosines, sines, channels);
        one.forEach((shift, i) =>
          expect(shift).to.equal(channels[i % N_PIXELS] === Math.floor(i / N_PIXELS) ? both[i] : 0),
        );
      }),
    );
  });
});
