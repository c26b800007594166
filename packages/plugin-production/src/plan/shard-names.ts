import { digestText, fileName } from '#production-host';

/** Longest part of a name that comes from the input, so that names of files stay below 255 bytes. */
const LONGEST = 120;
/** Digits of the digest that distinguish inputs of the same name. */
const DIGITS = 8;

/**
 * Names inputs by their file names without extensions. Inputs of the same name get a digest of their path, so that the name of an
 * input depends neither on the order of the inputs nor, unless it has the same name, on the others.
 *
 * @returns the names, in the order of the paths
 */
export function inputNames(paths: readonly string[]): string[] {
  const stems = paths.map(stemOf);
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return stems.map((stem, i) => ((counts.get(stem) ?? 0) > 1 ? `${stem}-${digestOf(paths[i] ?? '')}` : stem));
}

/**
 * Name of a shard: that of its first input, and its range of events or the number of inputs after the first.
 *
 * @param nInputs - number of its inputs
 */
export function shardName(
  input: string,
  range: readonly [first: number, end: number] | undefined,
  nInputs = 1,
): string {
  if (nInputs > 1) return `${input}+${nInputs - 1}`;
  return range ? `${input}.${range[0]}-${range[1]}` : input;
}

function stemOf(path: string): string {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(path) ?? [];
  if (scheme !== undefined) return `${scheme}-${digestOf(path)}`;
  const stem = fileName(path).replace(/(?:\.(?:simtel|zst|gz|fits|fz|h5|hdf5|dl[0-3]|r[01]))+$/i, '');
  const plain = stem.replace(/[^\w.+-]/g, '_');
  const isPlain = plain === stem && stem !== '' && !/^[\d.-]/.test(stem) && stem.length <= LONGEST;
  // Numbers alone are numbers of shards, and names that begin with a dash are flags.
  return isPlain ? stem : `shard-${plain.slice(0, LONGEST)}-${digestOf(path)}`;
}

function digestOf(text: string): string {
  return digestText(text).slice('sha256:'.length).slice(0, DIGITS);
}
