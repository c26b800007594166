import { bloscElementSize, deflate, encodeBlosc, freeAlone, shuffle } from '@cherenkit/io';
import { fletcher32 } from './fletcher32.js';
import { MessageBuilder, nulTerminated } from './message-builder.js';

/** Filter numbers registered by the HDF Group. */
export const FilterId = { DEFLATE: 1, SHUFFLE: 2, FLETCHER32: 3, BLOSC: 32001 } as const;

/** Compression and checksum of the chunks of a table. */
export interface FilterOptions {
  /** `blosc:zstd` is ctapipe's default. `zlib` is for readers without the Blosc filter. */
  readonly compression: 'blosc:zstd' | 'zlib';
  /** Compression level: 0 (none) to 9. */
  readonly level: number;
  /** Whether to append a checksum to each chunk. */
  readonly fletcher32: boolean;
}

/** Default filters of ctapipe. */
export const DEFAULT_FILTERS: FilterOptions = { compression: 'blosc:zstd', level: 5, fletcher32: true };

interface Filter {
  readonly id: number;
  readonly name: string;
  readonly optional: boolean;
  readonly parameters: readonly number[];
}

function filters(options: FilterOptions, rowBytes: number, chunkBytes: number): Filter[] {
  const { compression, level } = options;
  const pipeline: Filter[] = [];
  if (level > 0 && compression === 'zlib') {
    pipeline.push({ id: FilterId.SHUFFLE, name: 'shuffle', optional: true, parameters: [rowBytes] });
    pipeline.push({ id: FilterId.DEFLATE, name: 'deflate', optional: true, parameters: [level] });
  } else if (level > 0) {
    // Filter version, Blosc format version, element size, chunk size, level, byte shuffle, compressor number of zstd.
    const parameters = [2, 2, bloscElementSize(rowBytes), chunkBytes, level, 1, 5];
    pipeline.push({ id: FilterId.BLOSC, name: 'blosc', optional: true, parameters });
  }
  if (options.fletcher32) {
    pipeline.push({ id: FilterId.FLETCHER32, name: 'fletcher32', optional: false, parameters: [] });
  }
  return pipeline;
}

/** Parameter of Blosc with the size of a chunk before compression. Chunks contain the others themselves. */
const BLOSC_CHUNK_BYTES = 3;

/** Whether filters of a dataset read chunks that filters of these options wrote. */
export function isSamePipeline(
  stored: readonly { readonly id: number; readonly parameters: readonly number[] }[],
  options: FilterOptions,
  rowBytes: number,
  chunkBytes: number,
): boolean {
  const own = filters(options, rowBytes, chunkBytes);
  return (
    own.length === stored.length &&
    own.every(({ id, parameters }, i) => {
      const other = stored[i];
      if (other?.id !== id) return false;
      if (id === FilterId.DEFLATE) return true; // its parameter is the level
      if (id === FilterId.BLOSC) return parameters[BLOSC_CHUNK_BYTES] === other.parameters[BLOSC_CHUNK_BYTES];
      return parameters.every((value, k) => value === other.parameters[k]);
    })
  );
}

/** Encodes the filter pipeline message, version 1; undefined without filters. */
export function filtersMessage(options: FilterOptions, rowBytes: number, chunkBytes: number): Uint8Array | undefined {
  const pipeline = filters(options, rowBytes, chunkBytes);
  if (pipeline.length === 0) return undefined;
  const message = new MessageBuilder(128).u8(1, pipeline.length, 0, 0, 0, 0, 0, 0);
  for (const { id, name, optional, parameters } of pipeline) {
    const builder = new MessageBuilder(16).padded(nulTerminated(name));
    message
      .u16(id)
      .u16(builder.length)
      .u16(optional ? 1 : 0)
      .u16(parameters.length)
      .raw(builder.bytes);
    for (const parameter of parameters) message.u32(parameter);
    if (parameters.length % 2 === 1) message.u32(0);
  }
  return message.bytes;
}

/** Encodes the FILTERS attribute of PyTables groups: compression level, compressor number and flags. */
export function pytablesFilters({ compression, level, fletcher32: checksum }: FilterOptions): number {
  const compressor = level === 0 ? 0 : compression === 'zlib' ? 1 : 10;
  const flags = (level > 0 ? 1 : 0) | (checksum ? 2 : 0);
  return level | (compressor << 8) | (flags << 16);
}

/** Applies the filters to a chunk. The buffer may be reused when the promise is settled. */
export async function filterChunk(rows: Uint8Array, options: FilterOptions, rowBytes: number): Promise<Uint8Array> {
  const compressed = await compress(rows, options, rowBytes);
  if (!options.fletcher32) return compressed;
  const checked = new Uint8Array(compressed.length + 4);
  checked.set(compressed);
  new DataView(checked.buffer).setUint32(compressed.length, fletcher32(compressed), true);
  if (compressed !== rows) freeAlone(compressed);
  return checked;
}

async function compress(
  rows: Uint8Array,
  { compression, level }: FilterOptions,
  rowBytes: number,
): Promise<Uint8Array> {
  if (level === 0) return rows;
  return compression === 'zlib' ? deflate(shuffle(rows, rowBytes), level) : encodeBlosc(rows, rowBytes, level);
}
