/** Decoder of a single zstd frame, as provided by a platform. */
export interface ZstdFrameDecoder {
  /**
   * Decodes blocks; returns all of their content.
   *
   * @param bytes - whole blocks, with the header and the checksum of the frame where they occur
   * @param isLast - whether these are the last blocks of the frame; its checksum and size are then verified
   */
  decode(bytes: Uint8Array, isLast: boolean): Promise<readonly Uint8Array[]>;
  /** Releases resources; called once per frame, also after an error. */
  close(): void;
}

/** Size and presence of a checksum from the frame header, for decoders that have to verify them. */
interface DeclaredContent {
  /** Size of the window that the decoder keeps, bytes. */
  readonly windowSize: number;
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

/** zstd implementation of a platform. */
export interface ZstdCodec {
  /** Whether it decodes in a thread of its own, so that reading ahead is useful. */
  readonly isConcurrent: boolean;
  /**
   * Whether it does not use the memory of its outputs any more once it has given one in other memory, so that it can be freed then.
   */
  readonly leavesOutputs: boolean;
  frameDecoder(declared: DeclaredContent): ZstdFrameDecoder;
}

/**
 * Decompresses gzip data.
 *
 * @throws CompressedInputError if the data is truncated or corrupt, after all preceding content was yielded
 */
export type GzipDecoder = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;

/**
 * Decompresses zstd frames in memory.
 *
 * @throws RangeError if the content has more than `maxBytes`
 * @throws CompressedInputError if the data is truncated or corrupt
 */
export type ZstdFrames = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array>;
