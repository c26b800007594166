import { MemorySink, type ByteSink } from './byte-sink.js';

/** Where an output goes that has a path: outside Node, where there are no files, into memory. */
export function createSink(_path: string, _options: { readonly overwrite: boolean }): ByteSink {
  return new MemorySink();
}
