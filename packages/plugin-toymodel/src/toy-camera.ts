import { PixelStatus, waveformsOf, type RawDataCalibration, type AdcSamples, type Waveforms } from '@cherenkit/core';
import { addPulse, digitize, drawNoiseRecords, type Nanoseconds, type RandomStream } from '@cherenkit/kernels';

import type { PhotoElectronList } from './photo-electrons.js';
import type { PlacedTelescope } from './toy-array.js';
import { Purpose, runRandom } from './toy-random.js';
import type { ToyTelescope } from './toy-telescope.js';

/** What makes waveforms noisy, each as a multiple of what the cameras have. */
export interface ToyNoise {
  readonly nsb: number;
  readonly noise: number;
  /** Pixels of each camera that have no high voltage. */
  readonly brokenPixels: number;
}

/** Samples of a noise record beside those of one waveform: what there is to choose from. */
const RECORD_LENGTH = 2 ** 17;

/** Pedestals in counts, how they and the gains vary from pixel to pixel, and the times, in ns. */
const PEDESTAL = 300;
const PEDESTAL_SPREAD = 10;
const GAIN_SPREAD = 0.05;
const TIME_SPREAD: Nanoseconds = 0.3;

/** Pedestals are multiples of this, so that sums of them are exact in single precision. */
const PEDESTAL_STEP = 1 / 8;

/**
 * The electronics of one camera: what its pixels are like, and how they turn photo-electrons into counts.
 *
 * Pixels and noise follow from the seed of the run; telescopes of one kind share the noise record.
 */
export class ToyCamera {
  readonly calibration: RawDataCalibration;
  /** Per channel and pixel. */
  readonly timeShift: Float32Array;
  /** 1 for pixels without high voltage, per channel and pixel. */
  readonly outlierMask: Uint8Array;
  readonly #gains: Float32Array;
  readonly #noise: readonly Float32Array[];
  readonly #light: Float32Array;
  readonly #isLit: Uint8Array;
  readonly #noiseAt: Uint32Array;

  constructor(
    private readonly telescope: PlacedTelescope,
    seed: number,
    private readonly options: ToyNoise,
    noiseRecords: (kind: ToyTelescope) => readonly Float32Array[],
  ) {
    const { gains, description } = telescope;
    const { nPixels, nSamples } = description.camera.readout;
    const random = runRandom(seed, telescope.telId, Purpose.PIXELS);
    const size = gains.length * nPixels;
    const pedestal = new Float32Array(size);
    const dcToPe = new Float32Array(size);
    this.#gains = new Float32Array(size);
    this.timeShift = new Float32Array(size);
    this.outlierMask = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      pedestal[i] = Math.round((PEDESTAL + PEDESTAL_SPREAD * random.normal()) / PEDESTAL_STEP) * PEDESTAL_STEP;
      dcToPe[i] = Math.max(0.5, 1 + GAIN_SPREAD * random.normal()) / gains[Math.floor(i / nPixels)].countsPerPe;
      this.#gains[i] = 1 / dcToPe[i];
      // Both channels of a pixel share its photomultiplier and its cable.
      this.timeShift[i] = i < nPixels ? TIME_SPREAD * random.normal() : this.timeShift[i - nPixels];
    }
    this.calibration = { pedestal, dcToPe };
    for (let i = 0; i < Math.min(options.brokenPixels, nPixels); i++) {
      const pixel = Math.floor(random.uniform() * nPixels);
      for (let channel = 0; channel < gains.length; channel++) this.outlierMask[channel * nPixels + pixel] = 1;
    }
    this.#noise = noiseRecords(telescope);
    this.#light = new Float32Array(nPixels * nSamples);
    this.#isLit = new Uint8Array(nPixels);
    this.#noiseAt = new Uint32Array(nPixels);
  }

  /** Raw samples of all channels. @param start - the moment at which the readout begins, ns */
  waveforms(
    random: RandomStream,
    list: PhotoElectronList,
    start: Nanoseconds,
    counts: Uint16Array,
  ): Waveforms<AdcSamples> {
    const { gains, maxCount, linearUpTo, description } = this.telescope;
    const { nPixels, nSamples } = description.camera.readout;
    this.#addLight(random, list, start);
    for (let pixel = 0; pixel < nPixels; pixel++) this.#noiseAt[pixel] = random.uint32() % RECORD_LENGTH;
    const size = nPixels * nSamples;
    for (let channel = 0; channel < gains.length; channel++) {
      const ofChannel = (values: Float32Array) => values.subarray(channel * nPixels, (channel + 1) * nPixels);
      const samples = counts.subarray(channel * size, (channel + 1) * size);
      const pedestal = ofChannel(this.calibration.pedestal);
      const gain = ofChannel(this.#gains);
      const converter = { maxCount, linearUpTo };
      digitize(
        this.#noise[channel],
        this.#noiseAt,
        this.#light,
        this.#isLit,
        pedestal,
        gain,
        nSamples,
        converter,
        samples,
      );
    }
    if (this.options.brokenPixels > 0) this.#silence(counts, nSamples);
    return waveformsOf(counts, gains.length, nPixels, nSamples);
  }

  /** Which gain is there for each pixel, none for those without high voltage; all 0 where no gain was selected. */
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

  #silence(counts: Uint16Array, nSamples: number): void {
    for (let row = 0; row < this.outlierMask.length; row++) {
      if (this.outlierMask[row] === 0) continue;
      counts.fill(Math.round(this.calibration.pedestal[row]), row * nSamples, (row + 1) * nSamples);
    }
  }
}

/** The noise records of a kind of telescope, one per channel. */
export function noiseRecordsOf(
  { description, gains, skyRate, chargeSpread, pulse }: ToyTelescope,
  random: RandomStream,
  { nsb, noise }: ToyNoise,
): readonly Float32Array[] {
  const { samplingRate, nSamples } = description.camera.readout;
  const electronics = gains.map((gain) => (noise * gain.noise) / gain.countsPerPe);
  const length = RECORD_LENGTH + nSamples;
  return drawNoiseRecords(random, (nsb * skyRate) / samplingRate, chargeSpread, electronics, pulse, length);
}
