/** Where the engine has no zstd of its own, blosc brings one. */
export const zstdCompress: ((content: Uint8Array, level: number) => Promise<Uint8Array>) | undefined = undefined;
