import { SimtelError, type SimtelErrorCode } from './simtel-error.js';

/** How objects are called in messages: by their type, with their names where they are known. */
export type ObjectNames = (type: number) => string | undefined;

/** What errors tell besides the bytes: which file it is, how objects are called, how far the reading has come. */
export class ReadingContext {
  /** Counted by whoever makes events of objects. */
  eventsRead = 0;

  constructor(
    readonly file: string,
    readonly nameOf: ObjectNames = () => undefined,
  ) {}

  /** `object 2010 (ArrayEvent, id 3)`. */
  describe(type: number, id: number): string {
    const name = this.nameOf(type);
    return `object ${type} (${name === undefined ? '' : `${name}, `}id ${id})`;
  }

  /**
   * @param sentence - what was found and what was expected, without file, place and remedy
   */
  error(
    code: SimtelErrorCode,
    offset: number,
    objectType: number | undefined,
    sentence: string,
    options?: ErrorOptions,
  ): SimtelError {
    const place = { file: this.file, offset, objectType, eventsRead: this.eventsRead };
    return new SimtelError(code, place, `${this.file}, byte ${offset}: ${sentence}${this.#remedy(code)}`, options);
  }

  #remedy(code: SimtelErrorCode): string {
    switch (code) {
      case 'SIMTEL_TRUNCATED':
      case 'SIMTEL_CORRUPT':
      case 'SIMTEL_OBJECT_TOO_LARGE':
        return ` Events read before: ${this.eventsRead}; --allow-truncated keeps them.`;
      default:
        return '';
    }
  }
}
