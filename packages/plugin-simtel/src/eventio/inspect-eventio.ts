import { decompressed, type ByteSource } from '@cherenkit/io';
import { objectName } from '../objects/object-types.js';
import type { EventioObject } from './eventio-object.js';
import { eventioObjects } from './eventio-reader.js';
import { ReadingContext } from './reading-context.js';

/** Header of an EventIO object and of its sub-objects. */
export interface EventioNode {
  readonly type: number;
  /** Name of the type; undefined for unknown types. */
  readonly name: string | undefined;
  readonly version: number;
  readonly id: number;
  /** Payload size, bytes. */
  readonly length: number;
  /** Position of the header in the decompressed file, bytes. */
  readonly offset: number;
  readonly children: readonly EventioNode[];
}

/**
 * Iterates over the top-level objects of any EventIO file, each as a tree of headers. Data payloads are skipped.
 *
 * @throws SimtelError as {@link eventioObjects}, after yielding the objects before the error
 *
 * @example
 * ```ts
 * import { openFile } from '@cherenkit/io';
 * import { inspectEventio } from '@cherenkit/plugin-simtel/eventio';
 *
 * export async function printObjects(path: string): Promise<void> {
 *   await using source = await openFile(path);
 *   for await (const { type, name, length, children } of inspectEventio(source)) {
 *     console.log(type, name ?? 'unknown', `${length} bytes`, `${children.length} sub-objects`);
 *   }
 * }
 * ```
 */
export async function* inspectEventio(source: ByteSource): AsyncGenerator<EventioNode> {
  const context = new ReadingContext(source.name, objectName, false);
  const objects = eventioObjects(decompressed(source), context, { needsPayload: (header) => header.onlySubobjects });
  for await (const object of objects) yield toNode(object);
}

/** Limit of the depth of objects within objects; sim_telarray files have three levels. */
const MAX_DEPTH = 20;

function toNode(object: EventioObject, depth = 1): EventioNode {
  const { type, version, id, offset, header } = object;
  const children: EventioNode[] = [];
  if (header.onlySubobjects) {
    if (depth > MAX_DEPTH) throw object.tooLarge(`is nested in more than ${MAX_DEPTH} objects`);
    for (const child of object.subobjects()) children.push(toNode(child, depth + 1));
  }
  return { type, name: objectName(type), version, id, length: header.length, offset, children };
}
