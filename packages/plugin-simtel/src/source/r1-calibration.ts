import {
  GainChannel,
  PixelStatus,
  waveformsOf,
  type AdcSamples,
  type GainSelector,
  type Waveforms,
} from '@cherenkit/core';
import { calibrateAdc, calibrateSelectedAdc, WaveformMemory } from '@cherenkit/kernels';
import type { CameraState } from '../file/simtel-event.js';
import { LazyAdcSamples, MAX_SAMPLES } from '../objects/adc-samples.js';

/** Calibration coefficients of a camera, arrays nChannels x nPixels: sample in p.e. = (ADC - pedestal) * factor + shift. */
export interface R1Coefficients {
  /** Pedestal per sample, ADC counts. */
  readonly pedestal: Float32Array;
  /** Photoelectrons per ADC count. */
  readonly factor: Float32Array;
  /** Added to each sample, p.e. */
  readonly shift: number;
}

/** Coefficients that leave the ADC counts unchanged. */
export function unitCoefficients(count: number): R1Coefficients {
  return { pedestal: new Float32Array(count), factor: new Float32Array(count).fill(1), shift: 0 };
}

/**
 * Computes the calibration coefficients from a camera state. Returns the reason for rejection if data are missing.
 *
 * @param count - nChannels * nPixels
 * @param calibScale - factor applied to the photoelectrons per ADC count
 * @param calibShift - added to each sample, p.e.
 */
export function r1Coefficients(
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

/** Buffers for raw samples, reused from camera to camera because the samples are needed only during calibration. */
export class DecodeBuffers {
  readonly #channels: Uint16Array[] = [];

  /** Returns waveforms that decode on demand into the buffers, valid until the next call. */
  decodeOnDemand(raw: Waveforms<AdcSamples>): Waveforms<AdcSamples> {
    if (!(raw instanceof LazyAdcSamples)) return raw;
    const decoded: Uint16Array[] = [];
    return {
      nChannels: raw.nChannels,
      nPixels: raw.nPixels,
      nSamples: raw.nSamples,
      get samples() {
        return raw.samples;
      },
      channel: (index) =>
        (decoded[index] ??= raw.decodeChannel(index, this.#buffer(index, raw.nPixels * raw.nSamples))),
    };
  }

  /** Samples of one channel, decoded into a buffer: valid until the next call. */
  decodeChannel(raw: Waveforms<AdcSamples>, channel: number): AdcSamples {
    if (!(raw instanceof LazyAdcSamples)) return raw.channel(channel);
    return raw.decodeChannel(channel, this.#buffer(0, raw.nPixels * raw.nSamples));
  }

  #buffer(index: number, size: number): Uint16Array {
    const buffer = this.#channels[index];
    if (buffer !== undefined && buffer.length >= size) return buffer.subarray(0, size);
    return (this.#channels[index] = new Uint16Array(size));
  }
}

/** Provides an array for the calibrated samples of a telescope. */
export type SampleAllocator = (telId: number, size: number) => Float32Array;

/** Allocates a new array for each telescope event. */
export const newSampleAllocator: SampleAllocator = (_telId, size) => new Float32Array(size);

/**
 * Creates an allocator with one array per telescope, which the next event overwrites, in memory that kernels use in place. The
 * arrays of all telescopes have at most as many samples as one event may have; otherwise they are allocated again.
 */
export function reusingSampleAllocator(): SampleAllocator {
  const arrays = new Map<number, Float32Array>();
  let memory = new WaveformMemory();
  let total = 0;
  return (telId, size) => {
    const existing = arrays.get(telId);
    if (existing !== undefined && existing.length >= size) return existing.subarray(0, size);
    total += size - (existing?.length ?? 0);
    if (total > MAX_SAMPLES) {
      arrays.clear();
      memory = new WaveformMemory();
      total = size;
    }
    const array = memory.allocate(size);
    arrays.set(telId, array);
    return array;
  };
}

/** Calibrated waveforms of a camera. */
export interface R1Waveforms {
  readonly waveform: Waveforms<Float32Array>;
  /** Gain channel per pixel; undefined if all channels are kept. */
  readonly selectedGainChannel: Int8Array | undefined;
}

/**
 * Calibrates raw waveforms to p.e. and selects gain channels. With a selector, channels that no pixel uses are not decoded.
 * Raw samples are decoded into buffers, so that the event does not keep them beside the calibrated ones.
 *
 * Source: ctapipe 0.32 `apply_simtel_r1_calibration`.
 *
 * @param selector - undefined to keep all channels
 * @param buffers - buffers of the raw samples
 * @param allocate - provides the arrays of calibrated samples
 */
export function calibrateR1(
  raw: Waveforms<AdcSamples>,
  { pedestal, factor, shift }: R1Coefficients,
  selector: Pick<GainSelector, 'select' | 'thresholdOf'> | undefined,
  telId: number,
  buffers: DecodeBuffers,
  allocate: SampleAllocator,
): R1Waveforms {
  const { nChannels, nPixels, nSamples } = raw;
  const channelOf = (values: Float32Array, channel: number): Float32Array =>
    values.subarray(channel * nPixels, (channel + 1) * nPixels);
  if (selector === undefined) {
    const samples = allocate(telId, nChannels * nPixels * nSamples);
    for (let channel = 0; channel < nChannels; channel++) {
      const adc = buffers.decodeChannel(raw, channel);
      const size = nPixels * nSamples;
      const calibrated = samples.subarray(channel * size, (channel + 1) * size);
      calibrateAdc(adc, nSamples, channelOf(pedestal, channel), channelOf(factor, channel), shift, calibrated);
    }
    return { waveform: waveformsOf(samples, nChannels, nPixels, nSamples), selectedGainChannel: undefined };
  }
  const decoded = buffers.decodeOnDemand(raw);
  const samples = allocate(telId, nPixels * nSamples);
  const threshold = selector.thresholdOf?.(telId);
  const calibrated =
    threshold !== undefined && raw instanceof LazyAdcSamples
      ? raw.calibrateHighGain(
          nChannels > 1 ? threshold : Infinity,
          channelOf(pedestal, 0),
          channelOf(factor, 0),
          shift,
          samples,
        )
      : undefined;
  const selected = calibrated ?? selector.select(decoded, telId);
  for (let channel = calibrated ? 1 : 0; channel < nChannels; channel++) {
    if (!selected.includes(channel)) continue;
    const adc = decoded.channel(channel);
    const [pedestals, factors] = [channelOf(pedestal, channel), channelOf(factor, channel)];
    calibrateSelectedAdc(adc, nSamples, pedestals, factors, shift, selected, channel, samples);
  }
  return { waveform: waveformsOf(samples, 1, nPixels, nSamples), selectedGainChannel: selected };
}

/**
 * Computes the pixel status: the stored gain channel, or 0 for disabled pixels. All 0 without gain selection.
 *
 * Source: ctapipe 0.32 `_get_r1_pixel_status`.
 */
export function r1PixelStatus(
  nPixels: number,
  selectedGainChannel: Int8Array | undefined,
  disabledPixels: Int32Array,
): Uint8Array {
  const status = new Uint8Array(nPixels);
  if (selectedGainChannel === undefined) return status;
  status.fill(PixelStatus.HIGH_GAIN_STORED);
  if (selectedGainChannel.includes(GainChannel.LOW)) {
    selectedGainChannel.forEach((channel, pixel) => {
      if (channel === GainChannel.LOW) status[pixel] = PixelStatus.LOW_GAIN_STORED;
    });
  }
  for (const pixel of disabledPixels) status[pixel] = 0;
  return status;
}
