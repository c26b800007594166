import { decompressed, type ByteSource } from '@cherenkit/io';
import { objectName } from '../objects/object-names.js';
import type { EventioObject } from './eventio-object.js';
import { eventioObjects } from './eventio-reader.js';
import { ReadingContext } from './reading-context.js';

/** One object of a file and those within it. */
export interface EventioNode {
  readonly type: number;
  /** Undefined where the type is not known. */
  readonly name: string | undefined;
  readonly version: number;
  readonly id: number;
  /** Of the content, bytes. */
  readonly length: number;
  /** Of the header in the decompressed file, bytes. */
  readonly offset: number;
  readonly children: readonly EventioNode[];
}

/**
 * The objects of an EventIO file of any kind, top-level object by top-level object.
 *
 * @throws SimtelError as `eventioObjects`; the objects before the break were yielded
 */
export async function* inspectEventio(source: ByteSource): AsyncGenerator<EventioNode> {
  const context = new ReadingContext(source.name, objectName);
  const objects = eventioObjects(decompressed(source), context, { isWanted: (header) => header.onlySubobjects });
  for await (const object of objects) yield nodeOf(object);
}

function nodeOf(object: EventioObject): EventioNode {
  const { type, version, id, offset, header } = object;
  const children = header.onlySubobjects ? [...object.subobjects()].map(nodeOf) : [];
  return { type, name: objectName(type), version, id, length: header.length, offset, children };
}
