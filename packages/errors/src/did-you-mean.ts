/**
 * Returns `; did you mean "width"?` for the candidate nearest to `found`, or for those that begin with it; empty if there is
 * none.
 */
export function didYouMean(found: string, candidates: Iterable<string>): string {
  const all = [...new Set(candidates)];
  const nearest = nearestName(found, all);
  const names = nearest === undefined ? namesBeginningWith(found, all) : [nearest];
  if (names.length === 0) return '';
  return `; did you mean ${names.map((name) => JSON.stringify(name)).join(' or ')}?`;
}

const FEWEST_LETTERS = 3;
const MOST_NAMES = 3;

/** Abbreviations, such as Tailcuts for TailcutsImageCleaner; none if too many names fit. */
function namesBeginningWith(found: string, candidates: readonly string[]): readonly string[] {
  if (found.length < FEWEST_LETTERS) return [];
  const names = candidates.filter((name) => name.toLowerCase().startsWith(found.toLowerCase()));
  return names.length <= MOST_NAMES ? names : [];
}

/**
 * Returns the candidate with the smallest edit distance, ignoring case; undefined if the distance exceeds a quarter of the
 * shorter name. A single letter is near to nothing else.
 */
export function nearestName(found: string, candidates: Iterable<string>): string | undefined {
  const wanted = found.toLowerCase();
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const candidate of candidates) {
    const shorter = Math.min(found.length, candidate.length);
    const limit = shorter < 2 ? 0 : Math.ceil(shorter / 4); // any single letter is at a distance of 1
    // The distance is at least the difference of the lengths. This also bounds the work for very long names.
    if (Math.abs(candidate.length - found.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance > limit || distance >= fewest) continue;
    [nearest, fewest] = [candidate, distance];
  }
  return nearest;
}

/** Damerau-Levenshtein distance: insertions, deletions, replacements and swaps of adjacent letters. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row[j] = best;
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}
