import {
  CherenkitError,
  ExitCode,
  filesOfShard,
  recordOfShard,
  type ProductionManifest,
  type RunRecord,
} from '@cherenkit/core';
import { pathBeside } from '#tool-host';
import { readStoredOrigin, type MergedShards } from '../tables/stored-record.js';
import { digestOf } from '../writer/reference-metadata.js';
import { readManifestFile } from './manifest-file.js';
import { defectOfOutput } from './output-state.js';

/** Most problems that an error lists. */
const MOST_LISTED = 50;

/** Outputs of shards, or merges of them. */
export interface ProductionParts {
  /** In the order of the shards. */
  readonly paths: readonly string[];
  readonly shards: MergedShards;
}

/** A file and the shards of which it consists. */
interface Part {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Finds the files to merge of a production: the outputs of its shards, or given files that are outputs of shards or merges of them,
 * in any order. Each shard has to be in one of them.
 *
 * @param manifestPath - of the manifest
 * @param given - files; the outputs of all shards if there are none
 * @param wanted - numbers of the first and the last shard; all shards by default
 * @throws CherenkitError MERGE_REFUSED (65, 66) listing all shards that are missing or occur twice, and all foreign files;
 *   MANIFEST_INVALID (65); INPUT_MISSING (66)
 */
export async function productionParts(
  manifestPath: string,
  given: readonly string[],
  wanted?: readonly [first: number, last: number],
): Promise<ProductionParts> {
  const manifest = await readManifestFile(manifestPath);
  const [first, last] = wanted ?? [0, manifest.shards.length - 1];
  if (last >= manifest.shards.length || first > last) {
    const message = `${manifestPath} has the shards 0 to ${manifest.shards.length - 1}; --shards asks for ${first} to ${last}. Give numbers that it has.`;
    throw new CherenkitError('SHARD_UNKNOWN', ExitCode.USAGE, message);
  }
  const production = productionDigest(manifest);
  const problems: string[] = [];
  let isMissing = false;
  const parts: Part[] = [];
  if (given.length === 0) {
    for (let number = first; number <= last; number++) {
      const shard = manifest.shards[number];
      const path = pathBeside(manifestPath, shard.output);
      const found = defectOfOutput(manifest, shard, path);
      if (found?.defect === 'missing') isMissing = true;
      if (found) problems.push(`shard ${number} (${shard.name}): ${path} is ${found.defect}: ${found.reason}`);
      else parts.push({ path, first: number, last: number });
    }
  } else {
    const numbers = numbersByRecord(manifest);
    for (const path of given) {
      const part = partOf(path, numbers, production);
      if (typeof part === 'string') problems.push(part);
      else parts.push(part);
    }
    parts.sort((a, b) => a.first - b.first);
    const found = gapsAndDoubles(manifest, parts, first, last);
    isMissing = found.isMissing;
    problems.push(...found.problems);
  }
  if (problems.length > 0) throw refused(manifestPath, problems, isMissing);
  return { paths: parts.map(({ path }) => path), shards: { production, range: [first, last] } };
}

/** Identifies the content of a manifest. */
function productionDigest({ configurationDigest, software, shards }: ProductionManifest): string {
  const identities = shards.map((shard) => [
    filesOfShard(shard).map(({ path, digest }) => digest ?? path),
    shard.events,
  ]);
  return digestOf(JSON.stringify([configurationDigest, software, identities]));
}

/** Numbers of shards by the records that their outputs have. */
function numbersByRecord(manifest: ProductionManifest): ReadonlyMap<string, number> {
  return new Map(manifest.shards.map((shard, number) => [recordKey(recordOfShard(manifest, shard)), number]));
}

function recordKey({ inputs, events, configuration, software }: RunRecord): string {
  return JSON.stringify([inputs, events ?? null, configuration, software]);
}

/** The shards of a file; in words why it is not part of the production. */
function partOf(path: string, numbers: ReadonlyMap<string, number>, production: string): Part | string {
  try {
    const { record, shards } = readStoredOrigin(path);
    if (shards?.production === production) return { path, first: shards.range[0], last: shards.range[1] };
    const number = record && numbers.get(recordKey(record));
    if (number !== undefined) return { path, first: number, last: number };
    return `${path} is foreign: it is neither the output of a shard of this manifest nor a merge of such outputs`;
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    if (code === undefined) throw error;
    return code === 'ENOENT' ? `${path} is missing: there is no such file` : `${path} is broken: ${message}`;
  }
}

function gapsAndDoubles(
  { shards }: ProductionManifest,
  parts: readonly Part[],
  first: number,
  last: number,
): { readonly problems: string[]; readonly isMissing: boolean } {
  const problems: string[] = [];
  const ownerOf = new Map<number, string>();
  for (const { path, first: from, last: to } of parts) {
    for (let number = from; number <= to; number++) {
      const name = `shard ${number} (${shards[number]?.name})`;
      const other = ownerOf.get(number);
      if (other !== undefined) problems.push(`${name} is in ${other} and in ${path}`);
      else if (number < first || number > last) problems.push(`${name} of ${path} is not one of ${first} to ${last}`);
      ownerOf.set(number, path);
    }
  }
  let isMissing = false;
  for (let number = first; number <= last; number++) {
    if (ownerOf.has(number)) continue;
    isMissing = true;
    problems.push(`shard ${number} (${shards[number].name}) is in none of the files`);
  }
  return { problems, isMissing };
}

function refused(manifest: string, problems: readonly string[], isMissing: boolean): CherenkitError {
  const listed = problems.slice(0, MOST_LISTED).map((problem) => `- ${problem}`);
  const more = problems.length > MOST_LISTED ? [`and ${problems.length - MOST_LISTED} more`] : [];
  const title = `${manifest} cannot be merged. cherenkit verify lists the shards to process again. No output was written.`;
  const exitCode = isMissing ? ExitCode.NO_INPUT : ExitCode.BAD_INPUT;
  return new CherenkitError('MERGE_REFUSED', exitCode, [title, ...listed, ...more].join('\n'));
}
