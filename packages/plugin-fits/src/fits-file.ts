import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/errors';
import { byteSourceFrom, CompressedInputError, openFile, type ByteSource } from '@cherenkit/io';
import type { Table } from '@cherenkit/tables';
import { BLOCK } from './fits-block.js';
import { Ones32 } from './fits-checksum.js';
import { corruptFits } from './fits-error.js';
import type { FitsHdu } from './fits-hdu.js';
import { fitsHdus } from './fits-hdus.js';
import { readImage, type FitsImage } from './read-image.js';
import { readRows } from './read-rows.js';
import { seekableContent } from './seekable-content.js';

/** An input to read: a path or URL, a `File` or `Blob`, bytes, or an open source, which is not closed. */
export type FitsInput = string | URL | Blob | Uint8Array | ByteSource;

/** Options of {@link FitsFile.readTable}. */
export interface ReadFitsTableOptions {
  /** Names of the columns to read. Default: all. */
  readonly columns?: readonly string[];
  /** Index of the first row. Default: 0. */
  readonly start?: number;
  /** Index after the last row. Default: all. */
  readonly stop?: number;
}

/** Size of parts that are read for checksums. */
const PART = 256 * BLOCK;

/**
 * FITS file of binary tables. Headers are read on opening; rows are read on demand, except from compressed files and pipes,
 * which are read into memory.
 *
 * @example
 * ```ts
 * import { FitsFile } from '@cherenkit/plugin-fits';
 *
 * await using file = await FitsFile.open('events.fits.gz');
 * console.log(file.hdus.map(({ name, nRows }) => `${name}: ${nRows} rows`));
 * const events = await file.readTable('EVENTS', { columns: ['ENERGY'] });
 * console.log(events.filter('ENERGY > 1').statistics());
 * ```
 */
export class FitsFile implements AsyncDisposable {
  readonly #source: ByteSource;
  readonly #isOwn: boolean;
  readonly #size: number;

  private constructor(
    source: ByteSource,
    isOwn: boolean,
    /** Headers and data units, in order. */
    readonly hdus: readonly FitsHdu[],
  ) {
    this.#source = source;
    this.#isOwn = isOwn;
    this.#size = source.size ?? 0;
  }

  /**
   * Opens a file and reads its headers.
   *
   * @throws CherenkitError INPUT_MISSING (66); FITS_CORRUPT, FITS_UNSUPPORTED, INPUT_TRUNCATED or INPUT_CORRUPT (65)
   */
  static async open(input: FitsInput): Promise<FitsFile> {
    const { source, isOwn } = await openSource(input);
    try {
      const content = await seekableContent(source);
      return new FitsFile(content, isOwn, await completeHdus(content));
    } catch (error) {
      if (isOwn) await source[Symbol.asyncDispose]();
      throw error instanceof CompressedInputError ? inFile(source.name, error) : error;
    }
  }

