/** `D4 1F 8A 37` in a big-endian file, turned round in a little-endian one. */
export const SYNC_MARKER = 0xd41f8a37;
export const SYNC_MARKER_SIZE = 4;
/** Without the sync marker; an extended header has four bytes more. */
export const MIN_HEADER_SIZE = 12;
export const EXTENSION_SIZE = 4;

/** What stands before each EventIO object. */
export interface ObjectHeader {
  readonly type: number;
  readonly version: number;
  readonly id: number;
  /** Of the content, bytes; up to 2^42 with an extended header. */
  readonly length: number;
  /** Bytes of the header, without the sync marker. */
  readonly headerSize: number;
  /** Whether the content is objects and nothing else. */
  readonly onlySubobjects: boolean;
  readonly isExtended: boolean;
}

/** Whether four more bytes of header follow. */
export function isExtendedHeader(typeWord: number): boolean {
  return (typeWord & 0x20000) !== 0;
}

/**
 * The header at `position`; all its bytes must be there.
 *
 * Type, id and length are a word each: type in bits 0-15, user bit in 16, extension in 17, version in 20-31; length in
 * bits 0-29, the flag for sub-objects in 30. An extension word holds the length from bit 30 on.
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
