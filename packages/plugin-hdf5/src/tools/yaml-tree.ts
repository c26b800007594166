/** Texts in nested mappings. */
export type YamlTree = string | { readonly [name: string]: YamlTree };

const INDENT = 4;
/** Texts that YAML 1.1 reads as numbers, booleans, null or times. */
const OTHER_TYPE =
  /^(?:[-+]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]\d+)?|[-+]?\.\d[\d_]*(?:[eE][-+]\d+)?|0[xob][\da-fA-F_]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?\d+(?::\d+)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=|<<)$/;
const SPECIAL = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|: |:$| #|^\s|\s$/;

/** Formats a tree as PyYAML's `dump(tree, indent=4)`: sorted keys, texts without quotes where possible. */
export function yamlOf(tree: YamlTree): string {
  return typeof tree === 'string' ? `${scalar(tree)}\n` : lines(tree, 0);
}

function lines(tree: Readonly<Record<string, YamlTree>>, depth: number): string {
  return Object.keys(tree)
    .sort()
    .map((name) => {
      const value = tree[name];
      const start = `${' '.repeat(depth * INDENT)}${scalar(name)}:`;
      if (typeof value === 'string') return `${start} ${scalar(value)}\n`;
      return Object.keys(value).length === 0 ? `${start} {}\n` : `${start}\n${lines(value, depth + 1)}`;
    })
    .join('');
}

function scalar(text: string): string {
  // eslint-disable-next-line no-control-regex -- such texts need escapes
  if (/[\u0000-\u001f\u007f]/.test(text)) return JSON.stringify(text);
  return text === '' || OTHER_TYPE.test(text) || SPECIAL.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}
