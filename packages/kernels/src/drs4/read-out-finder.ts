import { growMemory, wasmExports } from '../numeric/wasm-exports.js';
import { CHANNEL_CELLS, PIXEL_CELLS, READ_CELLS } from './drs4-rows.js';
import { READ_OUT_FINDER_WASM } from './read-out-finder-wasm.js';

/** Place in a channel behind which cells of the next channel are read as well, by pixels of even number, and how many. */
const LAST_ALONE = 767;
const MORE_CELLS = 12;
/** First cell of an event in which a chip was not read. */
export const NOT_READ = 0xffff;

/** Finds earlier read-outs of cells. */
export interface ReadOutFinder {
  /** First cells of the last events, shape (chips, capacity), or `NOT_READ`. */
  readonly firstCells: Uint16Array;
  /** Result of `find`: for each event, the number of events after it, and the samples of its cells, begin and end. */
  readonly found: Int32Array;
  /**
   * Finds, from the last event to earlier ones, those that have read cells of a read-out which no later one has.
   *
   * @param newest - place of the last event
   * @param count - number of events
   * @param first - first cell of the read-out
   * @param isEven - whether the pixel has an even number in its module: such pixels read cells of the next channel as well
   * @returns the number of events, at most one per sample
   */
  find(chip: number, newest: number, count: number, first: number, isEven: boolean): number;
}

/** Finds read-outs of a number of chips, among so many events, a power of two. */
export function readOutFinder(nChips: number, capacity: number): ReadOutFinder {
  return VectorReadOutFinder.create(nChips, capacity) ?? new ScalarReadOutFinder(nChips, capacity);
}

/** The search in JavaScript. */
export class ScalarReadOutFinder implements ReadOutFinder {
  readonly firstCells: Uint16Array;
  readonly found = new Int32Array(3 * READ_CELLS);
  /** Number of the last search that has found the read-out of each cell. */
  readonly #foundBy = new Float64Array(READ_CELLS);
  #search = 0;
  #nFound = 0;

  constructor(
    nChips: number,
    private readonly capacity: number,
  ) {
    this.firstCells = new Uint16Array(nChips * capacity);
  }

  find(chip: number, newest: number, count: number, first: number, isEven: boolean): number {
    const { firstCells } = this;
    const begin = chip * this.capacity;
    const mask = this.capacity - 1;
    this.#search++;
    this.#nFound = 0;
    let nLeft = READ_CELLS;
    for (let back = 0; back < count && nLeft > 0; back++) {
      const before = firstCells[begin + ((newest - back) & mask)];
      if (before === NOT_READ) continue;
      const toCells = (before - first + READ_CELLS - 1) & (PIXEL_CELLS - 1);
      if (toCells < 2 * READ_CELLS - 1) nLeft -= this.#add(back, toCells - READ_CELLS + 1, READ_CELLS);
      const toMore = (before + CHANNEL_CELLS - first + MORE_CELLS - 1) & (PIXEL_CELLS - 1);
      const place = before % CHANNEL_CELLS;
      if (toMore >= READ_CELLS + MORE_CELLS - 1 || !isEven || place <= LAST_ALONE) continue;
      nLeft -= this.#add(back, toMore - MORE_CELLS + 1, Math.min(MORE_CELLS, CHANNEL_CELLS - place));
    }
    return this.#nFound;
  }

  /** Adds an event, if it has read cells that no later one has; returns their number. */
  #add(back: number, start: number, count: number): number {
    const [begin, end] = [Math.max(0, start), Math.min(READ_CELLS, start + count)];
    let nNew = 0;
    for (let i = begin; i < end; i++) {
      if (this.#foundBy[i] === this.#search) continue;
      this.#foundBy[i] = this.#search;
      nNew++;
    }
    if (nNew > 0) this.found.set([back, begin, end], 3 * this.#nFound++);
    return nNew;
  }
}

/** Export of read-out-finder.wat; the arguments are described there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  find(
    row: number,
    capacity: number,
    newest: number,
    count: number,
    first: number,
    isEven: number,
    found: number,
  ): number;
}

/** Place of the first cells in memory, behind those that were found. */
const FIRST_CELLS = 512;

/** The search in WebAssembly, with the same results. */
export class VectorReadOutFinder implements ReadOutFinder {
  readonly firstCells: Uint16Array;
  readonly found: Int32Array;

  private constructor(
    private readonly wasm: Exports,
    nChips: number,
    private readonly capacity: number,
  ) {
    growMemory(wasm.memory, FIRST_CELLS + 2 * nChips * capacity);
    this.firstCells = new Uint16Array(wasm.memory.buffer, FIRST_CELLS, nChips * capacity);
    this.found = new Int32Array(wasm.memory.buffer, 0, 3 * READ_CELLS);
  }

  /** Undefined if the engine lacks vectors, or a content security policy forbids WebAssembly. */
  static create(nChips: number, capacity: number): VectorReadOutFinder | undefined {
    const wasm = wasmExports<Exports>(READ_OUT_FINDER_WASM);
    return wasm && new VectorReadOutFinder(wasm, nChips, capacity);
  }

  find(chip: number, newest: number, count: number, first: number, isEven: boolean): number {
    const row = FIRST_CELLS + 2 * chip * this.capacity;
    return this.wasm.find(row, this.capacity, newest, count, first, isEven ? 1 : 0, 0);
  }
}
