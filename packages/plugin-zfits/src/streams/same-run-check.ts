import { ZfitsError } from '../container/zfits-error.js';
import type { ZfitsFile } from '../container/zfits-file.js';

/** Ids of a file by what they are of: `telescope`, `run`, and others. */
export type RunIds = Readonly<Record<string, number | bigint>>;

/**
 * A check of the files that are read with an input: they are of the same telescope and run, which their names alone do not show.
 *
 * @param table - of the ids; files without it are not checked
 * @param expected - ids of the input
 * @param idsOf - reads the ids of a file
 * @returns a function that throws ZfitsError ZFITS_MESSAGE (65) for a file with other ids
 */
export function sameRunCheck(
  input: ZfitsFile,
  table: string,
  expected: RunIds,
  idsOf: (file: ZfitsFile) => Promise<RunIds>,
): (file: ZfitsFile) => Promise<void> {
  return async (file) => {
    if (file.table(table) === undefined) return;
    const found = await idsOf(file);
    const other = Object.keys(expected).find((name) => found[name] !== expected[name]);
    if (other === undefined) return;
    const sentence = `the file is of ${other} ${found[other]}, but ${input.name}, with which it would be read, of ${other} ${expected[other]}`;
    const remedy = ' Move the files of another telescope or run to another folder, or correct their names.';
    throw new ZfitsError('ZFITS_MESSAGE', { file: file.name, table }, 0, sentence, { remedy });
  };
}
