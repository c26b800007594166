/** Control, formatting and separator characters: escape sequences of terminals, line breaks, reversed text. Tabs are harmless. */
const UNPRINTABLE = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/**
 * Escapes characters that would control a terminal or add lines to a log: names from files and configurations can contain
 * anything. The result is one line: `\x1b[2J`, `\n`, `\u202e`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escape);
}

/** Escapes like {@link printable}, except for line breaks. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\n' ? character : escape(character)));
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  const short = code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  return NAMES[character] ?? short;
}
