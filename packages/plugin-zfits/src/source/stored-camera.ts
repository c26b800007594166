import {
  CameraCalibrationContainer,
  CameraMonitoringContainer,
  EventType,
  GainChannel,
  PixelStatus,
  TelescopeMonitoringContainer,
  waveformsOf,
  type Time,
  type Waveforms,
} from '@cherenkit/core';
import type { ZfitsArray } from '../container/zfits-column.js';
import type { PixelMap } from './pixel-map.js';

const { DVR_STATUS_0, DVR_STATUS_1, HIGH_GAIN_STORED, LOW_GAIN_STORED } = PixelStatus;
const REDUCTION = DVR_STATUS_0 | DVR_STATUS_1;
const GAINS = HIGH_GAIN_STORED | LOW_GAIN_STORED;
/** Time shifts are stored in units of 10 ps. */
const SHIFTS_PER_NANOSECOND = 100;

/** Conversion of stored samples, `sample / scale - offset`. */
export interface SampleScale {
  readonly waveformScale: number;
  readonly waveformOffset: number;
}

/** Of samples that are stored as they were read out. */
export const UNSCALED: SampleScale = { waveformScale: 1, waveformOffset: 0 };

/** Which samples of which pixels a message has. */
export interface StoredShape {
  readonly nChannels: number;
  readonly nSamples: number;
  /** Ids of the stored pixels, in the order of the samples. */
  readonly pixels: Uint16Array;
  readonly nPixels: number;
}

/**
 * Calibrated waveforms in the order of the camera, from the stored samples of the stored pixels.
 *
 * @param fill - samples of pixels that are not stored
 * @param samples - array to be filled. Default: a new one
 */
export function calibratedWaveforms(
  stored: Uint16Array,
  { nChannels, nSamples, pixels, nPixels }: StoredShape,
  { waveformScale, waveformOffset }: SampleScale,
  fill: number,
  samples: Float32Array = new Float32Array(nChannels * nPixels * nSamples),
): Waveforms<Float32Array> {
  if (pixels.length < nPixels) samples.fill(fill);
  const isRaw = waveformScale === 1 && waveformOffset === 0;
  let from = 0;
  for (let channel = 0; channel < nChannels; channel++) {
    for (const pixel of pixels) {
      const begin = (channel * nPixels + pixel) * nSamples;
      const end = begin + nSamples;
      if (isRaw) for (let i = begin; i < end; i++) samples[i] = stored[from++];
      else {
        // Rounded twice, as with numpy's single precision.
        for (let i = begin; i < end; i++) samples[i] = Math.fround(stored[from++] / waveformScale) - waveformOffset;
      }
    }
  }
  return waveformsOf(samples, nChannels, nPixels, nSamples);
}

/**
 * Raw waveforms in the order of the camera.
 *
 * @param samples - array to be filled. Default: a new one
 */
export function rawWaveforms(
  stored: Uint16Array,
  { nChannels, nSamples, pixels, nPixels }: StoredShape,
  fill: number,
  samples: Uint16Array = new Uint16Array(nChannels * nPixels * nSamples),
): Waveforms<Uint16Array> {
  if (pixels.length < nPixels) samples.fill(fill);
  let from = 0;
  for (let channel = 0; channel < nChannels; channel++) {
    for (const pixel of pixels) {
      const begin = (channel * nPixels + pixel) * nSamples;
      for (let i = begin; i < begin + nSamples; i++) samples[i] = stored[from++];
    }
  }
  return waveformsOf(samples, nChannels, nPixels, nSamples);
}

/**
 * Time shifts of the pixels in the order of the camera, ns; 0 for pixels that are not stored. Undefined if there are none.
 *
 * @throws ZfitsError ZFITS_MESSAGE (65) for another number of them
 */
export function timeShifts(
  values: ZfitsArray | undefined,
  { nChannels, pixels, nPixels }: StoredShape,
  map: PixelMap,
  eventId: bigint,
): Float32Array | undefined {
  if (values === undefined || values.length === 0) return undefined;
  const stored = map.require(values, Int16Array, nChannels * pixels.length, 'pixel_time_shift', eventId);
  const shifts = new Float32Array(nChannels * nPixels);
  let from = 0;
  for (let channel = 0; channel < nChannels; channel++) {
    for (const pixel of pixels) shifts[channel * nPixels + pixel] = stored[from++] / SHIFTS_PER_NANOSECOND;
  }
  return shifts;
}

/** Ids of the pixels whose samples are stored: those with a flag of the data volume reduction. */
export function reducedPixels(status: Uint8Array, map: PixelMap): Uint16Array {
  return map.stored((i) => (status[i] & REDUCTION) !== 0);
}

/** The flags with that of a stored pixel set, for writers that set it only if they reduce the data volume. */
export function markStored(status: Uint8Array, flag: number, isStored: (flags: number) => boolean): Uint8Array {
  return status.map((flags) => (isStored(flags) ? flags | flag : flags));
}

/** Whether no pixel has a flag of the data volume reduction. */
export function isUnreduced(status: Uint8Array): boolean {
  return status.every((flags) => (flags & REDUCTION) === 0);
}

/** Whether a gain channel of the pixel was read out; otherwise it is broken. */
export function isReadOut(flags: number): boolean {
  return (flags & GAINS) !== 0;
}

/**
 * The channel of each pixel, if one was selected: high gain where it is stored, else low gain.
 *
 * @param status - flags in the order of the camera
 */
export function selectedChannels(status: Uint8Array, nChannels: number): Int8Array | undefined {
  if (nChannels !== 1) return undefined;
  return Int8Array.from(status, (flags) => ((flags & HIGH_GAIN_STORED) !== 0 ? GainChannel.HIGH : GainChannel.LOW));
}

/**
 * Marks the pixels without a gain channel as unusable.
 *
 * @param status - flags in the order of the camera
 * @param nChannels - of the camera, not of the event
 */
export function brokenPixels(status: Uint8Array, nChannels: number): TelescopeMonitoringContainer {
  const outlierMask = new Uint8Array(nChannels * status.length);
  for (let pixel = 0; pixel < status.length; pixel++) {
    if (isReadOut(status[pixel])) continue;
    for (let channel = 0; channel < nChannels; channel++) outlierMask[channel * status.length + pixel] = 1;
  }
  const coefficients = new CameraCalibrationContainer({ outlierMask });
  return new TelescopeMonitoringContainer({ camera: new CameraMonitoringContainer({ coefficients }) });
}

const EVENT_TYPES: ReadonlySet<number> = new Set(Object.values(EventType));

/** Event type of a number in a message; `UNKNOWN` for numbers that have no meaning. */
export function eventTypeOf(number: number): EventType {
  return EVENT_TYPES.has(number) ? (number as EventType) : EventType.UNKNOWN;
}

/** Time of a message: TAI seconds since 1970 and quarters of a nanosecond. */
export function timeOf(seconds: number, quarterNanoseconds: number): Time {
  const carry = Math.floor(quarterNanoseconds / 4e9);
  return { seconds: seconds + carry, quarterNanoseconds: quarterNanoseconds - carry * 4e9 };
}
