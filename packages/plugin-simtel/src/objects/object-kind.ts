import type { EventioObject } from '../eventio/eventio-object.js';
import type { PayloadReader } from '../eventio/payload-reader.js';

/** All that is known of one type of object. */
export interface ObjectKind<T> {
  readonly type: number;
  readonly name: string;
  readonly versions: readonly number[];
  /**
   * What the object holds.
   *
   * @throws SimtelError SIMTEL_UNSUPPORTED_VERSION, before any content is looked at, or SIMTEL_CORRUPT
   */
  readonly read: (object: EventioObject) => T;
}

/**
 * Declares a type of object.
 *
 * @param versions - those whose layout `parse` knows; all others are refused
 */
export function objectKind<T>(
  type: number,
  name: string,
  versions: readonly number[],
  parse: (reader: PayloadReader, object: EventioObject) => T,
): ObjectKind<T> {
  return {
    type,
    name,
    versions,
    read(object) {
      requireVersion(object, versions);
      return parse(object.reader(), object);
    },
  };
}

/** @throws SimtelError SIMTEL_UNSUPPORTED_VERSION */
export function requireVersion(object: EventioObject, versions: readonly number[]): void {
  if (versions.includes(object.version)) return;
  const sentence = `${object.toString()} has version ${object.version}; known: ${versions.join(', ')}.`;
  throw object.context.error('SIMTEL_UNSUPPORTED_VERSION', object.offset, object.type, sentence);
}
