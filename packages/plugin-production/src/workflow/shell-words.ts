/** Writes words as a command of a POSIX shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Quotes a word for a POSIX shell, if needed. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Splits a command as a POSIX shell does, with quotes and backslashes, but without any expansion.
 *
 * @returns undefined if a quote is not closed
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  const pattern = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(.)/gsy;
  let word: string | undefined;
  for (const [found, single, double, escaped, plain, other] of text.matchAll(pattern)) {
    if (other !== undefined) return undefined;
    if (/^\s/.test(found)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '');
    }
  }
  return word === undefined ? words : [...words, word];
}
