import type { ByteSink } from '../byte-sink.js';
import { FileSink } from './file-sink.js';

/** Where an output goes that has a path: a file, see {@link FileSink}. */
export function createSink(path: string, options: { readonly overwrite: boolean }): ByteSink {
  return new FileSink(path, options);
}
