const LONGEST_TEXT = 80;

/** A name or a pattern of a user, for a message: in quotes where it has unusual letters, shortened where it is long. */
export function quoteName(name: string): string {
  return /^[\w@/.~*?![\]-]+$/.test(name) && name.length <= LONGEST_TEXT ? name : quoteValue(name);
}

/** A value of a user, for a message: as JSON, the first letters of a long one. */
export function quoteValue(value: unknown): string {
  // JSON has no word for these.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return shorten(firstLetters(value, LONGEST_TEXT + 1), LONGEST_TEXT);
}

export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** The first letters, or some more, of a value as JSON. Large values are not written out for it. */
function firstLetters(value: unknown, wanted: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, wanted));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  const isList = Array.isArray(value);
  const members: Iterable<[number | string, unknown]> = isList ? value.entries() : Object.entries(value);
  let text = '';
  for (const [key, member] of members) {
    const name = isList ? '' : `${firstLetters(key, wanted)}:`;
    text += `${text && ','}${name}${firstLetters(member, wanted - text.length)}`;
    if (text.length >= wanted) break;
  }
  return isList ? `[${text}]` : `{${text}}`;
}
