/** Compresses a text to a text of base64: deflate without header, by the codec of the JavaScript engine. */
export async function packText(text: string): Promise<string> {
  return toBase64(await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')));
}

/** The inverse of {@link packText}; rejects for damaged text. */
export async function unpackText(packed: string): Promise<string> {
  return new TextDecoder().decode(await through(fromBase64(packed), new DecompressionStream('deflate-raw')));
}

/** Converts bytes to base64. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A function takes a limited number of arguments.
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return btoa(parts.join(''));
}

/** The inverse of {@link toBase64}; throws for other text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const content = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  return new Uint8Array(await new Response(content.pipeThrough(stream)).arrayBuffer());
}
