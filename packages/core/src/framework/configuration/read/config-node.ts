import type { Json } from '../../component/trait-declaration.js';
import type { Position } from '../problem.js';

/** What a configuration says, with the place of each part: the one shape that files, options and objects are read into. */
export type ConfigNode = ScalarNode | ListNode | MappingNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly at: Position;
  readonly value: null | boolean | number | string;
  /** What was typed, where that could also be meant as a plain string (options have no quotes): `8`, `None`. */
  readonly text?: string;
}

export interface ListNode {
  readonly type: 'list';
  readonly at: Position;
  readonly items: readonly ConfigNode[];
  /** See `ScalarNode`. */
  readonly text?: string;
}

export interface MappingNode {
  readonly type: 'mapping';
  readonly at: Position;
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: ConfigNode;
}

/** The value without the places. */
export function jsonOf(node: ConfigNode): Json {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonOf);
    case 'mapping':
      // fromEntries defines properties, so a key `__proto__` is a key like any other.
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
  }
}

/** The place of a part, by the steps to it; of the innermost part that is there when the rest is missing. */
export function positionOf(node: ConfigNode, path: readonly string[]): Position {
  const [step, ...rest] = path;
  if (step === undefined) return node.at;
  let part: ConfigNode | undefined;
  if (node.type === 'list') part = node.items[Number(step)];
  if (node.type === 'mapping') part = node.entries.findLast(({ key }) => key === step)?.value;
  return part ? positionOf(part, rest) : node.at;
}
