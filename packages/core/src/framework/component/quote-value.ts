import { printable } from '@cherenkit/errors';

const MAX_TEXT_LENGTH = 80;

/** Formats a user's name or pattern for a message: quoted if it has unusual characters, truncated if it is long. */
export function quoteName(name: string): string {
  return /^[\w@/.~*?![\]-]+$/.test(name) && name.length <= MAX_TEXT_LENGTH ? name : quoteValue(name);
}

/** Formats a user's value for a message: as JSON, truncated if it is long. */
export function quoteValue(value: unknown): string {
  // JSON cannot represent NaN and infinities.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return shorten(printable(jsonPrefix(value, MAX_TEXT_LENGTH + 1)), MAX_TEXT_LENGTH);
}

/** Truncates a text and marks the truncation with `...`. */
export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** Returns at least the first `wanted` characters of a value as JSON, without serializing large values completely. */
function jsonPrefix(value: unknown, wanted: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, wanted));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  const isList = Array.isArray(value);
  const members: Iterable<[number | string, unknown]> = isList ? value.entries() : Object.entries(value);
  let text = '';
  for (const [key, member] of members) {
    const name = isList ? '' : `${jsonPrefix(key, wanted)}:`;
    text += `${text && ','}${name}${jsonPrefix(member, wanted - text.length)}`;
    if (text.length >= wanted) break;
  }
  return isList ? `[${text}]` : `{${text}}`;
}
