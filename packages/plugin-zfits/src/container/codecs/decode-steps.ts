import { messageOf } from '@cherenkit/errors';
import { freeAlone, inflate, unzstd } from '@cherenkit/io';
import { DecodedContent, HuffmanContent, type BlockContent, type RestOfBlock } from '../block-content.js';
import { decodeLzo } from './decode-lzo.js';
import {
  decodeHuffman,
  hasHuffmanCodes,
  joinHalves,
  undoDifferences,
  undoOffset,
  undoSmoothing,
} from './word-codecs.js';

/** Undoes a step of compression; throws RangeError for invalid data and for more than `maxBytes` of content. */
type Codec = (bytes: Uint8Array, maxBytes: number) => Uint8Array | Promise<Uint8Array>;

const SMOOTHING = 1;
const HUFFMAN = 2;

/** Codecs by the number of a step. Source: protozfits 2.13, `FITS_COMPRESSION_TYPE`. */
const CODECS: ReadonlyMap<number, Codec> = new Map<number, Codec>([
  // A copy: the memory of a tile is freed while its values are used.
  [0, (bytes) => new Uint8Array(bytes)],
  [SMOOTHING, undoSmoothing],
  [HUFFMAN, (bytes, maxBytes) => decodeHuffman(bytes, 1, maxBytes)],
  [3, undoDifferences],
  [4, (bytes) => undoDifferences(undoDifferences(bytes))],
  [5, (bytes) => joinHalves(bytes, 2)],
  [7, (bytes, maxBytes) => inflate(bytes, maxBytes).catch((cause: unknown) => invalid('zlib', cause))],
  [9, decodeLzo],
  [12, (bytes, maxBytes) => decodeHuffman(bytes, 2, maxBytes)],
  [14, (bytes) => joinHalves(bytes, 4)],
  [16, undoOffset],
  [23, (bytes, maxBytes) => unzstd(bytes, maxBytes).catch((cause: unknown) => invalid('zstd', cause))],
]);

function invalid(format: string, cause: unknown): never {
  throw cause instanceof RangeError ? cause : new RangeError(`invalid ${format} data: ${messageOf(cause)}`, { cause });
}

/** Steps that the format defines, but that the writers at hand do not use. */
const KNOWN: ReadonlyMap<number, string> = new Map([
  [10, 'Rice'],
  [17, 'run lengths'],
  [18, 'lossy floats'],
  [19, 'sparse values'],
]);

/** Describes a step that cannot be undone; undefined for others. */
export function unsupportedStep(steps: readonly number[]): string | undefined {
  const step = steps.find((each) => !CODECS.has(each));
  if (step === undefined) return undefined;
  const name = KNOWN.get(step);
  return name === undefined ? `${step}` : `${step} (${name})`;
}

/**
 * Decodes a block. The steps are undone from the last to the first.
 *
 * @param bytes - the stored content, without the header of the block; its begin if there is a rest
 * @param maxBytes - limit of the decoded content
 * @param rest - the rest of a block that is read in parts
 * @throws RangeError if the content is invalid or larger
 */
export async function decodeSteps(
  bytes: Uint8Array,
  steps: readonly number[],
  maxBytes: number,
  rest?: RestOfBlock,
): Promise<BlockContent> {
  const isSmoothed = steps[0] === SMOOTHING;
  const isHuffman = steps.at(-1) === HUFFMAN && steps.length === (isSmoothed ? 2 : 1);
  if (isHuffman && rest !== undefined && hasHuffmanCodes(bytes)) {
    return new HuffmanContent(bytes, isSmoothed, maxBytes, rest);
  }
  let content = rest === undefined ? bytes : await rest.read(0, rest.nBytes);
  if (isHuffman) return new HuffmanContent(content, isSmoothed, maxBytes);
  for (const step of [...steps].reverse()) {
    const decoded = (await CODECS.get(step)?.(content, maxBytes)) ?? content;
    // The block itself belongs to its tile.
    if (content !== bytes && decoded.buffer !== content.buffer) freeAlone(content);
    content = decoded;
  }
  return new DecodedContent(steps.length === 0 ? new Uint8Array(content) : content);
}
