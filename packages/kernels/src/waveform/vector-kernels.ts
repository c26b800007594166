import type { Neighbors } from '../camera/neighbors.js';
import { nextMarked } from '../numeric/next-marked.js';
import { growMemory, wasmExports } from '../numeric/wasm-exports.js';
import type { Gigahertz } from '../units.js';
import type { HotKernels } from './hot-kernels.js';
import { scalarKernels } from './scalar-kernels.js';
import { VECTOR_KERNELS_WASM } from './vector-kernels-wasm.js';

/** Exports of vector-kernels.wat; the arguments are described there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  decodeRows(bytes: number, end: number, nPerRow: number, nRows: number, rows: number): number;
  selectGain(adc: number, nSamples: number, limit: number, nPixels: number, selected: number): void;
  calibrateHighGain(
    bytes: number,
    end: number,
    nSamples: number,
    limit: number,
    nRows: number,
    pedestal: number,
    factor: number,
    shift: number,
    scratch: number,
    selected: number,
    waveforms: number,
  ): number;
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
  extractAroundPeak(
    waveforms: number,
    nSamples: number,
    peaks: number,
    nRows: number,
    width: number,
    shift: number,
    samplingRate: number,
    charge: number,
    peakTime: number,
  ): void;
  variance(waveforms: number, nSamples: number, nRows: number, squares: number, variance: number): void;
  subtractBaseline(waveforms: number, nSamples: number, nRows: number, from: number, to: number): void;
}

const VECTOR = 16;
const LARGEST_SAMPLE = 0xffff;
/** Bytes of a row of encoded samples in addition to one for each: the first difference takes two. */
const MORE_BYTES = 4;
/**
 * Limit of the scratch memory, bytes, which is never released. The waveforms of a camera with 40,000 pixels and 128 samples
 * take less; larger ones are left to the scalar kernels.
 */
const MAX_SCRATCH = 2 ** 25;

/** Space that {@link VectorKernels.allocate} leaves for the other arrays of a call, in addition to the size of the waveforms. */
const SPARE = 2 ** 20;

/**
 * The hot kernels in WebAssembly with vector instructions. Its memory is scratch space: each call copies its inputs in
 * and its results out; no state is kept between calls. Only waveforms may be in this memory, at its end: they are used in place.
 */
export class VectorKernels implements HotKernels {
  /** End of the scratch space. A vector beyond waveforms can be read. */
  #limit = MAX_SCRATCH - VECTOR;

  private constructor(private readonly wasm: Exports) {}

  /**
   * Undefined if the engine has no vector instructions or a content security policy forbids WebAssembly.
   *
   * @param hasArrays - whether `allocate` is used: the memory has its largest size from the beginning, since arrays would lose
   *   their elements when it grows. Pages that are not used take no space.
   */
  static create(hasArrays = false): VectorKernels | undefined {
    const wasm = wasmExports<Exports>(VECTOR_KERNELS_WASM);
    try {
      if (hasArrays && wasm) growMemory(wasm.memory, MAX_SCRATCH);
    } catch {
      return undefined; // no space for it
    }
    return wasm && new VectorKernels(wasm);
  }

