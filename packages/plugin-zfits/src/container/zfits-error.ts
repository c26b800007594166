import { CherenkitError, ExitCode } from '@cherenkit/core';

/** Codes of errors in zfits files; docs/errors.md lists causes and remedies. */
export type ZfitsErrorCode =
  'ZFITS_NO_TABLE' | 'ZFITS_TRUNCATED' | 'ZFITS_CORRUPT' | 'ZFITS_CHECKSUM' | 'ZFITS_UNSUPPORTED' | 'ZFITS_MESSAGE';

const REMEDIES: Readonly<Record<ZfitsErrorCode, string>> = {
  ZFITS_NO_TABLE: '',
  ZFITS_TRUNCATED:
    ' Copy the file again; cherenkit process --allow-truncated (in scripts, allowTruncated) keeps the events before.',
  ZFITS_CORRUPT: ' Copy the file again; cherenkit zfits info --check FILE decodes all of it.',
  ZFITS_CHECKSUM: ' The file was changed or damaged after it was written; copy it again.',
  ZFITS_UNSUPPORTED: '',
  ZFITS_MESSAGE: '',
};

/** Remedy for files that end before their first event. */
export const NO_EVENTS_REMEDY =
  ' Copy the file again; cherenkit process --allow-truncated (in scripts, allowTruncated) reads the other files of a run without it.';

/** Location in a zfits file. */
export interface ZfitsPlace {
  readonly file: string;
  /** Name of the table; undefined outside of tables. */
  readonly table: string | undefined;
}

/** Error in a zfits file: it cannot be read at all, or only up to some byte. */
export class ZfitsError extends CherenkitError {
  readonly file: string;
  readonly table: string | undefined;
  /** The message without the remedy. */
  readonly statement: string;

  /**
   * @param offset - position in the decompressed file, bytes
   * @param sentence - what was found and what was expected
   * @param options - `remedy`: sentence that replaces that of the code
   */
  constructor(
    override readonly code: ZfitsErrorCode,
    { file, table }: ZfitsPlace,
    readonly offset: number,
    sentence: string,
    options?: ErrorOptions & { readonly remedy?: string },
  ) {
    const place = table === undefined ? file : `${file}, table ${table}`;
    const statement = `${place}, byte ${offset}: ${sentence}.`;
    super(code, ExitCode.BAD_INPUT, `${statement}${options?.remedy ?? REMEDIES[code]}`, options);
    this.statement = statement;
    this.file = file;
    this.table = table;
  }

  /** Whether the events before the error are intact, so that `allow_truncated` can keep them. */
  get isRecoverable(): boolean {
    return this.code === 'ZFITS_TRUNCATED';
  }
}
