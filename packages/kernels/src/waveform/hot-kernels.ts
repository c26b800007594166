import type { Neighbors } from '../camera/neighbors.js';
import type { Gigahertz } from '../units.js';
import { scalarKernels } from './scalar-kernels.js';
import { VectorKernels } from './vector-kernels.js';

/**
 * The loops over all samples of a camera, which take most of the time. There are two implementations, equal bit by bit.
 * The functions that callers use are in files of their own; they check array lengths before calling these.
 */
export interface HotKernels {
  /** See {@link decodeDifferentialRows}; 16-bit values. */
  decodeRows(bytes: Uint8Array, begin: number, nPerRow: number, rows: Uint16Array): number;

  /** See {@link selectGainByThreshold}; 16-bit samples. */
  selectGain(highGain: Uint16Array, nSamples: number, threshold: number, selected: Int8Array): void;

  /** See {@link calibrateSelectedAdc}; 16-bit samples; all rows if `selected` is undefined. */
  calibrate(
    adc: Uint16Array,
    nSamples: number,
    pedestal: Float32Array,
    factor: Float32Array,
    shift: number,
    selected: Int8Array | undefined,
    channel: number,
    waveforms: Float32Array,
  ): void;

  /** See {@link calibrateHighGain}. */
  calibrateHighGain(
    bytes: Uint8Array,
    begin: number,
    nSamples: number,
    threshold: number,
    pedestal: Float32Array,
    factor: Float32Array,
    shift: number,
    selected: Int8Array,
    waveforms: Float32Array,
  ): number;

  /** See {@link neighborPeaks}; one gain channel. */
  neighborPeaks(
    waveforms: Float32Array,
    nSamples: number,
    neighbors: Neighbors,
    localWeight: number,
    broken: Uint8Array | undefined,
    peaks: Int32Array,
  ): void;

  /** See {@link extractAroundPeak}. */
  extractAroundPeak(
    waveforms: Float32Array,
    nSamples: number,
    peaks: Int32Array,
    width: number,
    shift: number,
    samplingRate: Gigahertz,
    charge: Float32Array,
    peakTime: Float32Array,
  ): void;

  /** See {@link waveformVariance}; NaN for a row with NaN. */
  variance(waveforms: Float32Array, nSamples: number, variance: Float32Array): void;

  /** See {@link subtractBaseline}; in place, for at least one sample of the readout from `from` to `to`. */
  subtractBaseline(waveforms: Float32Array, nSamples: number, from: number, to: number): void;
}

let chosen: HotKernels | undefined;

/** The WebAssembly implementation if the engine supports vector instructions, else the JavaScript one. */
export function hotKernels(): HotKernels {
  chosen ??= VectorKernels.create() ?? scalarKernels;
  return chosen;
}
