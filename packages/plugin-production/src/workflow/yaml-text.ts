import type { Json } from '@cherenkit/core';

/** Texts that every version of YAML reads as texts without quotes: words, paths, IRIs and references such as `$(inputs.output)`. */
const PLAIN = /^(?![-+.\d]|(?:true|false|yes|no|on|off|null|y|n)$)[\w$./()-][\w$./()*:#-]*$/i;

/** Formats data as YAML in blocks, with the keys in the given order. */
export function yamlText(value: Json): string {
  return linesOf(value).join('\n') + '\n';
}

function linesOf(value: Json): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => entry('- ', item));
  const members = Object.entries(value as Readonly<Record<string, Json>>);
  return members.flatMap(([key, item]) => {
    const start = `${scalar(key)}:`;
    if (isLeaf(item)) return `${start} ${scalar(item)}`;
    return [start, ...linesOf(item).map((line) => `  ${line}`)];
  });
}

function entry(mark: string, item: Json): string[] {
  if (isLeaf(item)) return [`${mark}${scalar(item)}`];
  return linesOf(item).map((line, i) => `${i === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

/** Whether a value is written in one line: not a list or an object with members. */
function isLeaf(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function scalar(value: Json): string {
  return typeof value === 'string' && PLAIN.test(value) && !value.endsWith(':') ? value : JSON.stringify(value);
}
