/** Undefined: without zstd in the engine, blosc's own is used. */
export const zstdCompress: ((content: Uint8Array, level: number) => Promise<Uint8Array>) | undefined = undefined;

/** Browsers do not decompress zstd. */
export const zstdDecompress: ((content: Uint8Array, maxBytes: number) => Uint8Array) | undefined = undefined;
