/** What one platform has to offer for a stream of zstd: a decoder for one frame at a time. */
export interface ZstdFrameDecoder {
  /**
   * Everything that comes out of these bytes, all of it or an error.
   *
   * @param bytes - whole blocks, with the frame's header and checksum where they are
   * @param isLast - whether the frame ends with them; then its checksum and its size have been verified
   */
  decode(bytes: Uint8Array, isLast: boolean): Promise<readonly Uint8Array[]>;
  /** Called once per frame, also after an error. */
  close(): void;
}

/** Content size and whether there is a checksum: what a decoder without own checks has to verify. */
export interface DeclaredContent {
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

/** The zstd of one platform. */
export interface ZstdCodec {
  /** Whether it decodes in a thread of its own: then it pays to ask for more than is needed yet. */
  readonly isConcurrent: boolean;
  frameDecoder(declared: DeclaredContent): ZstdFrameDecoder;
}

/**
 * Turns gzip bytes into what they hold.
 *
 * @throws CompressedInputError when they are truncated or corrupt; what came before was yielded
 */
export type GzipDecoder = (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
