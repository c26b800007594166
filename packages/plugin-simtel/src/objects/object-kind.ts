import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
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

/** A type of object that can be written, too. */
export interface WritableKind<T> extends ObjectKind<T> {
  /**
   * Writes an object within another one.
   *
   * @param id - of the object, where it does not follow from what it holds
   */
  readonly write: (writer: EventioWriter, value: T, id?: number) => void;
  /** The same at the top level of a file. */
  readonly writeTopLevel: (writer: EventioWriter, value: T, id?: number) => void;
}

/** How objects of one type are written. */
export interface ObjectLayout<T> {
  readonly version: number;
  /** The id, where it follows from what the object holds. */
  readonly idOf?: (value: T) => number;
  readonly onlySubobjects?: boolean;
  readonly write: (writer: EventioWriter, value: T) => void;
}

/**
 * Declares a type of object.
 *
 * @param versions - those whose layout `parse` knows; all others are refused
 * @param layout - how it is written, in one of these versions
 */
export function objectKind<T>(
  type: number,
  name: string,
  versions: readonly number[],
  parse: (reader: PayloadReader, object: EventioObject) => T,
  layout: ObjectLayout<T>,
): WritableKind<T>;
export function objectKind<T>(
  type: number,
  name: string,
  versions: readonly number[],
  parse: (reader: PayloadReader, object: EventioObject) => T,
): ObjectKind<T>;
export function objectKind<T>(
  type: number,
  name: string,
  versions: readonly number[],
  parse: (reader: PayloadReader, object: EventioObject) => T,
  layout?: ObjectLayout<T>,
): ObjectKind<T> {
  const kind: ObjectKind<T> = {
    type,
    name,
    versions,
    read(object) {
      requireVersion(object, versions);
      return parse(object.reader(), object);
    },
  };
  if (layout === undefined) return kind;
  const { version, idOf, onlySubobjects = false } = layout;
  const identityOf = (value: T, id = 0) => ({ type, version, id: idOf?.(value) ?? id, onlySubobjects });
  const writable: WritableKind<T> = {
    ...kind,
    write(writer, value, id) {
      writer.object(identityOf(value, id), () => layout.write(writer, value));
    },
    writeTopLevel(writer, value, id) {
      writer.topLevel(identityOf(value, id), () => layout.write(writer, value));
    },
  };
  return writable;
}

/** @throws SimtelError SIMTEL_UNSUPPORTED_VERSION */
export function requireVersion(object: EventioObject, versions: readonly number[]): void {
  if (versions.includes(object.version)) return;
  const sentence = `${object.toString()} has version ${object.version}; known: ${versions.join(', ')}.`;
  throw object.context.error('SIMTEL_UNSUPPORTED_VERSION', object.offset, object.type, sentence);
}