  /** Path or URL, for messages. */
  get name(): string {
    return this.#source.name;
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /**
   * Part of the file by its name, of which the case is ignored, or by its number. The first one of equal names.
   *
   * @throws CherenkitError FITS_HDU_UNKNOWN (2)
   */
  hdu(which: string | number): FitsHdu {
    const found = typeof which === 'number' ? this.hdus[which] : this.#find(which);
    if (found !== undefined) return found;
    const names = this.hdus.map(({ name }) => name).filter((name) => name !== '');
    const hint = typeof which === 'string' ? didYouMean(which, names) : '';
    const message = `${this.name}: there is no HDU ${JSON.stringify(which)}${hint || `; expected one of ${nameSome(names)}`}`;
    throw new CherenkitError('FITS_HDU_UNKNOWN', ExitCode.USAGE, message);
  }

  /**
   * Reads a table. Units are VOUnit strings, integers with offset are unsigned (int8 for bytes), other scaled columns are
   * float64, bits are booleans, complex numbers are pairs. Arrays of variable length are padded to the longest one read.
   *
   * @param which - name or number of the table
   * @throws CherenkitError FITS_CORRUPT, FITS_UNSUPPORTED (65); FITS_HDU_UNKNOWN, TABLE_COLUMN_UNKNOWN (2)
   */
  async readTable(which: string | number, options: ReadFitsTableOptions = {}): Promise<Table> {
    const hdu = this.hdu(which);
    if (hdu.kind !== 'table') {
      const message = `${hdu.placeIn(this.name)} is ${hdu.kind === 'image' ? 'an image' : `a ${hdu.kind}`}, expected a binary table. Choose another HDU.`;
      throw new CherenkitError('FITS_HDU_UNKNOWN', ExitCode.USAGE, message);
    }
    return readRows(this.#source, hdu, options);
  }

  /**
   * Reads a table in chunks of rows, for tables larger than the memory.
   *
   * @param options - `chunkRows`: rows per chunk; default: 10,000
   * @throws as {@link readTable}
   */
  async *readTableChunks(
    which: string | number,
    options: ReadFitsTableOptions & { readonly chunkRows?: number } = {},
  ): AsyncGenerator<Table, void, undefined> {
    const { chunkRows = 10_000, start = 0, ...others } = options;
    const stop = Math.min(options.stop ?? Infinity, this.hdu(which).nRows);
    for (let row = start; row < stop; row += chunkRows) {
      yield await this.readTable(which, { ...others, start: row, stop: Math.min(row + chunkRows, stop) });
    }
  }

  /**
   * Reads an image: the values in row-major order, the last axis being the fastest, scaled by BSCALE and BZERO. Integers without
   * scale keep their type.
   *
   * @param which - name or number of the image
   * @throws CherenkitError FITS_CORRUPT, FITS_UNSUPPORTED (65); FITS_HDU_UNKNOWN (2)
   */
  async readImage(which: string | number): Promise<FitsImage> {
    const hdu = this.hdu(which);
    if (hdu.kind === 'image') return readImage(this.#source, hdu);
    const message = `${hdu.placeIn(this.name)} is a ${hdu.kind}, expected an image. Choose another HDU.`;
    throw new CherenkitError('FITS_HDU_UNKNOWN', ExitCode.USAGE, message);
  }

  /** Compares the checksums in the file with its content, and describes the differences. HDUs without checksums pass. */
  async checksumProblems(): Promise<string[]> {
    const problems: string[] = [];
    for (const hdu of this.hdus) {
      const [declared, total] = [hdu.header.text('DATASUM'), hdu.header.text('CHECKSUM')];
      if (declared === undefined && total === undefined) continue;
      const sum = new Ones32();
      await this.#sum(hdu.dataOffset, hdu.end, sum);
      const place = hdu.placeIn(this.name);
      if (declared !== undefined && Number(declared) !== sum.value) {
        problems.push(`${place}: DATASUM is ${declared}, but the data have ${sum.value}`);
      }
      await this.#sum(hdu.headerOffset, hdu.dataOffset, sum);
      if (total !== undefined && total !== '' && sum.value !== 0 && sum.value !== 0xffffffff) {
        problems.push(`${place}: CHECKSUM is wrong; the file was changed`);
      }
    }
    return problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOwn) await this.#source[Symbol.asyncDispose]();
  }

  #find(name: string): FitsHdu | undefined {
    const wanted = name.trim().toUpperCase();
    return this.hdus.find((hdu) => hdu.name.toUpperCase() === wanted);
  }

  async #sum(start: number, end: number, sum: Ones32): Promise<void> {
    // The padding of the last HDU may be missing.
    for (let at = start, stop = Math.min(end, this.#size); at < stop; at += PART) {
      sum.add(await this.#source.read(at, Math.min(PART, stop - at)));
    }
  }
}

async function openSource(input: FitsInput): Promise<{ readonly source: ByteSource; readonly isOwn: boolean }> {
  if (typeof input === 'string' || input instanceof URL) return { source: await openFile(input), isOwn: true };
  if (input instanceof Uint8Array || (typeof Blob !== 'undefined' && input instanceof Blob)) {
    return { source: byteSourceFrom(input), isOwn: true };
  }
  return { source: input as ByteSource, isOwn: false };
}

/** @throws CherenkitError FITS_CORRUPT (65) if the file has no header, or ends within the data of one */
async function completeHdus(source: ByteSource): Promise<FitsHdu[]> {
  const size = source.size ?? 0;
  const hdus: FitsHdu[] = [];
  for await (const hdu of fitsHdus(source)) {
    if (hdu.dataOffset + hdu.dataBytes > size) {
      const found = `the header declares ${hdu.dataBytes} bytes of data, but ${size - hdu.dataOffset} bytes follow`;
      throw corruptFits(hdu.placeIn(source.name), hdu.headerOffset, found);
    }
    hdus.push(hdu);
  }
  return hdus;
}

/** Adds the file and the remedy to an error of its compressed data. */
function inFile(name: string, cause: CompressedInputError): CherenkitError {
  const message = `${name}: ${cause.message}. Copy or create the file again.`;
  return new CherenkitError(cause.code, cause.exitCode, message, { cause });
}
