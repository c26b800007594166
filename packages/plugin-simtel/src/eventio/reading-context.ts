import { SimtelError, type SimtelErrorCode } from './simtel-error.js';

/** Looks up the name of an object type for messages; undefined for unknown types. */
export type ObjectNames = (type: number) => string | undefined;

/** Context of error messages: file name, names of object types, number of events read so far. */
export class ReadingContext {
  /** Events delivered so far, updated by the consumer of the objects. */
  eventsRead = 0;
  /** End of the latest file header in the decompressed file, bytes. */
  headerEnd = 0;

  constructor(
    readonly file: string,
    readonly nameOf: ObjectNames = () => undefined,
    /** Whether the objects become events, which the option `allow_truncated` keeps; otherwise they are listed. */
    private readonly hasEvents = true,
  ) {}

  /** Describes an object: `object 2010 (ArrayEvent, id 3)`. */
  describe(type: number, id: number): string {
    const name = this.nameOf(type);
    return `object ${type} (${name === undefined ? '' : `${name}, `}id ${id})`;
  }

  /**
   * Creates an error whose message is `file, byte offset: sentence remedy`.
   *
   * @param offset - position in the decompressed file, bytes
   * @param objectType - type of the object concerned; undefined between objects
   * @param sentence - what was found and what was expected
   */
  error(
    code: SimtelErrorCode,
    offset: number,
    objectType: number | undefined,
    sentence: string,
    options?: ErrorOptions,
  ): SimtelError {
    const place = { file: this.file, offset, objectType, eventsRead: this.eventsRead };
    return new SimtelError(code, place, `${this.file}, byte ${offset}: ${sentence}`, {
      ...options,
      remedy: this.#remedy(code),
    });
  }

  #remedy(code: SimtelErrorCode): string {
    if (!this.hasEvents) return '';
    switch (code) {
      case 'SIMTEL_TRUNCATED':
      case 'SIMTEL_CORRUPT':
      case 'SIMTEL_OBJECT_TOO_LARGE':
        return ` Events read before: ${this.eventsRead}; use --allow-truncated (in scripts, allowTruncated) to keep them.`;
      default:
        return '';
    }
  }
}
