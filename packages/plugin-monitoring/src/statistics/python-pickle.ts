/** Value of Python: integers are bigint, floating-point numbers are number, dictionaries are maps. */
export type PythonValue =
  string | boolean | bigint | number | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/**
 * Pickles a value with protocol 0, as PyTables stores attributes that are no numbers or texts. The result is ASCII.
 *
 * Source: Python 3.13 `pickletools`.
 */
export function pickled(value: PythonValue): string {
  return `${opcodesOf(value)}.`;
}

function opcodesOf(value: PythonValue): string {
  if (typeof value === 'string') return `V${escaped(value)}\n`;
  if (typeof value === 'boolean') return value ? 'I01\n' : 'I00\n';
  if (typeof value === 'bigint') return `I${value}\n`;
  if (typeof value === 'number') return `F${value}\n`;
  if (value instanceof Map) {
    const entries = value as ReadonlyMap<string, PythonValue>;
    return `(d${Array.from(entries, ([key, each]) => `${opcodesOf(key)}${opcodesOf(each)}s`).join('')}`;
  }
  return `(l${(value as readonly PythonValue[]).map((each) => `${opcodesOf(each)}a`).join('')}`;
}

/** Escapes what is not printable ASCII, and the backslash. */
function escaped(text: string): string {
  return text.replaceAll(/[^ -[\]-~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
