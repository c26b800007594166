import type { ByteSink } from './byte-sink.js';
import { MemorySink } from './memory-sink.js';

/** The sink for a path. Outside Node there are no files: it is in memory. */
export function createSink(_path: string, _options: { readonly overwrite: boolean }): ByteSink {
  return new MemorySink();
}
