/**
 * A shell pattern with the semantics of Python's `fnmatchcase`: `*`, `?`, `[abc]`, `[a-c]`, `[!abc]`; case-sensitive, and
 * matched against the whole name. Matching uses no regular expression, so it takes linear memory and at most quadratic time.
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
        // Backtrack: the last star takes one letter more. Earlier stars need no retry.
        part = star.part + 1;
        letter = ++star.letter;
      } else {
        return false;
      }
    }
    return true;
  }
}

/** Names of telescope types are far shorter. A pattern takes memory a hundred times its length. */
const MAX_LENGTH = 1000;

/** Describes the mistake in a pattern; undefined for a valid one. `fnmatch` accepts these patterns, but they match no type. */
export function globMistake(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `expected at most ${MAX_LENGTH} characters, found ${text.length}`;
  if (text === '') return 'an empty pattern matches no telescope type';
  const { parts, isUnclosed } = parseGlob(text);
  if (isUnclosed) return 'a [ is not closed';
  const ranges = parts.flatMap((part) => (part === '*' ? [] : part.ranges));
  const reversed = ranges.find(([first, last]) => first > last);
  return reversed && `the range ${reversed.join('-')} is empty`;
}

/** A star, or a set of letters: a single letter is a set of one, `?` the negation of the empty set. */
type GlobPart = '*' | LetterSet;

interface LetterSet {
  readonly negated: boolean;
  /** Pairs of first and last letter. */
  readonly ranges: readonly (readonly [string, string])[];
}

interface ParsedGlob {
  readonly parts: readonly GlobPart[];
  /** Whether a `[` has no matching `]`; it is then a literal letter. */
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
      // If this one is not closed, no later one is: they are not searched again.
      isUnclosed ||= letter === '[';
      parts.push({ negated: false, ranges: [[letter, letter]] });
    }
  }
  return { parts, isUnclosed };
}

/** Returns the index of the `]` that closes a set; -1 if there is none. A `]` directly after the opening is a member of the set. */
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
