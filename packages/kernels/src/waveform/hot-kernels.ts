import type { Neighbors } from '../camera/neighbors.js';
import { scalarKernels } from './scalar-kernels.js';
import { VectorKernels } from './vector-kernels.js';

/**
 * The loops over all samples of a camera, which is where the time goes. There are two sets, equal to the last bit; each
 * function is declared for its callers in a file of its own. Sizes have been checked.
 */
export interface HotKernels {
  /** See {@link decodeDifferentialRows}; 16 bits. */
  decodeRows(bytes: Uint8Array, begin: number, nPerRow: number, rows: Uint16Array): number;

  /** See {@link selectGainByThreshold}; 16 bits. */
  selectGain(highGain: Uint16Array, nSamples: number, threshold: number, selected: Int8Array): void;

  /** See {@link calibrateSelectedAdc}; 16 bits, all rows where `selected` is undefined. */
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

  /** See {@link neighborPeaks}; of one channel. */
  neighborPeaks(
    waveforms: Float32Array,
    nSamples: number,
    neighbors: Neighbors,
    localWeight: number,
    broken: Uint8Array | undefined,
    peaks: Int32Array,
  ): void;
}

let chosen: HotKernels | undefined;

/** With vector instructions where the engine has them. */
export function hotKernels(): HotKernels {
  chosen ??= VectorKernels.create() ?? scalarKernels;
  return chosen;
}
