// Prints the bytes that are allocated per telescope event while the events of a file are read and processed, as JSON: on the heap of
// JavaScript, sampled by the engine, and in array buffers. The young generation is large, so that no array is released between
// two readings.
//
// usage: node --expose-gc --min-semi-space-size=128 --max-semi-space-size=128 allocations-of-events.js FILE
import type { HeapProfiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { createPipeline, EventSource, processEvent } from 'cherenkit';

/** Telescope events until all functions are compiled, until the heap is no longer sampled, and between readings of array buffers. */
const [WARM_UP, SAMPLES_END, PER_READING] = [300, 500, 30];

const { gc: collectGarbage } = globalThis;
if (collectGarbage === undefined) throw new Error('Start node with --expose-gc.');

const session = new Session();
session.connect();
await using source = await EventSource.open(process.argv[2]);
await using pipeline = await createPipeline({ subarray: source.subarray });
source.reusesWaveforms = true;

let count = 0;
let sampledFrom = 0;
let heap = 0;
let arrays = Infinity;
let last: { readonly count: number; readonly arrayBuffers: number } | undefined;
for await (const event of source) {
  processEvent(event, pipeline);
  count += event.dl1.tel.size;
  if (count >= WARM_UP && sampledFrom === 0) {
    const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
    await session.post('HeapProfiler.startSampling', { samplingInterval: 512, ...collected });
    sampledFrom = count;
  }
  if (count < SAMPLES_END) continue;
  if (heap === 0) {
    const { profile } = await session.post('HeapProfiler.stopSampling');
    heap = sizeOf(profile.head) / (count - sampledFrom);
  }
  if (last !== undefined) {
    if (count - last.count < PER_READING) continue;
    arrays = Math.min(arrays, (process.memoryUsage().arrayBuffers - last.arrayBuffers) / (count - last.count));
  }
  // Array buffers are released after the collection that finds them, by another thread.
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  last = { count, arrayBuffers: process.memoryUsage().arrayBuffers };
}
console.log(JSON.stringify({ heap, arrays }));

/** Size of the objects that a call allocated, and those that it called. */
function sizeOf({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}
