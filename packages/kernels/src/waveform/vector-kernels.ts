import type { Neighbors } from '../camera/neighbors.js';
import { growMemory, wasmExports } from '../numeric/wasm-exports.js';
import type { HotKernels } from './hot-kernels.js';
import { scalarKernels } from './scalar-kernels.js';
import { VECTOR_KERNELS_WASM } from './vector-kernels-wasm.js';

/** Exports of vector-kernels.wat; the arguments are described there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  decodeRows(bytes: number, end: number, nPerRow: number, nRows: number, rows: number): number;
  selectGain(adc: number, nSamples: number, limit: number, nPixels: number, selected: number): void;
  calibrate(
    adc: number,
    nSamples: number,
    nRows: number,
    pedestal: number,
    factor: number,
    shift: number,
    selected: number,
    channel: number,
    waveforms: number,
  ): void;
  neighborPeaks(
    waveforms: number,
    nSamples: number,
    offsets: number,
    indices: number,
    nPixels: number,
    localWeight: number,
    broken: number,
    rows: number,
    peaks: number,
  ): void;
}

const VECTOR = 16;
const LARGEST_SAMPLE = 0xffff;
/**
 * Limit of the scratch memory, bytes, which is never released. The waveforms of a camera with 40,000 pixels and 128 samples
 * take less; larger ones are left to the scalar kernels.
 */
const MAX_SCRATCH = 2 ** 25;

/**
 * The hot kernels in WebAssembly with vector instructions. Its memory is scratch space: each call copies its inputs in
 * and its results out; no state is kept between calls.
 */
export class VectorKernels implements HotKernels {
  private constructor(private readonly wasm: Exports) {}

  /** Undefined if the engine has no vector instructions or a content security policy forbids WebAssembly. */
  static create(): VectorKernels | undefined {
    const wasm = wasmExports<Exports>(VECTOR_KERNELS_WASM);
    return wasm && new VectorKernels(wasm);
  }

  decodeRows(bytes: Uint8Array, begin: number, nPerRow: number, rows: Uint16Array): number {
    // Rows with more than two bytes per value are left to the scalar kernel.
    const taken = bytes.subarray(begin, begin + 2 * rows.length);
    const places = this.place(taken.byteLength + VECTOR, rows.byteLength + 2 * VECTOR);
    if (places === undefined) return scalarKernels.decodeRows(bytes, begin, nPerRow, rows);
    const [bytesAt, rowsAt] = places;
    const { buffer } = this.wasm.memory;
    new Uint8Array(buffer, bytesAt).set(taken);
    const nRows = nPerRow > 0 ? rows.length / nPerRow : 0;
    const stopped = this.wasm.decodeRows(bytesAt, bytesAt + taken.length, nPerRow, nRows, rowsAt);
    const nDecoded = nPerRow * new Int32Array(buffer, rowsAt - VECTOR, 1)[0];
    rows.set(new Uint16Array(buffer, rowsAt, nDecoded));
    const position = begin + stopped - bytesAt;
    if (nDecoded === rows.length) return position;
    return scalarKernels.decodeRows(bytes, position, nPerRow, rows.subarray(nDecoded));
  }

  selectGain(highGain: Uint16Array, nSamples: number, threshold: number, selected: Int8Array): void {
    if (!(threshold >= 0 && threshold <= LARGEST_SAMPLE)) {
      selected.fill(threshold < 0 ? 1 : 0);
      return;
    }
    const places = this.place(highGain.byteLength, selected.byteLength);
    if (places === undefined) return scalarKernels.selectGain(highGain, nSamples, threshold, selected);
    const [adcAt, selectedAt] = places;
    const { buffer } = this.wasm.memory;
    new Uint16Array(buffer, adcAt).set(highGain);
    this.wasm.selectGain(adcAt, nSamples, Math.floor(threshold), selected.length, selectedAt);
    selected.set(new Int8Array(buffer, selectedAt, selected.length));
  }

