import type { ZfitsArray } from '../container/zfits-column.js';

/** Counters of a module: PPS (uint16), 10 MHz, events, triggers (uint32 each), 133 MHz clock (uint64). */
const COUNTERS_BYTES = 22;

/** Counters of the modules, one value per module. */
export interface ModuleCounters {
  /** Seconds since the start of the run, and ticks of 100 ns in the second. */
  readonly pps: Uint16Array;
  readonly tenMhz: Uint32Array;
  /** Ticks of 7.5 ns. Numbers suffice for two years. */
  readonly clocks: Float64Array;
}

/** Unpacks the counters of each module; empty without counters. */
export function moduleCounters(bytes: ZfitsArray | undefined): ModuleCounters {
  const view = new DataView(bytes?.buffer ?? new ArrayBuffer(0), bytes?.byteOffset, bytes?.byteLength);
  const nModules = Math.floor(view.byteLength / COUNTERS_BYTES);
  const [pps, tenMhz, clocks] = [new Uint16Array(nModules), new Uint32Array(nModules), new Float64Array(nModules)];
  for (let module = 0; module < nModules; module++) {
    const at = module * COUNTERS_BYTES;
    pps[module] = view.getUint16(at, true);
    tenMhz[module] = view.getUint32(at + 2, true);
    clocks[module] = view.getUint32(at + 14, true) + 2 ** 32 * view.getUint32(at + 18, true);
  }
  return { pps, tenMhz, clocks };
}

/** Counters of messages that have only the clocks of the modules. */
export function countersOfClocks(clocks: ZfitsArray | undefined): ModuleCounters {
  const numbers = Float64Array.from(clocks instanceof BigUint64Array ? clocks : [], Number);
  return { pps: new Uint16Array(numbers.length), tenMhz: new Uint32Array(numbers.length), clocks: numbers };
}
