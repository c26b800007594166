import type { ArrayEvent, DL1CameraContainer } from '@cherenkit/core';
import { createPipeline, EventSource } from 'cherenkit';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

/** Calibrates and parametrizes the events; `change` modifies each event of the source. */
async function imagesOf(
  path: string,
  change: (event: ArrayEvent) => void = () => undefined,
): Promise<DL1CameraContainer[]> {
  await using source = await EventSource.open(path, { focalLengthChoice: 'EQUIVALENT' });
  const { calibrator, imageProcessor } = await createPipeline({ subarray: source.subarray });
  const images: DL1CameraContainer[] = [];
  for await (const event of source) {
    change(event);
    calibrator.calibrate(event);
    imageProcessor.process(event);
    images.push(...event.dl1.tel.values());
  }
  return images;
}

describe('pixels with NaN calibration', function () {
  before(skipWithoutTestData);

  const path = () => inTestData('data', 'faults', 'nan_calibration.simtel.zst');

  it('have a NaN charge, make the image invalid and are not selected by cleaning', async () => {
    const images = await imagesOf(path());
    expect(images).to.have.length(2);
    for (const { image, imageMask, isValid, parameters } of images) {
      const invalid = [...(image?.keys() ?? [])].filter((pixel) => Number.isNaN(image?.[pixel]));
      expect(invalid).to.deep.equal([12]);
      expect(isValid).to.equal(false);
      expect(imageMask?.[12]).to.equal(0);
      expect(parameters?.hillas.intensity).to.be.greaterThan(0);
      expect(parameters?.peakTimeStatistics.max).to.be.greaterThan(0);
    }
  });

  it('have peak times as in ctapipe, where the sum of the neighbours is NaN too', async () => {
    const [{ peakTime }] = await imagesOf(path());
    expect(peakTime?.[12]).to.be.closeTo(-0.09467393, 1e-6); // first sample minus the time shift of the pixel
  });

  it('make the statistics of peak times NaN if only the peak time is NaN', async () => {
    const images = await imagesOf(path(), ({ monitoring }) => {
      for (const { camera } of monitoring.tel.values()) camera.coefficients.timeShift?.fill(NaN);
    });
    for (const { isValid, parameters } of images) {
      expect(isValid).to.equal(false);
      const { max, min, mean, std } = parameters?.peakTimeStatistics ?? {};
      expect([max, min, mean, std]).to.deep.equal([NaN, NaN, NaN, NaN]);
      expect(parameters?.intensityStatistics.max).to.be.greaterThan(0);
    }
  });

  it('do not occur in valid images', async () => {
    const images = await imagesOf(inTestData('data', 'lst_with_photons.simtel.zst'));
    expect(images.map(({ isValid }) => isValid)).to.deep.equal([true]);
  });
});
