import { ZfitsError } from '../container/zfits-error.js';
import type { ZfitsFile } from '../container/zfits-file.js';

/** Ids of a file by what they are of: `telescope`, `run`, and others. */
export type RunIds = Readonly<Record<string, number | bigint>>;

/**
 * Checks that a file which is read with an input is of the same telescope and run: its name alone does not tell.
 *
 * @param table - of the ids
 * @throws ZfitsError ZFITS_MESSAGE (65) for other ids
 */
export function requireSameRun(
  file: ZfitsFile,
  table: string,
  found: RunIds,
  input: ZfitsFile,
  expected: RunIds,
): void {
  const other = Object.keys(expected).find((name) => found[name] !== expected[name]);
  if (other === undefined) return;
  const sentence = `the file is of ${other} ${found[other]}, but ${input.name}, with which it would be read, of ${other} ${expected[other]}`;
  const remedy = ' Move the files of another telescope or run to another folder, or correct their names.';
  throw new ZfitsError('ZFITS_MESSAGE', { file: file.name, table }, 0, sentence, { remedy });
}
