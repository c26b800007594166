import { CherenkitError, ExitCode } from '@cherenkit/errors';

const CODES = {
  truncated: 'INPUT_TRUNCATED',
  corrupt: 'INPUT_CORRUPT',
  unsupported: 'INPUT_UNSUPPORTED',
} as const;

/** What is wrong with compressed bytes. */
export type CompressionDefect = keyof typeof CODES;

/** Compressed bytes that end too early, are damaged, or use what this reader does not know. */
export class CompressedInputError extends CherenkitError {
  /**
   * @param format - `zstd` or `gzip`
   * @param offset - byte of the compressed input at or before which it was found
   */
  constructor(
    readonly defect: CompressionDefect,
    format: string,
    readonly offset: number,
    found: string,
    options?: ErrorOptions,
  ) {
    super(CODES[defect], ExitCode.BAD_INPUT, `${format} data at compressed byte ${offset}: ${found}`, options);
  }
}
