import { eventioObjects, ReadingContext, type EventioObject } from '@cherenkit/plugin-simtel/eventio';

const SYNC_MARKER = Uint8Array.of(0x37, 0x8a, 0x1f, 0xd4);
const HEADER_SIZE = 12;
const ONLY_SUBOBJECTS = 0x4000_0000;

/** An EventIO object that can be edited. It has either content or children. */
export interface ObjectNode {
  type: number;
  version: number;
  id: number;
  content: Uint8Array;
  children: ObjectNode[];
  onlySubobjects: boolean;
  /** Added to the length in the header, which then differs from the number of bytes. */
  lengthError: number;
}

/** Parses the objects of a decompressed file, as far as they can be read. */
export async function readObjects(bytes: Uint8Array): Promise<ObjectNode[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  const nodes: ObjectNode[] = [];
  try {
    for await (const object of eventioObjects(chunks(), new ReadingContext('base'))) nodes.push(nodeOf(object));
  } catch {
    // The objects before the damage can be edited.
  }
  return nodes;
}

function nodeOf(object: EventioObject): ObjectNode {
  const { type, version, id, payload, header } = object;
  let children: ObjectNode[] = [];
  try {
    if (header.onlySubobjects) children = [...object.subobjects()].map(nodeOf);
  } catch {
    children = [];
  }
  const content = children.length > 0 ? new Uint8Array(0) : payload;
  return { type, version, id, content, children, onlySubobjects: header.onlySubobjects, lengthError: 0 };
}

/** All objects, parents before their children. */
export function allObjects(roots: readonly ObjectNode[]): ObjectNode[] {
  return roots.flatMap((node) => [node, ...allObjects(node.children)]);
}

/** The bytes of a file with these objects at its top level, little-endian. */
export function objectBytes(roots: readonly ObjectNode[]): Uint8Array {
  const bytes = new Uint8Array(roots.reduce((sum, node) => sum + SYNC_MARKER.length + sizeOf(node), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const node of roots) {
    bytes.set(SYNC_MARKER, at);
    at = writeObject(node, view, bytes, at + SYNC_MARKER.length);
  }
  return bytes;
}

/** The content of an object, with its children as bytes. */
export function objectContent({ content, children }: ObjectNode): Uint8Array {
  const size = children.reduce((sum, child) => sum + sizeOf(child), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const child of children) at = writeObject(child, view, bytes, at);
  return children.length === 0 ? content : bytes;
}

function sizeOf(node: ObjectNode): number {
  return HEADER_SIZE + contentSize(node);
}

function contentSize({ content, children }: ObjectNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), content.length);
}

function writeObject(node: ObjectNode, view: DataView, bytes: Uint8Array, begin: number): number {
  const { type, version, id, content, children, onlySubobjects, lengthError } = node;
  const length = (contentSize(node) + lengthError) & 0x3fff_ffff;
  view.setUint32(begin, ((type & 0xffff) | (version << 20)) >>> 0, true);
  view.setInt32(begin + 4, id, true);
  view.setUint32(begin + 8, length | (onlySubobjects ? ONLY_SUBOBJECTS : 0), true);
  bytes.set(content, begin + HEADER_SIZE);
  let at = begin + HEADER_SIZE + content.length;
  for (const child of children) at = writeObject(child, view, bytes, at);
  return at;
}
