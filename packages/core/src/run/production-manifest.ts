import { CherenkitError, didYouMean, ExitCode, messageOf, nameSome } from '@cherenkit/errors';
import type { Json } from '../framework/component/index.js';

/** Format of the manifests that this program writes and reads. */
export const MANIFEST_FORMAT = 'cherenkit-production';
export const MANIFEST_VERSION = 1;

/** A file that a shard reads. */
export interface ShardFile {
  /** Path, relative to the folder of the manifest unless it is absolute, or URL. */
  readonly path: string;
  /** Size of the file; undefined for a URL without bytes. */
  readonly bytes?: number;
  /** Digest of the file, see `digestFile` of `@cherenkit/io/node`: `ends:HEX` or `sha256:HEX`. */
  readonly digest?: string;
}

/** An input of a shard. */
export interface ShardInput extends ShardFile {
  /** Files that are read with it, such as the other streams of a run. */
  readonly others?: readonly ShardFile[];
}

/** A part of a production: what one job reads and writes. */
export interface Shard {
  /** Unique in the manifest, and the same in each plan of the input. */
  readonly name: string;
  /** One input, or several that are processed one after the other. */
  readonly inputs: readonly ShardInput[];
  /** Range of the events of the only input, in its order: from the first, counted from 0, up to the end, exclusive. Default: all. */
  readonly events?: readonly [first: number, end: number];
  /** Path, relative to the folder of the manifest unless it is absolute. */
  readonly output: string;
}

/** What the largest shard is expected to need. */
export interface ShardResources {
  readonly memoryBytes?: number;
  readonly seconds?: number;
}

/** Versions of the programs that process the shards. */
export interface ProductionSoftware {
  readonly cherenkit: string;
  /** Versions of further plugins by name. */
  readonly plugins?: Readonly<Record<string, string>>;
}

/** A production that is divided into shards: the content of a manifest, as `cherenkit plan` writes it. */
export interface ProductionManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly version: typeof MANIFEST_VERSION;
  readonly software: ProductionSoftware;
  /** Values of all traits of `cherenkit process` other than input and output, structured like a configuration file. */
  readonly configuration: Readonly<Record<string, Json>>;
  /** Digest of the configuration, and of the files that it names. */
  readonly configurationDigest: string;
  readonly resources?: ShardResources;
  /** In the order in which outputs are merged. */
  readonly shards: readonly Shard[];
}

/**
 * Reads a manifest.
 *
 * @param text - its content
 * @param name - of the file, for messages
 * @throws CherenkitError MANIFEST_INVALID (65)
 */
export async function readProductionManifest(text: string, name: string): Promise<ProductionManifest> {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, '')); // a byte order mark, which some editors write
  } catch (cause) {
    throw invalid(name, `it is no JSON (${messageOf(cause)})`, cause);
  }
  // Imported on demand: few programs read manifests.
  const { productionFault } = await import('./production-fault.js');
  const fault = productionFault(content);
  if (fault !== undefined) throw invalid(name, fault);
  return content as ProductionManifest;
}

/**
 * Formats a manifest: JSON with one shard per line, so that large ones can be searched and compared.
 *
 * @param head - the manifest without its shards
 * @param resources - what the largest shard needs, after all shards
 * @returns parts of the text: those of a large manifest together would need several times its memory
 */
export async function* formatProductionManifest(
  head: Omit<ProductionManifest, 'shards'>,
  shards: Iterable<Shard> | AsyncIterable<Shard>,
  resources: () => ShardResources | undefined = () => head.resources,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ ...head, resources: undefined }, undefined, 2).replace(/\n\}$/, '')},\n  "shards": [`;
  let separator = '';
  for await (const shard of shards) {
    yield `${separator}\n    ${JSON.stringify(shard)}`;
    separator = ',';
  }
  const needed = resources();
  yield `\n  ]${needed ? `,\n  "resources": ${JSON.stringify(needed)}` : ''}\n}\n`;
}

/**
 * Finds a shard of a manifest.
 *
 * @param key - number of the shard, from 0, or its name
 * @param name - of the file, for messages
 * @throws CherenkitError SHARD_UNKNOWN (2)
 */
export function findShard({ shards }: ProductionManifest, key: string, name: string): Shard {
  const isNumber = /^\d+$/.test(key);
  const found = isNumber ? shards[Number(key)] : shards.find((shard) => shard.name === key);
  if (found) return found;
  const names = shards.map((shard) => shard.name);
  const expected = isNumber
    ? `numbers from 0 to ${shards.length - 1}`
    : `a number from 0 to ${shards.length - 1} or a name: ${nameSome(names)}`;
  const hint = isNumber ? '.' : didYouMean(key, names) || '.';
  const remedy = 'Correct what follows # in --shard.';
  const message = `${name} has no shard ${key}; expected ${expected}${hint} ${remedy}`;
  throw new CherenkitError('SHARD_UNKNOWN', ExitCode.USAGE, message);
}

function invalid(name: string, fault: string, cause?: unknown): CherenkitError {
  const message = `${name} is no manifest of a production: ${fault}. Write it again with cherenkit plan.`;
  return new CherenkitError('MANIFEST_INVALID', ExitCode.BAD_INPUT, message, { cause });
}
