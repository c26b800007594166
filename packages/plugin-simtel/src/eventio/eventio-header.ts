/** Marker before each top-level object: bytes `d4 1f 8a 37` in a big-endian file, reversed in a little-endian one. */
export const SYNC_MARKER = 0xd41f8a37;
export const SYNC_MARKER_SIZE = 4;
/** Size of a header without sync marker and extension, bytes. */
export const MIN_HEADER_SIZE = 12;
/** Additional size of an extended header, bytes. */
export const EXTENSION_SIZE = 4;

/** Header of an EventIO object. */
export interface ObjectHeader {
  readonly type: number;
  readonly version: number;
  readonly id: number;
  /** Payload size, bytes; up to 2^42 with an extended header. */
  readonly length: number;
  /** Header size without the sync marker, bytes. */
  readonly headerSize: number;
  /** Whether the payload consists of objects only. */
  readonly onlySubobjects: boolean;
  readonly isExtended: boolean;
}

/** Whether the first word of a header announces an extension word. */
export function isExtendedHeader(typeWord: number): boolean {
  return (typeWord & 0x20000) !== 0;
}

/**
 * Parses the object header at `position`. The view must contain the complete header.
 *
 * | Word | Bits |
 * |---|---|
 * | 0 | 0-15 type, 16 user bit, 17 extension flag, 20-31 version |
 * | 1 | id, signed |
 * | 2 | 0-29 payload length, 30 only-sub-objects flag |
 * | 3, if extended | 0-11 payload length, bits 30-41 |
 */
export function parseObjectHeader(view: DataView, position: number, littleEndian: boolean): ObjectHeader {
  const typeWord = view.getUint32(position, littleEndian);
  const lengthWord = view.getUint32(position + 8, littleEndian);
  const isExtended = isExtendedHeader(typeWord);
  const extension = isExtended ? view.getUint32(position + MIN_HEADER_SIZE, littleEndian) & 0xfff : 0;
  return {
    type: typeWord & 0xffff,
    version: typeWord >>> 20,
    id: view.getInt32(position + 4, littleEndian),
    length: extension * 2 ** 30 + (lengthWord & 0x3fffffff),
    headerSize: MIN_HEADER_SIZE + (isExtended ? EXTENSION_SIZE : 0),
    onlySubobjects: (lengthWord & 0x40000000) !== 0,
    isExtended,
  };
}
