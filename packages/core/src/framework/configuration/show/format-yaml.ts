import { printable } from '@cherenkit/errors';
import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import type { Json } from '../../component/trait-declaration.js';
import type { YamlSection } from './show-configuration.js';

/** Formats nested sections as YAML: one line per trait; for rules and other lists of lists, one line per item. */
export function formatYaml(section: YamlSection): string {
  const content = mapping(section);
  // An empty line between top-level sections.
  for (const { key } of content.items.slice(Math.max(section.values.length, 1))) key.spaceBefore = true;
  const document = new Document();
  document.contents = content;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, doubleQuotedAsJSON: true });
}

function mapping({ values, sections }: YamlSection): YAMLMap<Scalar<string>, Node> {
  const map = new YAMLMap<Scalar<string>, Node>();
  for (const { key, value, comment, note } of values) {
    const [name, node] = [keyNode(key, comment), valueNode(value)];
    const isBlock = 'items' in node && isListOfLists(value);
    if (isBlock) node.flow = false;
    // After the key, if the items are on separate lines.
    if (note !== undefined) (isBlock ? name : node).comment = ` ${printable(note)}`;
    map.items.push(new Pair(name, node));
  }
  for (const [name, inner] of sections) map.items.push(new Pair(keyNode(name, inner.comment), mapping(inner)));
  return map;
}

function keyNode(name: string, comment: readonly string[] = []): Scalar<string> {
  const key = textNode(name);
  if (comment.length > 0) key.commentBefore = comment.map((line) => ` ${printable(line)}`).join('\n');
  return key;
}

function valueNode(value: Json): Scalar | YAMLSeq<Node> | YAMLMap<Node, Node> {
  if (typeof value === 'string') return textNode(value);
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  const node = isList(value) ? new YAMLSeq<Node>() : new YAMLMap<Node, Node>();
  node.flow = true;
  if (isList(value)) node.items = value.map(valueNode);
  else node.items = Object.entries(value).map(([key, item]) => new Pair(textNode(key, true), valueNode(item)));
  return node;
}

/** Words that YAML 1.1 or 1.2 does not read as strings. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Makes the node of a string, quoted unless every YAML parser reads the plain text as a string. */
function textNode(text: string, isQuoted = !/^[A-Za-z_][\w.]*$/.test(text) || RESERVED.test(text)): Scalar<string> {
  const node = new Scalar(text);
  node.type = isQuoted ? 'QUOTE_DOUBLE' : 'PLAIN';
  return node;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isListOfLists(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isList);
}
