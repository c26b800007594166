import type { Neighbors } from '../camera/neighbors.js';
import { NEIGHBOR_PEAKS_WASM } from './neighbor-peaks-wasm.js';

type FindPeaks = (
  waveforms: number,
  nSamples: number,
  offsets: number,
  indices: number,
  nPixels: number,
  localWeight: number,
  broken: number,
  rows: number,
  peaks: number,
) => void;

const PAGE = 65536;
const VECTOR = 16;

/**
 * The neighbour sum with vector instructions, eight times as fast as plain JavaScript. Its memory is scratch: every call
 * copies in what it needs, nothing stays from one to the next.
 */
export class SimdNeighborPeaks {
  private constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly findPeaks: FindPeaks,
  ) {}

  /** Undefined where the engine has no vector instructions, or a page's policy allows no WebAssembly. */
  static create(): SimdNeighborPeaks | undefined {
    try {
      const bytes = Uint8Array.from(atob(NEIGHBOR_PEAKS_WASM), (character) => character.charCodeAt(0));
      const { memory, neighborPeaks } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
      return new SimdNeighborPeaks(memory as WebAssembly.Memory, neighborPeaks as FindPeaks);
    } catch {
      return undefined;
    }
  }

  /** See {@link neighborPeaks}; of one channel, checked by the caller. */
  find(
    waveforms: Float32Array,
    nSamples: number,
    { offsets, indices }: Neighbors,
    localWeight: number,
    broken: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    const nPixels = peaks.length;
    let end = 0;
    const place = (nBytes: number): number => {
      const start = end;
      end += Math.ceil(nBytes / VECTOR) * VECTOR;
      return start;
    };
    const waveformsAt = place(waveforms.byteLength);
    const offsetsAt = place(offsets.byteLength);
    const indicesAt = place(indices.byteLength);
    const brokenAt = place(nPixels);
    const rowsAt = place(4 * nPixels);
    const peaksAt = place(4 * nPixels);
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));

    const { buffer } = this.memory;
    new Float32Array(buffer, waveformsAt).set(waveforms);
    new Int32Array(buffer, offsetsAt).set(offsets);
    new Int32Array(buffer, indicesAt).set(indices);
    const brokenPixels = new Uint8Array(buffer, brokenAt, nPixels);
    if (broken === undefined) brokenPixels.fill(0);
    else brokenPixels.set(broken);
    this.findPeaks(waveformsAt, nSamples, offsetsAt, indicesAt, nPixels, localWeight, brokenAt, rowsAt, peaksAt);
    peaks.set(new Int32Array(buffer, peaksAt, nPixels));
  }
}
