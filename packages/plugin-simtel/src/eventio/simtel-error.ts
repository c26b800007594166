import { CherenkitError, ExitCode } from '@cherenkit/core';

/** Codes of errors in sim_telarray files; docs/errors.md lists causes and remedies. */
export type SimtelErrorCode =
  | 'SIMTEL_NOT_EVENTIO'
  | 'SIMTEL_NOT_SIMTEL'
  | 'SIMTEL_TRUNCATED'
  | 'SIMTEL_CORRUPT'
  | 'SIMTEL_OBJECT_TOO_LARGE'
  | 'SIMTEL_UNSUPPORTED_VERSION'
  | 'SIMTEL_UNSUPPORTED'
  | 'SIMTEL_INCOMPLETE_HEADER'
  | 'SIMTEL_OTHER_ARRAY';

/** Location of an error in a sim_telarray file. */
export interface SimtelErrorLocation {
  readonly file: string;
  /** Position in the decompressed file, bytes. */
  readonly offset: number;
  /** Type of the EventIO object concerned; undefined between objects. */
  readonly objectType: number | undefined;
  /** Number of events delivered before the error. */
  readonly eventsRead: number;
}

/** Error in a sim_telarray file: the file cannot be read at all, or only up to some byte. */
export class SimtelError extends CherenkitError {
  readonly file: string;
  readonly offset: number;
  readonly objectType: number | undefined;
  readonly eventsRead: number;

  constructor(
    override readonly code: SimtelErrorCode,
    { file, offset, objectType, eventsRead }: SimtelErrorLocation,
    /** The message without the remedy. */
    readonly statement: string,
    { remedy = '', ...options }: ErrorOptions & { readonly remedy?: string } = {},
  ) {
    super(code, ExitCode.BAD_INPUT, `${statement}${remedy}`, options);
    this.file = file;
    this.offset = offset;
    this.objectType = objectType;
    this.eventsRead = eventsRead;
  }

  /** Whether the events before the error are intact, so that `allow_truncated` can keep them. */
  get isRecoverable(): boolean {
    return (
      this.code === 'SIMTEL_TRUNCATED' || this.code === 'SIMTEL_CORRUPT' || this.code === 'SIMTEL_OBJECT_TOO_LARGE'
    );
  }
}
