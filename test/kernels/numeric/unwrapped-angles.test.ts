import { unwrappedAngles } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const TURN = 2 * Math.PI;

describe('unwrappedAngles', () => {
  it('restores angles with small steps from those within a turn', () => {
    const steps = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(steps, (found) => {
        let sum = 0;
        const angles = found.map((step, i) => (sum += i === 0 ? Math.abs(step) : step));
        const wrapped = angles.map((angle) => angle - TURN * Math.floor(angle / TURN));
        unwrappedAngles(wrapped).forEach((angle, i) => expect(angle).to.be.closeTo(angles[i], 1e-9));
      }),
    );
  });
});
