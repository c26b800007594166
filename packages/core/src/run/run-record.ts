import type { Json } from '../framework/component/index.js';
import { filesOfShard } from './files-of-shard.js';
import type { ProductionManifest, ProductionSoftware, Shard } from './production-manifest.js';

/** An input as a record identifies it, wherever it is: size and digest of a file, or a URL without bytes. */
export type RecordedInput = { readonly bytes: number; readonly digest: string } | { readonly url: string };

/**
 * What determines the tables of an output: inputs, range of events, configuration and programs. A data writer stores it, so
 * that a program can find out whether the output is that of a run without running it.
 */
export interface RunRecord {
  readonly inputs: readonly RecordedInput[];
  /** Range of events; undefined for all. */
  readonly events?: readonly [first: number, end: number] | undefined;
  /** Digest of the configuration, and of the files that it names. */
  readonly configuration: string;
  readonly software: ProductionSoftware;
}

/** The record of the output of a shard. */
export function recordOfShard(
  { configurationDigest: configuration, software }: Pick<ProductionManifest, 'configurationDigest' | 'software'>,
  { inputs, events }: Pick<Shard, 'inputs' | 'events'>,
): RunRecord {
  const recorded = filesOfShard({ inputs }).map(({ path, bytes, digest }): RecordedInput =>
    bytes === undefined || digest === undefined ? { url: path } : { bytes, digest },
  );
  return { inputs: recorded, ...(events && { events }), configuration, software };
}

/**
 * Compares the record of an output with the expected one.
 *
 * @returns how the output differs; undefined if it is as expected. A foreign output has other events; a stale one has these
 *   events as another configuration or another version made them, or of an input that has changed
 */
export function differenceOfRecords(
  found: RunRecord,
  expected: RunRecord,
): { readonly kind: 'foreign' | 'stale'; readonly reason: string } | undefined {
  const text = (value: Json | object | undefined): string => JSON.stringify(value ?? null);
  if (text(found.events) !== text(expected.events)) {
    return { kind: 'foreign', reason: `it has ${rangeText(found)}, expected ${rangeText(expected)}` };
  }
  if (text(found.inputs) !== text(expected.inputs)) {
    return { kind: 'foreign', reason: 'it was made of another input, or of this one before it changed' };
  }
  const [own, other] = [found.software, expected.software];
  if (own.cherenkit !== other.cherenkit) {
    return { kind: 'stale', reason: `cherenkit ${own.cherenkit} made it, expected ${other.cherenkit}` };
  }
  if (text(sorted(own.plugins)) !== text(sorted(other.plugins))) {
    return { kind: 'stale', reason: 'other plugins, or other versions of them, made it' };
  }
  if (found.configuration === expected.configuration) return undefined;
  return { kind: 'stale', reason: 'it was made with another configuration' };
}

function rangeText({ events }: RunRecord): string {
  return events ? `the events ${events[0]}:${events[1]}` : 'all events';
}

function sorted(plugins: ProductionSoftware['plugins'] = {}): Json {
  return Object.fromEntries(Object.entries(plugins).sort(([a], [b]) => (a < b ? -1 : 1)));
}
