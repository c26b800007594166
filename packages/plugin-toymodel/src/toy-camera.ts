import { PixelStatus, waveformsOf, type RawDataCalibration, type AdcSamples, type Waveforms } from '@cherenkit/core';
import { addPulse, copyDarkWaveforms, digitize, type Nanoseconds, type RandomStream } from '@cherenkit/kernels';

import type { PhotoElectronList } from './photo-electrons.js';
import type { PixelChannel, PixelClasses } from './pixel-classes.js';
import type { PlacedTelescope } from './toy-array.js';
import { Purpose, runRandom } from './toy-random.js';

/** Standard deviation of the time shifts between pixels. */
const TIME_SPREAD: Nanoseconds = 0.3;

/**
 * Electronics of one camera: digitizes photo-electrons.
 *
 * Each pixel belongs to one of a few {@link PixelClasses}; its class and its time shift depend on the seed of the run.
 */
export class ToyCamera {
  readonly calibration: RawDataCalibration;
  /** Time shift of each gain channel and pixel, ns. */
  readonly timeShift: Float32Array;
  /** 1 for pixels without high voltage, per gain channel and pixel. */
  readonly outlierMask: Uint8Array;
  readonly #classOf: Uint8Array;
  readonly #light: Float32Array;
  readonly #isLit: Uint8Array;
  readonly #noiseAt: Int32Array;

  /** @param brokenPixels - number of pixels without high voltage; fewer if a pixel is drawn twice */
  constructor(
    private readonly telescope: PlacedTelescope,
    seed: number,
    brokenPixels: number,
    private readonly classes: PixelClasses,
  ) {
    const { gains, description } = telescope;
    const { nPixels, nSamples } = description.camera.readout;
    const random = runRandom(seed, telescope.telId, Purpose.PIXELS);
    const size = gains.length * nPixels;
    const pedestal = new Float32Array(size);
    const dcToPe = new Float32Array(size);
    this.timeShift = new Float32Array(size);
    this.outlierMask = new Uint8Array(size);
    this.#classOf = new Uint8Array(nPixels);
    for (let pixel = 0; pixel < nPixels; pixel++) {
      const pixelClass = random.uint32() % classes.nClasses;
      this.#classOf[pixel] = pixelClass;
      const time = TIME_SPREAD * random.normal();
      classes.channels.forEach((channel, index) => {
        pedestal[index * nPixels + pixel] = channel.pedestal[pixelClass];
        dcToPe[index * nPixels + pixel] = channel.dcToPe[pixelClass];
        // Both channels of a pixel share its photomultiplier and its cable.
        this.timeShift[index * nPixels + pixel] = time;
      });
    }
    this.calibration = { pedestal, dcToPe };
    for (let i = 0; i < Math.min(brokenPixels, nPixels); i++) {
      const pixel = Math.floor(random.uniform() * nPixels);
      for (let channel = 0; channel < gains.length; channel++) this.outlierMask[channel * nPixels + pixel] = 1;
    }
    this.#light = new Float32Array(nPixels * nSamples);
    this.#isLit = new Uint8Array(nPixels);
    this.#noiseAt = new Int32Array(nPixels);
  }

  /**
   * Generates the raw samples of all gain channels.
   *
   * @param start - start of the readout, ns
   * @param counts - buffer for the samples
   */
  waveforms(
    random: RandomStream,
    list: PhotoElectronList,
    start: Nanoseconds,
    counts: Uint16Array,
  ): Waveforms<AdcSamples> {
    const { nChannels, nPixels, nSamples } = this.telescope.description.camera.readout;
    const { classLength, nPlaces, channels } = this.classes;
    this.#addLight(random, list, start);
    for (let pixel = 0; pixel < nPixels; pixel++) {
      this.#noiseAt[pixel] = this.#classOf[pixel] * classLength + 2 * (random.uint32() % nPlaces);
    }
    const size = nPixels * nSamples;
    channels.forEach((channel, index) => {
      const samples = counts.subarray(index * size, (index + 1) * size);
      copyDarkWaveforms(channel.counts, this.#noiseAt, this.#isLit, nSamples, samples);
      this.#digitizeLit(channel, nSamples, samples);
    });
    this.#silence(counts, nSamples);
    return waveformsOf(counts, nChannels, nPixels, nSamples);
  }

  /**
   * Pixel status with the stored gain channel of each pixel: none for pixels without high voltage, all 0 without gain
   * selection.
   */
  pixelStatus(selected: Int8Array | undefined): Uint8Array {
    const status = new Uint8Array(this.telescope.description.camera.readout.nPixels);
    if (selected === undefined) return status;
    for (let pixel = 0; pixel < status.length; pixel++) {
      const stored = selected[pixel] === 0 ? PixelStatus.HIGH_GAIN_STORED : PixelStatus.LOW_GAIN_STORED;
      status[pixel] = this.outlierMask[pixel] === 0 ? stored : 0;
    }
    return status;
  }

  #addLight(random: RandomStream, { length, pixel, time, count }: PhotoElectronList, start: Nanoseconds): void {
    const { pulse, chargeSpread, description } = this.telescope;
    const { samplingRate, nSamples } = description.camera.readout;
    const light = this.#light;
    const isLit = this.#isLit;
    for (let row = 0; row < isLit.length; row++) {
      if (isLit[row] !== 0) light.fill(0, row * nSamples, (row + 1) * nSamples);
    }
    isLit.fill(0);
    for (let i = 0; i < length; i++) {
      const row = pixel[i];
      const charge = Math.max(0, count[i] + chargeSpread * Math.sqrt(count[i]) * random.normal());
      addPulse(pulse, light, row, nSamples, (time[i] + this.timeShift[row] - start) * samplingRate, charge);
      isLit[row] = 1;
    }
  }

  #digitizeLit({ noise, pedestal, dcToPe }: PixelChannel, nSamples: number, counts: Uint16Array): void {
    for (let pixel = 0; pixel < this.#isLit.length; pixel++) {
      if (this.#isLit[pixel] === 0) continue;
      const pixelClass = this.#classOf[pixel];
      const [zero, gain] = [pedestal[pixelClass], 1 / dcToPe[pixelClass]];
      const at = pixel * nSamples;
      digitize(noise, this.#noiseAt[pixel], this.#light, zero, gain, nSamples, this.telescope, counts, at);
    }
  }

  #silence(counts: Uint16Array, nSamples: number): void {
    for (let row = 0; row < this.outlierMask.length; row++) {
      if (this.outlierMask[row] === 0) continue;
      counts.fill(Math.round(this.calibration.pedestal[row]), row * nSamples, (row + 1) * nSamples);
    }
  }
}
