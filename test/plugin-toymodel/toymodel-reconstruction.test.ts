import { expect } from 'chai';
import {
  errorOfMedian,
  median,
  quantile,
  reconstructedShowers,
  type ReconstructedImage,
  type ReconstructedShower,
} from '../support/toy-showers.js';

const angles = (showers: readonly ReconstructedShower[]) => showers.map(({ angle }) => angle);
const cores = (showers: readonly ReconstructedShower[]) => showers.map(({ core }) => core);

/** Requires a median compatible with 0 within its statistical uncertainty. */
function expectUnbiased(values: readonly number[]): void {
  expect(Math.abs(median(values))).to.be.below(3.5 * errorOfMedian(values));
}

// "Observed" values hold for these seeds; the limits allow for others.
describe('toy model showers after calibration, cleaning, parametrization and stereo reconstruction', () => {
  describe('of a point source with four telescopes', () => {
    let showers: ReconstructedShower[];
    let images: ReconstructedImage[];

    before(async () => {
      const url = 'toymodel:?array=nectarcam&events=240&seed=5&view_cone_radius=0&core_radius=200';
      ({ showers, images } = await reconstructedShowers(url));
    });

    it('are reconstructed with high efficiency', () => {
      expect(showers.length).to.be.above(160);
    });

    it('are reconstructed better with more telescopes', () => {
      const [two, three, four] = [2, 3, 4].map((n) => showers.filter(({ telescopes }) => telescopes === n));
      for (const some of [two, three, four]) expect(some.length).to.be.above(15);
      expect(median(angles(four))).to.be.below(0.7 * median(angles(two)));
      expect(median(angles(four))).to.be.below(median(angles(three)));
      expect(median(cores(four))).to.be.below(0.7 * median(cores(two)));
      expect(median(cores(four))).to.be.below(median(cores(three)));
    });

    it('are reconstructed without bias', () => {
      expectUnbiased(showers.map(({ alt }) => alt));
      expectUnbiased(showers.map(({ az }) => az));
      expectUnbiased(showers.map(({ coreX }) => coreX));
      expectUnbiased(showers.map(({ coreY }) => coreY));
    });

    it('have a theta-squared distribution that peaks at the source', () => {
      const squares = angles(showers).map((angle) => angle * angle);
      const contained = quantile(squares, 0.68);
      // Equal steps in theta squared are equal areas on the sky.
      const counts = [0, 1, 2, 3].map((bin) => {
        const [from, to] = [(bin / 3) * contained, ((bin + 1) / 3) * contained];
        return squares.filter((square) => square >= from && square < to).length;
      });
      expect(counts[0]).to.be.above(counts[1] + counts[2]);
      expect(counts[1]).to.be.above(counts[3]);
      // Observed: 0.02 degrees.
      expect(Math.sqrt(contained)).to.be.below(0.1);
    });

    it('have images that point to the source with the right charge', () => {
      const bright = images.filter(({ trueSum }) => trueSum > 500);
      expect(bright.length).to.be.above(50);
      expect(median(bright.map(({ miss }) => miss))).to.be.below(5);
      expect(median(bright.map(({ charge }) => charge))).to.be.closeTo(1, 0.03);
      expect(median(bright.map(({ length, width }) => width / length))).to.be.below(0.6);
    });

    it('have a time gradient that increases with impact distance', () => {
      const bright = images.filter(({ trueSum }) => trueSum > 300);
      const near = bright.filter(({ impact }) => impact < 80).map(({ timeGradient }) => timeGradient);
      const far = bright.filter(({ impact }) => impact > 160).map(({ timeGradient }) => timeGradient);
      expect(near.length).to.be.above(10);
      expect(far.length).to.be.above(10);
      // Light from low altitudes arrives first near the core, as particles are faster than light, and last far away.
      expect(median(far)).to.be.above(median(near) + 2);
      expect(median(far)).to.be.above(0);
    });
  });

  it('are reconstructed at the position of an offset source', async () => {
    const url = 'toymodel:?array=lst&events=50&seed=2&view_cone_radius=0&source_offset=0.7';
    const { showers } = await reconstructedShowers(url);
    expect(showers.length).to.be.above(30);
    expect(median(angles(showers))).to.be.below(0.1);
    expectUnbiased(showers.map(({ alt }) => alt));
  });

  it('are reconstructed best with many telescopes of two types', async () => {
    const { showers } = await reconstructedShowers('toymodel:?array=north&events=50&seed=1&energy_min=0.5');
    expect(showers.length).to.be.above(45);
    // Observed: 0.01 degrees and 3 m.
    expect(median(angles(showers))).to.be.below(0.03);
    expect(median(cores(showers))).to.be.below(8);
    // The true value is the depth of the maximum number of particles, not of the light.
    expect(median(showers.map(({ hMax }) => hMax))).to.be.closeTo(1, 0.06);
  });

  for (const [array, angle, core, charge] of [
    ['lst', 0.05, 10, 0.04],
    ['flashcam', 0.06, 10, 0.06],
    ['chec', 0.15, 25, 0.04],
  ] as const) {
    it(`are reconstructed with the cameras of ${array}`, async () => {
      const { showers, images } = await reconstructedShowers(`toymodel:?array=${array}&events=40&seed=3`);
      expect(showers.length).to.be.above(15);
      expect(median(angles(showers))).to.be.below(angle);
      expect(median(cores(showers))).to.be.below(core);
      const bright = images.filter(({ trueSum }) => trueSum > 300).map((image) => image.charge);
      expect(median(bright)).to.be.closeTo(1, charge);
    });
  }

  it('have wider images for protons than for gammas', async () => {
    const widths = async (particle: string) => {
      const url = `toymodel:?array=nectarcam&particle=${particle}&events=40&seed=4&energy_min=1&energy_max=10`;
      const { images } = await reconstructedShowers(url);
      return images.filter(({ trueSum }) => trueSum > 200).map(({ width }) => width);
    };
    const [gammas, protons] = [await widths('gamma'), await widths('proton')];
    // Observed: medians of 0.10 and 0.11 degrees, 84 % quantiles of 0.12 and 0.20.
    expect(median(protons)).to.be.above(median(gammas));
    expect(quantile(protons, 0.84)).to.be.above(1.3 * quantile(gammas, 0.84));
    expect(quantile(protons, 0.84) - quantile(protons, 0.16)).to.be.above(
      2 * (quantile(gammas, 0.84) - quantile(gammas, 0.16)),
    );
  });
});
