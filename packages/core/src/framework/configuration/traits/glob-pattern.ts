/**
 * A shell pattern as Python's `fnmatch` reads it: `*`, `?`, `[abc]`, `[a-c]`, `[!abc]`, against the whole name, case
 * counts. No regular expression is built from it, so its author cannot make one that never ends.
 */
export class GlobPattern {
  private readonly parts: readonly GlobPart[];

  constructor(readonly text: string) {
    this.parts = parseGlob(text);
  }

  test(name: string): boolean {
    let part = 0;
    let star: { part: number; letter: number } | undefined;
    for (let letter = 0; letter < name.length || part < this.parts.length;) {
      const current = this.parts[part];
      if (current === '*') {
        star = { part: part++, letter };
      } else if (current !== undefined && letter < name.length && matchesLetter(current, name.charAt(letter))) {
        part++;
        letter++;
      } else if (star !== undefined && star.letter < name.length) {
        // The last star takes one letter more; earlier ones need not be tried again.
        part = star.part + 1;
        letter = ++star.letter;
      } else {
        return false;
      }
    }
    return true;
  }
}

/** `*`, a single letter, `?` as the set that excludes nothing, or a set. */
type GlobPart = '*' | LetterSet;

interface LetterSet {
  readonly negated: boolean;
  /** Pairs of first and last letter. */
  readonly ranges: readonly (readonly [string, string])[];
}

/** What is wrong with a pattern, or undefined. `fnmatch` takes these, and they match nothing that anyone meant. */
export function globMistake(text: string): string | undefined {
  if (text === '') return 'an empty pattern matches no telescope type';
  const sets = [...text.matchAll(SET)].map(({ groups }) => groups?.['set'] ?? '');
  if (text.replace(SET, '').includes('[')) return 'a [ that is not closed';
  const reversed = sets.flatMap(rangesOf).find(([first, last]) => first > last);
  return reversed && `the range ${reversed.join('-')}, which holds no letter`;
}

/** A closing bracket right after the opening one is a letter of the set. */
const SET = /\[(?<not>!?)(?<set>\]?[^\]]*)\]/g;

function parseGlob(text: string): GlobPart[] {
  const parts: GlobPart[] = [];
  const addLetters = (letters: string): void => {
    for (const letter of letters) {
      if (letter === '*') parts.push('*');
      else if (letter === '?') parts.push({ negated: true, ranges: [] });
      else parts.push({ negated: false, ranges: [[letter, letter]] });
    }
  };
  let end = 0;
  for (const { index, 0: found, groups } of text.matchAll(SET)) {
    addLetters(text.slice(end, index));
    parts.push({ negated: groups?.['not'] === '!', ranges: rangesOf(groups?.['set'] ?? '') });
    end = index + found.length;
  }
  addLetters(text.slice(end));
  return parts;
}

function rangesOf(set: string): [string, string][] {
  const ranges: [string, string][] = [];
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === '-' && i + 2 < set.length;
    ranges.push([set.charAt(i), set.charAt(isRange ? i + 2 : i)]);
    if (isRange) i += 2;
  }
  return ranges;
}

function matchesLetter({ negated, ranges }: LetterSet, letter: string): boolean {
  return ranges.some(([first, last]) => first <= letter && letter <= last) !== negated;
}
