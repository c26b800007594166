/** Whether `tail` follows `head` in memory, as successive outputs of a decoder do. */
export function areAdjacent(head: Uint8Array, tail: Uint8Array): boolean {
  return head.buffer === tail.buffer && head.byteOffset + head.byteLength === tail.byteOffset;
}

/** Concatenates two arrays, without copying if they are adjacent or one of them is empty. */
export function concatenate(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail;
  if (tail.length === 0) return head;
  const length = head.length + tail.length;
  if (areAdjacent(head, tail)) return new Uint8Array(head.buffer, head.byteOffset, length);
  const both = new Uint8Array(length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}

/** Concatenates any number of arrays. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
