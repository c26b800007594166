import {
  GainChannel,
  PixelStatus,
  waveformsOf,
  type AdcSamples,
  type GainSelector,
  type Waveforms,
} from '@cherenkit/core';
import { calibrateAdc, calibrateSelectedAdc } from '@cherenkit/kernels';
import type { CameraState } from '../file/simtel-event.js';
import { StoredSamples } from '../objects/adc-samples.js';

/** How a camera's ADC counts become p.e., per channel and pixel. */
export interface R1Coefficients {
  /** ADC counts per sample. */
  readonly pedestal: Float32Array;
  /** p.e. per ADC count. */
  readonly factor: Float32Array;
  /** p.e. added to each sample. */
  readonly shift: number;
}

/** Leaves the ADC counts as they are. */
export function unitCoefficients(count: number): R1Coefficients {
  return { pedestal: new Float32Array(count), factor: new Float32Array(count).fill(1), shift: 0 };
}

/**
 * The coefficients of a camera in some state, or what is missing there.
 *
 * @param count - channels times pixels
 */
export function coefficientsOf(
  { pedestal, calibration }: CameraState,
  count: number,
  calibScale: number,
  calibShift: number,
): R1Coefficients | 'no pedestals' | 'no calibration' {
  if (pedestal === undefined || pedestal.nPedSlices <= 0 || pedestal.pedestal.length !== count) return 'no pedestals';
  if (calibration === undefined || calibration.calib.length !== count) return 'no calibration';
  return {
    pedestal: pedestal.pedestal.map((sum) => sum / pedestal.nPedSlices),
    factor: calibration.calib.map((factor) => factor * calibScale),
    shift: calibShift,
  };
}

/** Arrays for raw samples that are needed only until they are calibrated: the next camera's overwrite them. */
export class SampleScratch {
  readonly #channels: Uint16Array[] = [];

  /** The same waveforms, valid until this is called again. */
  over(raw: Waveforms<AdcSamples>): Waveforms<AdcSamples> {
    if (!(raw instanceof StoredSamples)) return raw;
    const decoded: Uint16Array[] = [];
    return {
      nChannels: raw.nChannels,
      nPixels: raw.nPixels,
      nSamples: raw.nSamples,
      get samples() {
        return raw.samples;
      },
      channel: (index) => (decoded[index] ??= raw.decodeChannel(index, this.#array(index, raw.nPixels * raw.nSamples))),
    };
  }

  #array(index: number, size: number): Uint16Array {
    const known = this.#channels[index];
    if (known !== undefined && known.length >= size) return known.subarray(0, size);
    return (this.#channels[index] = new Uint16Array(size));
  }
}

/** Where the samples of calibrated waveforms go: into new arrays, or into those of the telescope's event before. */
export type SampleArrays = (telId: number, size: number) => Float32Array;

/** An array of its own for each telescope of each event. */
export const newSampleArrays: SampleArrays = (_telId, size) => new Float32Array(size);

/** An array for each telescope, which its next event overwrites. */
export function reusedSampleArrays(): SampleArrays {
  const arrays = new Map<number, Float32Array>();
  return (telId, size) => {
    const known = arrays.get(telId);
    if (known?.length === size) return known;
    const array = new Float32Array(size);
    arrays.set(telId, array);
    return array;
  };
}

/** Calibrated waveforms, and from which channel each pixel was taken: undefined where all channels are kept. */
export interface R1Waveforms {
  readonly waveform: Waveforms<Float32Array>;
  readonly selectedGainChannel: Int8Array | undefined;
}

/**
 * Calibrates raw waveforms; with a selector only the channel that it chooses for each pixel, so that others need not
 * be decoded.
 *
 * @param scratch - holds the raw samples meanwhile
 * @param arrayOf - gives the arrays of the result
 */
export function r1OfEvent(
  raw: Waveforms<AdcSamples>,
  { pedestal, factor, shift }: R1Coefficients,
  selector: GainSelector | undefined,
  telId: number,
  scratch: SampleScratch,
  arrayOf: SampleArrays,
): R1Waveforms {
  const { nChannels, nPixels, nSamples } = raw;
  if (selector === undefined) {
    const samples = arrayOf(telId, nChannels * nPixels * nSamples);
    calibrateAdc(raw.samples, nSamples, pedestal, factor, shift, samples);
    return { waveform: waveformsOf(samples, nChannels, nPixels, nSamples), selectedGainChannel: undefined };
  }
  const decoded = scratch.over(raw);
  const selected = selector.select(decoded, telId);
  const samples = arrayOf(telId, nPixels * nSamples);
  for (let channel = 0; channel < nChannels; channel++) {
    if (!selected.includes(channel)) continue;
    const ofChannel = (values: Float32Array) => values.subarray(channel * nPixels, (channel + 1) * nPixels);
    const adc = decoded.channel(channel);
    calibrateSelectedAdc(adc, nSamples, ofChannel(pedestal), ofChannel(factor), shift, selected, channel, samples);
  }
  return { waveform: waveformsOf(samples, 1, nPixels, nSamples), selectedGainChannel: selected };
}

/**
 * Flags of each pixel: which gain is there, none for disabled ones. All zero where no gain was selected, as in
 * ctapipe 0.32 `_get_r1_pixel_status`.
 */
export function pixelStatusOf(
  nPixels: number,
  selectedGainChannel: Int8Array | undefined,
  disabledPixels: Int32Array,
): Uint8Array {
  const status = new Uint8Array(nPixels);
  if (selectedGainChannel === undefined) return status;
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const isLow = selectedGainChannel[pixel] === GainChannel.LOW;
    status[pixel] = isLow ? PixelStatus.LOW_GAIN_STORED : PixelStatus.HIGH_GAIN_STORED;
  }
  for (const pixel of disabledPixels) status[pixel] = 0;
  return status;
}
