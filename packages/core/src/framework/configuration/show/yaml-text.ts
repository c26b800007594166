import type { Json } from '../../component/trait-declaration.js';

/** A mapping to be written as YAML, with comments. */
export interface YamlSection {
  /** Lines above its key. */
  readonly comment?: readonly string[];
  readonly values: readonly YamlValue[];
  readonly sections: readonly (readonly [name: string, section: YamlSection])[];
}

export interface YamlValue {
  readonly key: string;
  readonly value: Json;
  /** Lines above the key. */
  readonly comment?: readonly string[];
  /** Behind the value. */
  readonly note?: string | undefined;
}

/** Sections within sections as a YAML file: one line per trait, rules and other lists of lists one line per item. */
export function yamlText(section: YamlSection): string {
  return linesOf(section, '').join('\n') + '\n';
}

function linesOf({ values, sections }: YamlSection, indent: string): string[] {
  const lines: string[] = [];
  const comment = (text: readonly string[] = []): void => {
    for (const line of text) lines.push(`${indent}#${line && ` ${line}`}`);
  };
  for (const { key, value, comment: above, note } of values) {
    comment(above);
    const behind = note === undefined ? '' : ` # ${note}`;
    if (isListOfLists(value)) {
      lines.push(`${indent}${scalar(key)}:${behind}`, ...value.map((item) => `${indent}  - ${flow(item)}`));
    } else {
      lines.push(`${indent}${scalar(key)}: ${flow(value)}${behind}`);
    }
  }
  for (const [name, inner] of sections) {
    if (indent === '' && lines.length > 0) lines.push('');
    comment(inner.comment);
    const isEmpty = inner.values.length + inner.sections.length === 0;
    lines.push(`${indent}${scalar(name)}:${isEmpty ? ' {}' : ''}`, ...linesOf(inner, `${indent}  `));
  }
  return lines;
}

function isListOfLists(value: Json): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every(Array.isArray);
}

function flow(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(flow).join(', ')}]`;
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${flow(member)}`);
  return `{${members.join(', ')}}`;
}

/** Words that readers of YAML 1.1 or 1.2 take for something else than a string. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A string without quotes where nobody could take it for anything else. */
function scalar(text: string): string {
  return /^[A-Za-z_][\w.]*$/.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}
