import { digitize, drawNoiseRecords, type RandomStream } from '@cherenkit/kernels';

import type { ToyTelescope } from './toy-telescope.js';

/** What makes waveforms noisy, each as a multiple of what the cameras have. */
export interface ToyNoise {
  readonly nsb: number;
  readonly noise: number;
}

/** One gain channel of the pixels of a kind of telescope. */
export interface PixelChannel {
  /** Counts, and p.e. per count, of each class. */
  readonly pedestal: Float32Array;
  readonly dcToPe: Float32Array;
  /** Samples without a shower, class by class: in p.e. and, as that class digitizes them, in counts. */
  readonly noise: Float32Array;
  readonly counts: Uint16Array;
}

/**
 * The kinds of pixels that the cameras of a kind of telescope have. Each has its pedestal and gain, and a record of noise from
 * which waveforms are cut out at random places: that is many times faster than to draw and to digitize each sample.
 */
export interface PixelClasses {
  readonly nClasses: number;
  /** Samples of a class in the records, and places at which a waveform may begin there: every other sample. */
  readonly classLength: number;
  readonly nPlaces: number;
  /** The high gain first. */
  readonly channels: readonly PixelChannel[];
}

const CLASSES = 16;
const PLACES = 2 ** 13;

/** Pedestals, and how they and the gains vary. */
const PEDESTAL = 300;
const PEDESTAL_SPREAD = 10;
const GAIN_SPREAD = 0.05;

/** Pedestals are multiples of this, so that sums of them are exact in single precision. */
const PEDESTAL_STEP = 1 / 8;

/** The pixels of a kind of telescope. */
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
