import { LocatedFault } from './expression-error.js';

/** Token of an expression; `text` of a string is its value, without quotes and escapes. */
export interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'operator' | 'end';
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/** Limit that is checked before parsing. */
const MAX_CHARACTERS = 10_000;

const SPACE = /(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*)+/y;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const STRING = /'(?:[^'\\\n]|\\[^\n])*'|"(?:[^"\\\n]|\\[^\n])*"/y;
const OPERATOR = /\*\*|\/\/|<<|>>|<=|>=|==|!=|:=|[-+*/%@&|^~<>=()[\]{},:.;!]/y;

/**
 * Splits an expression into tokens, the last one of kind `end`. Line breaks are white space, `#` starts a comment.
 *
 * @throws LocatedFault for an invalid character, number or string, and for texts that are too long
 */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_CHARACTERS) {
    const message = `expected at most ${MAX_CHARACTERS} characters, found ${text.length}`;
    throw new LocatedFault({ message, offset: MAX_CHARACTERS, length: 1 });
  }
  const tokens: Token[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = offset;
    return pattern.exec(text)?.[0] ?? '';
  };
  const add = (kind: Token['kind'], found: string, value = found): boolean => {
    if (found === '') return false;
    tokens.push({ kind, text: value, offset, length: found.length });
    offset += found.length;
    return true;
  };
  for (;;) {
    offset += match(SPACE).length;
    if (offset === text.length) break;
    const number = match(NUMBER);
    if (add('number', number)) {
      const suffix = match(NAME);
      const isLeadingZero = /^0[\d_]*[1-9]$/.test(number);
      if (suffix !== '' || isLeadingZero) {
        const message = `invalid number ${number}${suffix}; write 50 * u.deg for a quantity`;
        throw new LocatedFault({ message, offset: offset - number.length, length: number.length + suffix.length });
      }
      continue;
    }
    const string = match(STRING);
    if (add('name', match(NAME)) || add('string', string, unescape(string)) || add('operator', match(OPERATOR)))
      continue;
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
    const message = /['"]/.test(character)
      ? `unterminated string; expected a closing ${character}`
      : `invalid character ${JSON.stringify(character)}`;
    throw new LocatedFault({ message, offset, length: character.length });
  }
  tokens.push({ kind: 'end', text: '', offset, length: 0 });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

function unescape(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gu, (both, character: string) => ESCAPES[character] ?? both);
}
