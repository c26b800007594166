import { expect } from 'chai';
import { angularSeparation, degrees } from '@cherenkit/kernels';
import { buildComponent, showerEvent, showerEvents, smallSubarray } from '@cherenkit/testing';
import { HillasReconstructor } from '@cherenkit/plugin-hillas';

describe('showerEvent', () => {
  const subarray = smallSubarray();

  it('gives images whose axes point to the true direction and core', async () => {
    const reconstructor = await buildComponent(HillasReconstructor, { subarray });
    for (const event of showerEvents(subarray, 10, { noise: 0 })) {
      reconstructor.reconstruct(event);
      const found = event.dl2.stereo.geometry.get('HillasReconstructor');
      const truth = event.simulation?.shower;
      if (!found || !truth) throw new Error('there is no result');
      expect(found.isValid, found.reason).to.equal(true);
      // A shower near the border is truncated there, which tilts the axis.
      expect(degrees(angularSeparation(found.az, found.alt, truth.az, truth.alt))).to.be.below(0.1);
      expect(Math.hypot(found.coreX - truth.coreX, found.coreY - truth.coreY)).to.be.below(10);
    }
  });

  it('is proportional to energy and decreases with distance', () => {
    const sumOf = (energy: number, coreX: number): number => {
      const { dl1 } = showerEvent(subarray, { energy, coreX }, { telIds: [1] });
      return dl1.tel.get(1)?.image?.reduce((sum, one) => sum + one, 0) ?? NaN;
    };
    expect(sumOf(6, 20) / sumOf(3, 20)).to.be.closeTo(2, 1e-5);
    expect(sumOf(3, -300)).to.be.below(0.2 * sumOf(3, 20));
  });

  it('has consistent waveforms and images', () => {
    const event = showerEvent(subarray);
    for (const telId of subarray.telIds) {
      const { image } = event.dl1.tel.get(telId) ?? {};
      const { waveform } = event.r1.tel.get(telId) ?? {};
      if (!image || !waveform) throw new Error('there is no image');
      const { samples, nSamples } = waveform;
      image.forEach((charge, pixel) => {
        const sum = samples.subarray(pixel * nSamples, (pixel + 1) * nSamples).reduce((all, one) => all + one, 0);
        expect(sum).to.be.closeTo(charge, 1e-3 + 1e-3 * charge);
      });
    }
  });

  it('is reproducible and limited to the requested telescopes', () => {
    const events = [0, 1].map(() => showerEvent(subarray, {}, { telIds: [2, 3], noise: 1, eventId: 7 }));
    expect(events[0].dl1).to.deep.equal(events[1].dl1);
    expect([...events[0].dl1.tel.keys()]).to.deep.equal([2, 3]);
    expect(events[0].trigger.telsWithTrigger).to.deep.equal([2, 3]);
    expect(events[0].index.eventId).to.equal(7);
  });
});