  calibrate(
    adc: Uint16Array,
    nSamples: number,
    pedestal: Float32Array,
    factor: Float32Array,
    shift: number,
    selected: Int8Array | undefined,
    channel: number,
    waveforms: Float32Array,
  ): void {
    const nRows = pedestal.length;
    const places = this.place(adc.byteLength, pedestal.byteLength, factor.byteLength, nRows, waveforms.byteLength);
    if (places === undefined) {
      return scalarKernels.calibrate(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
    }
    const [adcAt, pedestalAt, factorAt, selectedAt, waveformsAt] = places;
    const { buffer } = this.wasm.memory;
    new Uint16Array(buffer, adcAt).set(adc);
    new Float32Array(buffer, pedestalAt).set(pedestal);
    new Float32Array(buffer, factorAt).set(factor);
    const channels = new Int8Array(buffer, selectedAt, nRows);
    if (selected === undefined) channels.fill(channel);
    else channels.set(selected);
    this.wasm.calibrate(adcAt, nSamples, nRows, pedestalAt, factorAt, shift, selectedAt, channel, waveformsAt);

    const calibrated = new Float32Array(buffer, waveformsAt, waveforms.length);
    for (let row = 0; row < nRows; row++) {
      const first = row;
      while (row < nRows && channels[row] === channel) row++;
      if (row > first) waveforms.set(calibrated.subarray(first * nSamples, row * nSamples), first * nSamples);
    }
  }

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
  ): number {
    const scalar = (): number =>
      scalarKernels.calibrateHighGain(bytes, begin, nSamples, threshold, pedestal, factor, shift, selected, waveforms);
    const nRows = pedestal.length;
    const taken = bytes.subarray(begin, begin + 2 * waveforms.length);
    const places = this.place(
      taken.byteLength + VECTOR,
      2 * waveforms.length + 2 * VECTOR,
      pedestal.byteLength,
      factor.byteLength,
      nRows,
      waveforms.byteLength,
    );
    if (places === undefined || !(threshold >= 0) || nSamples === 0) return scalar();
    const [bytesAt, rowsAt, pedestalAt, factorAt, selectedAt, waveformsAt] = places;
    const { buffer } = this.wasm.memory;
    new Uint8Array(buffer, bytesAt).set(taken);
    const stopped = this.wasm.decodeRows(bytesAt, bytesAt + taken.length, nSamples, nRows, rowsAt);
    if (new Int32Array(buffer, rowsAt - VECTOR, 1)[0] < nRows) return scalar();
    const limit = Math.min(Math.floor(threshold), LARGEST_SAMPLE);
    this.wasm.selectGain(rowsAt, nSamples, limit, nRows, selectedAt);
    selected.set(new Int8Array(buffer, selectedAt, nRows));
    new Float32Array(buffer, pedestalAt).set(pedestal);
    new Float32Array(buffer, factorAt).set(factor);
    this.wasm.calibrate(rowsAt, nSamples, nRows, pedestalAt, factorAt, shift, selectedAt, 0, waveformsAt);
    waveforms.set(new Float32Array(buffer, waveformsAt, waveforms.length));
    return begin + stopped - bytesAt;
  }

  neighborPeaks(
    waveforms: Float32Array,
    nSamples: number,
    neighbors: Neighbors,
    localWeight: number,
    broken: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    const { offsets, indices } = neighbors;
    const nPixels = peaks.length;
    const places = this.place(
      waveforms.byteLength,
      offsets.byteLength,
      indices.byteLength,
      nPixels,
      4 * nPixels,
      4 * nPixels,
    );
    if (places === undefined) {
      return scalarKernels.neighborPeaks(waveforms, nSamples, neighbors, localWeight, broken, peaks);
    }
    const [waveformsAt, offsetsAt, indicesAt, brokenAt, rowsAt, peaksAt] = places;
    const { buffer } = this.wasm.memory;
    new Float32Array(buffer, waveformsAt).set(waveforms);
    new Int32Array(buffer, offsetsAt).set(offsets);
    new Int32Array(buffer, indicesAt).set(indices);
    const brokenPixels = new Uint8Array(buffer, brokenAt, nPixels);
    if (broken === undefined) brokenPixels.fill(0);
    else brokenPixels.set(broken);
    this.wasm.neighborPeaks(
      waveformsAt,
      nSamples,
      offsetsAt,
      indicesAt,
      nPixels,
      localWeight,
      brokenAt,
      rowsAt,
      peaksAt,
    );
    peaks.set(new Int32Array(buffer, peaksAt, nPixels));
  }

  /**
   * Offsets of consecutive aligned arrays of these sizes, with space for a vector before the first; memory grows as
   * needed. Undefined if they exceed the limit of the memory.
   */
  private place(...sizes: number[]): number[] | undefined {
    let end = VECTOR;
    const places = sizes.map((size) => {
      const start = end;
      end += Math.ceil(size / VECTOR) * VECTOR;
      return start;
    });
    if (end > MAX_SCRATCH) return undefined;
    growMemory(this.wasm.memory, end);
    return places;
  }
}
