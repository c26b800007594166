import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
import type { PayloadReader } from '../eventio/payload-reader.js';

/** Decoder of one EventIO object type. */
export interface ObjectDecoder<T> {
  readonly type: number;
  /** Name of the type, as in the Python package eventio. */
  readonly name: string;
  /** Supported versions. */
  readonly versions: readonly number[];
  /**
   * Decodes an object.
   *
   * @throws SimtelError SIMTEL_UNSUPPORTED_VERSION (65) before reading the payload, or SIMTEL_CORRUPT (65)
   */
  readonly read: (object: EventioObject) => T;
}

/** Decoder and encoder of one EventIO object type. */
export interface ObjectCodec<T> extends ObjectDecoder<T> {
  /**
   * Encodes an object within another one.
   *
   * @param id - id of the object, unless it follows from the value; default 0
   */
  readonly write: (writer: EventioWriter, value: T, id?: number) => void;
  /** Encodes an object at the top level of a file; otherwise like `write`. */
  readonly writeTopLevel: (writer: EventioWriter, value: T, id?: number) => void;
}

/** Definition of an object type that is only read. */
export interface DecoderDefinition<T> {
  readonly type: number;
  readonly name: string;
  /** Versions that `read` supports. */
  readonly versions: readonly number[];
  /** Decodes the payload. The reader is positioned at its start. */
  readonly read: (reader: PayloadReader, object: EventioObject) => T;
}

/** Definition of an object type that is read and written. */
export interface CodecDefinition<T> extends DecoderDefinition<T>, EncoderDefinition<T> {}

/** How objects of one type are written. */
export interface EncoderDefinition<T> {
  /** Version that `write` encodes. */
  readonly writeVersion: number;
  /** Object id, if it follows from the value. */
  readonly idOf?: (value: T) => number;
  /** Whether the payload consists of objects only. Default: false. */
  readonly onlySubobjects?: boolean;
  /** Encodes the payload. */
  readonly write: (writer: EventioWriter, value: T) => void;
}

/** Defines an EventIO object type: its number, name, supported versions, and how its payload is decoded and encoded. */
export function defineObject<T>(definition: CodecDefinition<T>): ObjectCodec<T>;
export function defineObject<T>(definition: DecoderDefinition<T>): ObjectDecoder<T>;
export function defineObject<T>(definition: DecoderDefinition<T> & Partial<EncoderDefinition<T>>): ObjectDecoder<T> {
  const { type, name, versions } = definition;
  const decoder: ObjectDecoder<T> = {
    type,
    name,
    versions,
    read(object) {
      requireVersion(object, versions);
      return definition.read(object.reader(), object);
    },
  };
  const { writeVersion: version, write, idOf, onlySubobjects = false } = definition;
  if (version === undefined || write === undefined) return decoder;
  const identityOf = (value: T, id = 0) => ({ type, version, id: idOf?.(value) ?? id, onlySubobjects });
  const codec: ObjectCodec<T> = {
    ...decoder,
    write(writer, value, id) {
      writer.object(identityOf(value, id), () => write(writer, value));
    },
    writeTopLevel(writer, value, id) {
      writer.topLevel(identityOf(value, id), () => write(writer, value));
    },
  };
  return codec;
}

/** @throws SimtelError SIMTEL_UNSUPPORTED_VERSION (65) unless the version of the object is among `versions` */
export function requireVersion(object: EventioObject, versions: readonly number[]): void {
  if (versions.includes(object.version)) return;
  const sentence = `${object.toString()} has version ${object.version}, expected one of ${versions.join(', ')}.`;
  throw object.context.error('SIMTEL_UNSUPPORTED_VERSION', object.offset, object.type, sentence);
}
