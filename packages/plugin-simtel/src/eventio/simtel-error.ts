import { CherenkitError, ExitCode } from '@cherenkit/core';

/** What can be wrong with a sim_telarray file; docs/errors.md says what to do about each. */
export type SimtelErrorCode =
  | 'SIMTEL_NOT_EVENTIO'
  | 'SIMTEL_NOT_SIMTEL'
  | 'SIMTEL_TRUNCATED'
  | 'SIMTEL_CORRUPT'
  | 'SIMTEL_OBJECT_TOO_LARGE'
  | 'SIMTEL_UNSUPPORTED_VERSION'
  | 'SIMTEL_UNSUPPORTED'
  | 'SIMTEL_INCOMPLETE_HEADER';

/** Where in which file something is wrong. */
export interface SimtelPlace {
  readonly file: string;
  /** In the decompressed file, bytes from its beginning. */
  readonly offset: number;
  /** Type of the EventIO object; undefined between objects. */
  readonly objectType: number | undefined;
  /** Events delivered before. */
  readonly eventsRead: number;
}

/** A file that cannot be read, or not beyond some byte. */
export class SimtelError extends CherenkitError {
  readonly file: string;
  readonly offset: number;
  readonly objectType: number | undefined;
  readonly eventsRead: number;

  constructor(
    override readonly code: SimtelErrorCode,
    { file, offset, objectType, eventsRead }: SimtelPlace,
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, ExitCode.BAD_INPUT, message, options);
    this.file = file;
    this.offset = offset;
    this.objectType = objectType;
    this.eventsRead = eventsRead;
  }

  /** Whether what was read before is whole and can be kept: the file breaks here, nothing before is in doubt. */
  get isBreak(): boolean {
    return (
      this.code === 'SIMTEL_TRUNCATED' || this.code === 'SIMTEL_CORRUPT' || this.code === 'SIMTEL_OBJECT_TOO_LARGE'
    );
  }
}
