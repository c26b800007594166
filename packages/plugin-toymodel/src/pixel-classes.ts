import { digitize, drawNoiseRecords, type RandomStream } from '@cherenkit/kernels';

import type { ToyTelescope } from './toy-telescope.js';

/** Scale factors of the noise of waveforms. */
export interface ToyNoise {
  readonly nsb: number;
  readonly noise: number;
}

/** One gain channel of the pixels of a telescope type. */
export interface PixelChannel {
  /** Pedestal in counts, and p.e. per count, of each class. */
  readonly pedestal: Float32Array;
  readonly dcToPe: Float32Array;
  /** Noise records of all classes one after the other: in p.e., and digitized in counts. */
  readonly noise: Float32Array;
  readonly counts: Uint16Array;
}

/**
 * Classes of pixels of a telescope type. Each class has a pedestal, a gain and a noise record, from which waveforms are
 * cut out at random positions: this is many times faster than drawing and digitizing each sample.
 */
export interface PixelClasses {
  readonly nClasses: number;
  /**
   * Number of samples per class in the records, and number of possible start positions of a waveform, at every other
   * sample.
   */
  readonly classLength: number;
  readonly nPlaces: number;
  /** High gain first. */
  readonly channels: readonly PixelChannel[];
}

const CLASSES = 16;
const PLACES = 2 ** 13;

/** Mean pedestal, its standard deviation, and the relative standard deviation of the gain. */
const PEDESTAL = 300;
const PEDESTAL_SPREAD = 10;
const GAIN_SPREAD = 0.05;

/** Pedestals are multiples of this, so that their sums are exact in single precision. */
const PEDESTAL_STEP = 1 / 8;

/** Draws the pixel classes of a telescope type. */
export function drawPixelClasses(
  telescope: ToyTelescope,
  random: RandomStream,
  { nsb, noise }: ToyNoise,
): PixelClasses {
  const { description, gains, skyRate, chargeSpread, pulse } = telescope;
  const { samplingRate, nSamples } = description.camera.readout;
  const classLength = 2 * PLACES + nSamples;
  const electronics = gains.map((gain) => (noise * gain.noise) / gain.countsPerPe);
  const light = (nsb * skyRate) / samplingRate;
  const records = drawNoiseRecords(random, light, chargeSpread, electronics, pulse, CLASSES * classLength);
  const channels = records.map((record, channel) => {
    const pedestal = Float32Array.from({ length: CLASSES }, () => {
      return Math.round((PEDESTAL + PEDESTAL_SPREAD * random.normal()) / PEDESTAL_STEP) * PEDESTAL_STEP;
    });
    const dcToPe = Float32Array.from({ length: CLASSES }, () => {
      return Math.max(0.5, 1 + GAIN_SPREAD * random.normal()) / gains[channel].countsPerPe;
    });
    const counts = new Uint16Array(record.length);
    for (let one = 0; one < CLASSES; one++) {
      const at = one * classLength;
      digitize(record, at, undefined, pedestal[one], 1 / dcToPe[one], classLength, telescope, counts, at);
    }
    return { pedestal, dcToPe, noise: record, counts };
  });
  return { nClasses: CLASSES, classLength, nPlaces: PLACES, channels };
}
