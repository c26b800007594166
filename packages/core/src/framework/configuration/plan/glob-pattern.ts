/**
 * A shell pattern as Python's `fnmatch` reads it: `*`, `?`, `[abc]`, `[a-c]`, `[!abc]`, against the whole name, case
 * counts. No regular expression is made from it, so no pattern takes exponential time.
 */
export class GlobPattern {
  private readonly parts: readonly GlobPart[];

  constructor(readonly text: string) {
    this.parts = parseGlob(text).parts;
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

/** What is wrong with a pattern, or undefined. `fnmatch` accepts these patterns; they match nothing that could be meant. */
export function globMistake(text: string): string | undefined {
  if (text === '') return 'an empty pattern matches no telescope type';
  const { parts, isUnclosed } = parseGlob(text);
  if (isUnclosed) return 'a [ that is not closed';
  const ranges = parts.flatMap((part) => (part === '*' ? [] : part.ranges));
  const reversed = ranges.find(([first, last]) => first > last);
  return reversed && `the range ${reversed.join('-')}, which holds no letter`;
}

/** `*`, a single letter, `?` as the set that excludes nothing, or a set. */
type GlobPart = '*' | LetterSet;

interface LetterSet {
  readonly negated: boolean;
  /** Pairs of first and last letter. */
  readonly ranges: readonly (readonly [string, string])[];
}

interface ParsedGlob {
  readonly parts: readonly GlobPart[];
  /** Whether there is a `[` without its `]`; it stands for itself. */
  readonly isUnclosed: boolean;
}

function parseGlob(text: string): ParsedGlob {
  const parts: GlobPart[] = [];
  let isUnclosed = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i);
    const end = letter === '[' && !isUnclosed ? endOfSet(text, i) : -1;
    if (end > 0) {
      const negated = text[i + 1] === '!';
      parts.push({ negated, ranges: rangesOf(text.slice(i + (negated ? 2 : 1), end)) });
      i = end;
    } else if (letter === '*') {
      if (parts.at(-1) !== '*') parts.push('*');
    } else if (letter === '?') {
      parts.push({ negated: true, ranges: [] });
    } else {
      // Where one is not closed, the later ones are not, either: they are not looked at again.
      isUnclosed ||= letter === '[';
      parts.push({ negated: false, ranges: [[letter, letter]] });
    }
  }
  return { parts, isUnclosed };
}

/** The index of the bracket that closes a set; below 0 where there is none. Right after the opening it is a letter of the set. */
function endOfSet(text: string, start: number): number {
  const first = start + (text[start + 1] === '!' ? 2 : 1);
  return text.indexOf(']', first + 1);
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