  /** Returns an array in this memory, which is never released; undefined if there is not enough space. */
  allocate(length: number): Float32Array<ArrayBuffer> | undefined {
    const size = Math.ceil((Float32Array.BYTES_PER_ELEMENT * length) / VECTOR) * VECTOR;
    const begin = this.#limit - size;
    if (begin < size + SPARE) return undefined;
    this.#limit = begin;
    return new Float32Array(this.wasm.memory.buffer, begin, length);
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
    const places = this.place(
      adc.byteLength,
      pedestal.byteLength,
      factor.byteLength,
      nRows,
      this.copiedBytes(waveforms),
    );
    if (places === undefined) {
      return scalarKernels.calibrate(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
    }
    const [adcAt, pedestalAt, factorAt, selectedAt, copyAt] = places;
    const waveformsAt = this.offsetOf(waveforms) ?? copyAt;
    const { buffer } = this.wasm.memory;
    new Uint16Array(buffer, adcAt).set(adc);
    new Float32Array(buffer, pedestalAt).set(pedestal);
    new Float32Array(buffer, factorAt).set(factor);
    const channels = new Int8Array(buffer, selectedAt, nRows);
    if (selected === undefined) channels.fill(channel);
    else channels.set(selected);
    this.wasm.calibrate(adcAt, nSamples, nRows, pedestalAt, factorAt, shift, selectedAt, channel, waveformsAt);
    if (waveformsAt !== copyAt) return;

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
    const longestRow = 2 * nSamples + MORE_BYTES;
    const places = this.place(
      nRows * longestRow + VECTOR,
      pedestal.byteLength,
      factor.byteLength,
      5 * VECTOR,
      nRows,
      this.copiedBytes(waveforms),
    );
    if (places === undefined || !(threshold >= 0) || nSamples === 0) return scalar();
    const [bytesAt, pedestalAt, factorAt, vectorsAt, selectedAt, copyAt] = places;
    const waveformsAt = this.offsetOf(waveforms) ?? copyAt;
    const { buffer } = this.wasm.memory;
    new Float32Array(buffer, pedestalAt).set(pedestal);
    new Float32Array(buffer, factorAt).set(factor);
    const encoded = new Uint8Array(buffer, bytesAt);
    const nDecoded = new Int32Array(buffer, vectorsAt + 4 * VECTOR, 1);
    const limit = Math.min(Math.floor(threshold), LARGEST_SAMPLE);
    let position = begin;
    let rowSize = nSamples + MORE_BYTES; // nearly all values take one byte
    for (let row = 0; row < nRows; row += nDecoded[0]) {
      const taken = bytes.subarray(position, position + (nRows - row) * rowSize);
      encoded.set(taken);
      const stopped = this.wasm.calibrateHighGain(
        bytesAt,
        bytesAt + taken.length,
        nSamples,
        limit,
        nRows - row,
        pedestalAt + 4 * row,
        factorAt + 4 * row,
        shift,
        vectorsAt,
        selectedAt + row,
        waveformsAt + 4 * row * nSamples,
      );
      if (nDecoded[0] === 0) {
        if (rowSize === longestRow) return scalar();
        rowSize = longestRow;
      }
      position += stopped - bytesAt;
    }
    selected.set(new Int8Array(buffer, selectedAt, nRows));
    if (waveformsAt === copyAt) waveforms.set(new Float32Array(buffer, copyAt, waveforms.length));
    return position;
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
    const isBroken = broken !== undefined && nextMarked(broken, 0) < broken.length;
    const places = this.place(
      this.copiedBytes(waveforms),
      offsets.byteLength,
      indices.byteLength,
      isBroken ? nPixels : 0,
      4 * nPixels,
      4 * nPixels,
    );
    if (places === undefined) {
      return scalarKernels.neighborPeaks(waveforms, nSamples, neighbors, localWeight, broken, peaks);
    }
    const [copyAt, offsetsAt, indicesAt, brokenAt, rowsAt, peaksAt] = places;
    const { buffer } = this.wasm.memory;
    const waveformsAt = this.copied(waveforms, copyAt);
    new Int32Array(buffer, offsetsAt).set(offsets);
    new Int32Array(buffer, indicesAt).set(indices);
    if (isBroken) new Uint8Array(buffer, brokenAt).set(broken);
    this.wasm.neighborPeaks(
      waveformsAt,
      nSamples,
      offsetsAt,
      indicesAt,
      nPixels,
      localWeight,
      isBroken ? brokenAt : 0,
      rowsAt,
      peaksAt,
    );
    peaks.set(new Int32Array(buffer, peaksAt, nPixels));
  }

  extractAroundPeak(
    waveforms: Float32Array,
    nSamples: number,
    peaks: Int32Array,
    width: number,
    shift: number,
    samplingRate: Gigahertz,
    charge: Float32Array,
    peakTime: Float32Array,
  ): void {
    const nRows = peaks.length;
    // Copying whole rows takes longer than summing a few samples of each.
    const isWorthCopying = nSamples <= 8 * width;
    const places =
      isWorthCopying || this.offsetOf(waveforms) !== undefined
        ? this.place(this.copiedBytes(waveforms), 4 * nRows, 4 * nRows, 4 * nRows)
        : undefined;
    if (places === undefined || width !== (width | 0) || shift !== (shift | 0)) {
      return scalarKernels.extractAroundPeak(waveforms, nSamples, peaks, width, shift, samplingRate, charge, peakTime);
    }
    const [copyAt, peaksAt, chargeAt, peakTimeAt] = places;
    const { buffer } = this.wasm.memory;
    const waveformsAt = this.copied(waveforms, copyAt);
    new Int32Array(buffer, peaksAt).set(peaks);
    this.wasm.extractAroundPeak(
      waveformsAt,
      nSamples,
      peaksAt,
      nRows,
      width,
      shift,
      samplingRate,
      chargeAt,
      peakTimeAt,
    );
    charge.set(new Float32Array(buffer, chargeAt, nRows));
    peakTime.set(new Float32Array(buffer, peakTimeAt, nRows));
  }

  variance(waveforms: Float32Array, nSamples: number, variance: Float32Array): void {
    const nRows = variance.length;
    const places = this.place(this.copiedBytes(waveforms), 4 * nSamples + VECTOR, 4 * nRows);
    if (places === undefined) return scalarKernels.variance(waveforms, nSamples, variance);
    const [copyAt, squaresAt, varianceAt] = places;
    this.wasm.variance(this.copied(waveforms, copyAt), nSamples, nRows, squaresAt, varianceAt);
    variance.set(new Float32Array(this.wasm.memory.buffer, varianceAt, nRows));
  }

  subtractBaseline(waveforms: Float32Array, nSamples: number, from: number, to: number): void {
    const places = this.place(this.copiedBytes(waveforms));
    if (places === undefined || nSamples === 0) return scalarKernels.subtractBaseline(waveforms, nSamples, from, to);
    const [copyAt] = places;
    const waveformsAt = this.copied(waveforms, copyAt);
    this.wasm.subtractBaseline(waveformsAt, nSamples, waveforms.length / nSamples, from, to);
    if (waveformsAt === copyAt) waveforms.set(new Float32Array(this.wasm.memory.buffer, copyAt, waveforms.length));
  }

  /** Offset of waveforms in this memory; undefined for others. */
  private offsetOf({ buffer, byteOffset }: Float32Array): number | undefined {
    return buffer === this.wasm.memory.buffer ? byteOffset : undefined;
  }

  /** Size of a copy of waveforms: 0 for those in this memory. */
  private copiedBytes(waveforms: Float32Array): number {
    return this.offsetOf(waveforms) === undefined ? waveforms.byteLength : 0;
  }

  /** Copies waveforms to an offset, unless they are in this memory; returns their offset. */
  private copied(waveforms: Float32Array, copyAt: number): number {
    const inPlace = this.offsetOf(waveforms);
    if (inPlace === undefined) new Float32Array(this.wasm.memory.buffer, copyAt).set(waveforms);
    return inPlace ?? copyAt;
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
    if (end > this.#limit) return undefined;
    growMemory(this.wasm.memory, end);
    return places;
  }
}
