import { CherenkitError, nameSome } from '@cherenkit/core';
import { CompressedInputError, type ByteSource } from '@cherenkit/io';
import { fitsHdus, seekableContent, type FitsHdu } from '@cherenkit/plugin-fits';
import { NO_EVENTS_REMEDY, ZfitsError } from './zfits-error.js';
import { ZfitsTable } from './zfits-table.js';

/** Most bytes of a header that can be cut off: about 500 columns. A longer one without an end is corrupt. */
const LONGEST_HEADER = 2 ** 18;

/**
 * A zfits file: a FITS file whose tables hold protobuf messages, compressed in tiles.
 *
 * The headers are read on opening, the messages on demand. Compressed files and pipes are read into memory.
 */
export class ZfitsFile {
  private constructor(
    /** Path or URL, for messages. */
    readonly name: string,
    readonly tables: readonly ZfitsTable[],
    /** Size of a file that ends before the data of its last table, bytes; undefined for others. */
    readonly truncatedAt: number | undefined,
  ) {}

  /**
   * Reads the headers of a file.
   *
   * @param source - disposed by the caller, after the last table was read
   * @throws ZfitsError ZFITS_NO_TABLE, ZFITS_CORRUPT, ZFITS_UNSUPPORTED, ZFITS_TRUNCATED (65)
   * @throws CherenkitError FITS_CORRUPT, FITS_UNSUPPORTED, INPUT_TRUNCATED, INPUT_CORRUPT (65)
   */
  static async open(source: ByteSource): Promise<ZfitsFile> {
    const content = await readable(source);
    const size = content.size ?? 0;
    const hdus: FitsHdu[] = [];
    try {
      for await (const hdu of fitsHdus(content)) hdus.push(hdu);
    } catch (cause) {
      throw truncatedHeader(cause, source.name, hdus, size);
    }
    const tables = hdus
      .filter(({ header }) => header.get('ZTABLE') === true)
      .map((hdu) => {
        // A writer that was interrupted leaves a last table without size in the header.
        const isClosed = hdu !== hdus.at(-1) || hdu.dataBytes > 0 || size <= hdu.dataOffset;
        return new ZfitsTable(content, hdu, isClosed);
      });
    const last = hdus.at(-1);
    const isTruncated = last !== undefined && size < last.dataOffset + last.dataBytes;
    if (tables.length > 0) return new ZfitsFile(source.name, tables, isTruncated ? size : undefined);
    const place = { file: source.name, table: undefined };
    const names = hdus.length > 1 ? `; it has ${nameSome(hdus.map(({ name }) => name))}` : '';
    const sentence = `expected a zfits file, but none of the FITS tables has compressed messages (ZTABLE)${names}`;
    throw new ZfitsError('ZFITS_NO_TABLE', place, 0, sentence);
  }

  /** The first table of a name; undefined if there is none. */
  table(name: string): ZfitsTable | undefined {
    return this.tables.find((table) => table.name === name);
  }
}

/** An error of a header that the end of the file cuts off, of which FITS files have no kind of their own; others as they are. */
function truncatedHeader(cause: unknown, file: string, hdus: readonly FitsHdu[], size: number): unknown {
  const begin = hdus.at(-1)?.end ?? 0;
  const isFits = cause instanceof CherenkitError && cause.code === 'FITS_CORRUPT';
  if (!isFits || (size > 0 && (hdus.length === 0 || size - begin > LONGEST_HEADER))) return cause;
  const found =
    size === 0 ? 'the file is empty' : `the file ends at byte ${size}, within the header of table ${hdus.length}`;
  return new ZfitsError('ZFITS_TRUNCATED', { file, table: undefined }, begin, found, {
    cause,
    remedy: NO_EVENTS_REMEDY,
  });
}

async function readable(source: ByteSource): Promise<ByteSource> {
  try {
    return await seekableContent(source);
  } catch (error) {
    if (!(error instanceof CompressedInputError)) throw error;
    const code = error.defect === 'truncated' ? 'ZFITS_TRUNCATED' : 'ZFITS_CORRUPT';
    const place = { file: source.name, table: undefined };
    throw new ZfitsError(code, place, error.offset, error.message, { cause: error });
  }
}
