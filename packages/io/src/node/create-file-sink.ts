import type { ByteSink } from '../sink/byte-sink.js';
import { FileSink } from './file-sink.js';

/** The sink for a path: a file, see {@link FileSink}. */
export function createSink(path: string, options: { readonly overwrite: boolean }): ByteSink {
  return new FileSink(path, options);
}
