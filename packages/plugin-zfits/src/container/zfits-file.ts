import { nameSome } from '@cherenkit/core';
import { CompressedInputError, type ByteSource } from '@cherenkit/io';
import { fitsHdus, seekableContent, type FitsHdu } from '@cherenkit/plugin-fits';
import { ZfitsError } from './zfits-error.js';
import { ZfitsTable } from './zfits-table.js';

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
    for await (const hdu of fitsHdus(content)) hdus.push(hdu);
    const tables = hdus
      .filter(({ header }) => header.get('ZTABLE') === true)
      .map((hdu) => {
        // A writer that was interrupted leaves a last table without size in the header.
        const isClosed = hdu !== hdus.at(-1) || hdu.dataBytes > 0 || size <= hdu.dataOffset;
        return new ZfitsTable(content, hdu, isClosed);
      });
    if (tables.length > 0) return new ZfitsFile(source.name, tables);
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
