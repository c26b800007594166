import { bloscElementSize, deflate, encodeBlosc, shuffle } from '@cherenkit/io';
import { fletcher32 } from './fletcher32.js';
import { MessageBuilder, terminated } from './message-builder.js';

/** Numbers of the filters, as the HDF Group registers them. */
export const FilterId = { DEFLATE: 1, SHUFFLE: 2, FLETCHER32: 3, BLOSC: 32001 } as const;

/** How the chunks of a table are stored. */
export interface FilterOptions {
  /** `blosc:zstd` as ctapipe's default; `zlib` for readers without the blosc filter. */
  readonly compression: 'blosc:zstd' | 'zlib';
  /** 0 (not compressed) to 9. */
  readonly level: number;
  /** Whether each chunk ends with a checksum. */
  readonly fletcher32: boolean;
}

/** ctapipe's default. */
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
    // Versions of filter and format, size of an element and of a chunk, level, byte shuffle, number of zstd.
    const parameters = [2, 2, bloscElementSize(rowBytes), chunkBytes, level, 1, 5];
    pipeline.push({ id: FilterId.BLOSC, name: 'blosc', optional: true, parameters });
  }
  if (options.fletcher32) {
    pipeline.push({ id: FilterId.FLETCHER32, name: 'fletcher32', optional: false, parameters: [] });
  }
  return pipeline;
}

/** The filter pipeline message, version 1, of a table; undefined where nothing is filtered. */
export function filtersMessage(options: FilterOptions, rowBytes: number, chunkBytes: number): Uint8Array | undefined {
  const pipeline = filters(options, rowBytes, chunkBytes);
  if (pipeline.length === 0) return undefined;
  const message = new MessageBuilder(128).u8(1, pipeline.length, 0, 0, 0, 0, 0, 0);
  for (const { id, name, optional, parameters } of pipeline) {
    const builder = new MessageBuilder(16).padded(terminated(name));
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

/** What PyTables keeps on a group as the filters of tables to come: level, number of the compressor, flags. */
export function pytablesFilters({ compression, level, fletcher32: checksum }: FilterOptions): number {
  const compressor = level === 0 ? 0 : compression === 'zlib' ? 1 : 10;
  const flags = (level > 0 ? 1 : 0) | (checksum ? 2 : 0);
  return level | (compressor << 8) | (flags << 16);
}

/** A chunk of rows through the filters; the rows are not needed any more when the promise is settled. */
export async function filterChunk(rows: Uint8Array, options: FilterOptions, rowBytes: number): Promise<Uint8Array> {
  const compressed = await compress(rows, options, rowBytes);
  if (!options.fletcher32) return compressed;
  const checked = new Uint8Array(compressed.length + 4);
  checked.set(compressed);
  new DataView(checked.buffer).setUint32(compressed.length, fletcher32(compressed), true);
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
