/** Messages of the YAML parser that need an explanation. */
const YAML_MESSAGES: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^Alias cannot be an empty string/, 'a text that begins with * must be quoted: "*"'],
  [
    /^Nested mappings are not allowed in compact mappings/,
    'found "key: value" within a value; all keys of a section begin at the same column, one per line',
  ],
  [/^All mapping items must start at the same column/, 'all keys of a section must begin at the same column'],
  [
    /^Block collections are not allowed within flow collections/,
    'expected a comma or a closing bracket before the next key',
  ],
  [/^Flow sequence in block collection must be/, 'a list that begins with [ must end with ]'],
  [/^Flow map in block collection must be/, 'a mapping that begins with { must end with }'],
  [/^Missing closing "quote/, 'missing closing "'],
  [/^Missing closing 'quote/, "missing closing '"],
];

/** Returns the message for a syntax error of the YAML parser. */
export function yamlMessage(message: string): string {
  return YAML_MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? lowerCase(message);
}

/**
 * Returns the message for a syntax error of the TOML parser.
 *
 * @param rest - the text from the position of the error
 */
export function tomlMessage(message: string, rest: string): string {
  if (/^Defining a key multiple times/.test(message)) return 'duplicate key';
  if (!/^Unexpected character/.test(message)) return lowerCase(message);
  const [word = rest.charAt(0)] = /^\w+/.exec(rest) ?? [];
  const hint = /^(?:True|False)$/.test(word)
    ? `; write ${word.toLowerCase()}`
    : /^[A-Za-z]/.test(word)
      ? `; texts are quoted: "${word}"`
      : word === ':'
        ? '; TOML has [Section] and key = value (is this a YAML file?)'
        : '';
  return `unexpected ${JSON.stringify(word)}${hint}`;
}

function lowerCase(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
