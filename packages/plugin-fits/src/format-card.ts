import type { MetaValue } from '@cherenkit/tables';
import { CARD } from './fits-block.js';
import { invalidFitsValue } from './fits-error.js';

/** Width of the field of values other than texts. */
const VALUE = 20;

/**
 * Formats the lines of a keyword: one of 80 characters, or several for a text that does not fit.
 *
 * Keywords of more than 8 characters or with other characters than `A-Z0-9_-` are written as `HIERARCH`. Numbers are
 * written as floats in the shortest form that is read back exactly, bigints as integers, NaN and infinity as undefined.
 *
 * @throws CherenkitError FITS_VALUE_INVALID (2) for texts that are not printable ASCII, and for keywords that are too long
 */
export function formatCard(name: string, value: MetaValue): string[] {
  if (!/^[\x20-\x7e]+$/.test(name) || name.includes('=')) {
    throw invalidFitsValue(name, 'FITS keywords consist of printable ASCII characters other than "="');
  }
  const start = keywordStart(name);
  if (typeof value === 'string') return formatText(name, start, value);
  const line = `${start}${valueText(value).padStart(VALUE)}`;
  if (line.length > CARD) throw invalidFitsValue(name, 'the name is too long for a FITS header');
  return [line.padEnd(CARD)];
}

function keywordStart(name: string): string {
  return /^[A-Z0-9_-]{1,8}$/.test(name) ? `${name.padEnd(8)}= ` : `HIERARCH ${name} = `;
}

/** A text of the standard's minimum width of 8 characters, continued on further lines if it is long. */
function formatText(name: string, start: string, text: string): string[] {
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw invalidFitsValue(name, `"${text}" has characters that FITS headers cannot contain; expected printable ASCII`);
  }
  if (start.length > CARD - 12) throw invalidFitsValue(name, 'the name is too long for a FITS header');
  const quoted = text.replaceAll("'", "''");
  if (start.length + 2 + quoted.length <= CARD) return [`${start}'${quoted.padEnd(8)}'`.padEnd(CARD)];
  const lines: string[] = [];
  let rest = quoted;
  for (let head = start; rest.length > 0; head = 'CONTINUE  ') {
    let length = Math.min(rest.length, CARD - head.length - 3);
    if (rest.length > length && endsWithinQuotes(rest.slice(0, length))) length--;
    lines.push(`${head}'${rest.slice(0, length)}${rest.length > length ? '&' : ''}'`.padEnd(CARD));
    rest = rest.slice(length);
  }
  return lines;
}

/** Whether a part of a quoted text ends between the two characters of an escaped quote. */
function endsWithinQuotes(part: string): boolean {
  return /(?:^|[^'])(?:'')*'$/.test(part);
}

function valueText(value: number | bigint | boolean): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(value)) return '';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value).toUpperCase();
  if (text.includes('.')) return text;
  return text.includes('E') ? text.replace('E', '.0E') : `${text}.0`;
}
