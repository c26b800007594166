import type { MetaValue } from '@cherenkit/tables';

/** Line of a header. */
export interface FitsCard {
  /** Keyword, without `HIERARCH`. */
  readonly keyword: string;
  /** Undefined for comments, and for keywords without value. */
  readonly value: MetaValue | undefined;
  /** Comment of the value; the text of `COMMENT` and `HISTORY`. */
  readonly comment: string;
}

/** Keywords whose lines contain text instead of a value. */
const COMMENTARY: ReadonlySet<string> = new Set(['COMMENT', 'HISTORY', '']);

/**
 * Parses a line of 80 characters. Integers are returned as bigint and floats as number. Lines of unknown form are
 * commentary, since many programs write them.
 */
export function parseCard(line: string): FitsCard {
  const hierarch = /^HIERARCH\s+([^=]*?)\s*=(.*)$/.exec(line);
  if (hierarch !== null) return withValue(hierarch[1], hierarch[2]);
  const keyword = line.slice(0, 8).trimEnd();
  if (line.slice(8, 10) === '= ' && !COMMENTARY.has(keyword)) return withValue(keyword, line.slice(10));
  if (keyword === 'CONTINUE') return withValue(keyword, line.slice(10));
  return { keyword, value: undefined, comment: line.slice(8).trim() };
}

function withValue(keyword: string, field: string): FitsCard {
  const text = /^\s*'((?:[^']|'')*)'\s*(?:\/(.*))?/.exec(field);
  // Trailing blanks of texts are not significant.
  if (text !== null) {
    return { keyword, value: text[1].replaceAll("''", "'").trimEnd(), comment: (text[2] ?? '').trim() };
  }
  const slash = field.indexOf('/');
  const value = (slash < 0 ? field : field.slice(0, slash)).trim();
  return { keyword, value: parseValue(value), comment: slash < 0 ? '' : field.slice(slash + 1).trim() };
}

/** Value of a field that is not a text. Complex numbers, and what FITS does not define, are texts. */
function parseValue(text: string): MetaValue | undefined {
  if (text === '') return undefined;
  if (text === 'T') return true;
  if (text === 'F') return false;
  if (/^[+-]?\d+$/.test(text)) return BigInt(text.replace('+', ''));
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][+-]?\d+)?$/.test(text)) return Number(text.replace(/[Dd]/, 'E'));
  return text;
}
