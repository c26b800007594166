import type * as Yaml from 'yaml';
import type { Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';
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
export async function yamlText(section: YamlSection): Promise<string> {
  // Imported when something is written, as the readers are when something is read.
  const yaml = await import('yaml');
  const document = new yaml.Document();
  const content = new YamlNodes(yaml).section(section);
  // An empty line between the outermost sections.
  for (const { key } of content.items.slice(Math.max(section.values.length, 1))) key.spaceBefore = true;
  document.contents = content;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, doubleQuotedAsJSON: true });
}

type ValueNode = Scalar | YAMLSeq<Node> | YAMLMap<Node, Node>;

/** Makes nodes of the library. */
class YamlNodes {
  constructor(private readonly yaml: typeof Yaml) {}

  section({ values, sections }: YamlSection): YAMLMap<Scalar<string>, Node> {
    const { Pair, YAMLMap } = this.yaml;
    const map = new YAMLMap<Scalar<string>, Node>();
    for (const { key, value, comment, note } of values) {
      const [name, node] = [this.key(key, comment), this.value(value)];
      const isBlock = 'items' in node && isListOfLists(value);
      if (isBlock) node.flow = false;
      // Behind the key, where the items are on lines of their own.
      if (note !== undefined) (isBlock ? name : node).comment = ` ${note}`;
      map.items.push(new Pair(name, node));
    }
    for (const [name, inner] of sections) map.items.push(new Pair(this.key(name, inner.comment), this.section(inner)));
    return map;
  }

  private key(name: string, comment: readonly string[] = []): Scalar<string> {
    const key = this.text(name);
    if (comment.length > 0) key.commentBefore = comment.map((line) => ` ${line}`).join('\n');
    return key;
  }

  private value(value: Json): ValueNode {
    const { Pair, Scalar, YAMLMap, YAMLSeq } = this.yaml;
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return new Scalar(value);
    const node = isList(value) ? new YAMLSeq<Node>() : new YAMLMap<Node, Node>();
    node.flow = true;
    if (isList(value)) node.items = value.map((item) => this.value(item));
    else node.items = Object.entries(value).map(([key, item]) => new Pair(this.text(key, true), this.value(item)));
    return node;
  }

  /** Quoted, unless nothing that reads YAML could take it for something else than a string. */
  private text(text: string, isQuoted = !/^[A-Za-z_][\w.]*$/.test(text) || RESERVED.test(text)): Scalar<string> {
    const node = new this.yaml.Scalar(text);
    node.type = isQuoted ? 'QUOTE_DOUBLE' : 'PLAIN';
    return node;
  }
}

/** Words that readers of YAML 1.1 or 1.2 take for something else than a string. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isListOfLists(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isList);
}
