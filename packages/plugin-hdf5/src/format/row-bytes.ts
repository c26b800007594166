/** Whether two arrays have the same bytes. */
export function haveEqualBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  if (b?.length !== a.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const latin1 = new TextDecoder('latin1');

/** Bytes as a key of maps: a character per byte. */
export function keyOfBytes(bytes: Uint8Array): string {
  return latin1.decode(bytes);
}

/** Iterates over packed rows, as views. */
export function* eachRow(rows: Uint8Array, rowBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < rows.length; at += rowBytes) yield rows.subarray(at, at + rowBytes);
}
