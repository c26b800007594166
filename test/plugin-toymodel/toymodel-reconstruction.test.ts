import { expect } from 'chai';
import { angularSeparation, heightBelow } from '@cherenkit/kernels';
import { createPipeline, degrees, EventSource } from 'cherenkit';

function sumOf(values: Float32Array | Int32Array): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)];
}

describe('showers of the toy model', () => {
  it('are reconstructed where they were, by the chain of calibration, cleaning, parameters and stereo', async () => {
    await using source = await EventSource.open('toymodel:?events=40&seed=1');
    const { subarray } = source;
    const siteHeight = subarray.referenceLocation.height;
    const { calibrator, imageProcessor, showerProcessor } = await createPipeline({ subarray });

    const [angles, cores, heights, charges]: number[][] = [[], [], [], []];
    for await (const event of source) {
      calibrator.calibrate(event);
      imageProcessor.process(event);
      showerProcessor.process(event);
      const shower = event.simulation?.shower;
      const stereo = event.dl2.stereo.geometry.get('HillasReconstructor');
      if (!shower || !stereo?.isValid) continue;
      angles.push(degrees(angularSeparation(stereo.az, stereo.alt, shower.az, shower.alt)));
      cores.push(Math.hypot(stereo.coreX - shower.coreX, stereo.coreY - shower.coreY));
      const trueHMax = heightBelow(shower.xMax * Math.sin(shower.alt));
      heights.push((stereo.hMax - siteHeight) / (trueHMax - siteHeight));
      for (const [telId, { image, imageMask }] of event.dl1.tel) {
        const truth = event.simulation?.tel.get(telId)?.trueImage;
        if (!image || !truth || !imageMask?.includes(1)) continue;
        const isKept = (_: number, pixel: number) => imageMask[pixel] !== 0;
        charges.push(sumOf(image.filter(isKept)) / sumOf(truth.filter(isKept)));
      }
    }
    expect(angles.length).to.be.above(35);
    // Found: 0.05 deg, 0.18 deg and 10 m, what such arrays reach; the limits leave room for other random numbers.
    expect(quantile(angles, 0.5)).to.be.below(0.08);
    expect(quantile(angles, 0.9)).to.be.below(0.25);
    expect(quantile(cores, 0.5)).to.be.below(15);
    // Neither height nor charge may be off on the whole.
    expect(quantile(heights, 0.5)).to.be.closeTo(1, 0.05);
    expect(quantile(charges, 0.5)).to.be.closeTo(1, 0.03);
  });
});
