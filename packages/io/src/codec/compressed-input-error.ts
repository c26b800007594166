import { CherenkitError, ExitCode } from '@cherenkit/errors';

const CODES = {
  truncated: 'INPUT_TRUNCATED',
  corrupt: 'INPUT_CORRUPT',
  unsupported: 'INPUT_UNSUPPORTED',
} as const;

/** Kind of defect of compressed input. */
export type CompressionDefect = keyof typeof CODES;

/** Compressed input that is truncated, corrupt, or uses an unsupported feature. */
export class CompressedInputError extends CherenkitError {
  /**
   * @param format - `zstd` or `gzip`
   * @param offset - offset in the compressed input at or before which the defect was found
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
