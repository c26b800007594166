import { decompressedBytes, topLevelObjects } from './edit-simtel.js';
import { inTestData } from './test-data.js';

const RUN_HEADER = 2000;

/** The bytes of a file of the test data with another run number. */
export async function withRunNumber(name: string, run: number): Promise<Uint8Array> {
  const bytes = Uint8Array.from(await decompressedBytes(inTestData('data', name)));
  for await (const { type, payloadOffset, littleEndian } of topLevelObjects(bytes)) {
    if (type === RUN_HEADER) new DataView(bytes.buffer).setInt32(payloadOffset, run, littleEndian);
  }
  return bytes;
}

/** A file of the test data once for each of these run numbers, one after the other. */
export async function concatenatedRuns(name: string, runs: readonly number[]): Promise<Uint8Array> {
  return Buffer.concat(await Promise.all(runs.map((run) => withRunNumber(name, run))));
}
