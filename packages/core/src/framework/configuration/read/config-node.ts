import { quoteName } from '../../component/quote-value.js';
import type { Json } from '../../component/trait-declaration.js';
import type { Position, Problem } from '../problem.js';

/**
 * What a configuration says, with the place of each part: the one shape that files, options and objects are read into.
 *
 * Nodes are plain data: they survive `structuredClone` and JSON.
 */
export type ConfigNode = ScalarNode | ListNode | MappingNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly at: Position;
  /** Null, too, for a number that JSON cannot say. */
  readonly value: null | boolean | number | string;
  /** A number that JSON cannot say. */
  readonly nonFinite?: 'NaN' | 'Infinity' | '-Infinity';
  /** What was typed, where that could also be meant as a plain string, since options have no quotes: `8`, `None`. */
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
  /** The keys are distinct. */
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: ConfigNode;
}

export function scalarNode(at: Position, value: ScalarNode['value']): ScalarNode {
  if (typeof value !== 'number') return { type: 'scalar', at, value };
  if (Number.isFinite(value)) return { type: 'scalar', at, value: value + 0 }; // JSON has no -0
  return { type: 'scalar', at, value: null, nonFinite: String(value) as NonNullable<ScalarNode['nonFinite']> };
}

/** The value without the places. */
export function jsonOf(node: ConfigNode): Json {
  switch (node.type) {
    case 'scalar':
      return node.nonFinite === undefined ? node.value : Number(node.nonFinite);
    case 'list':
      return node.items.map(jsonOf);
    case 'mapping':
      // fromEntries defines properties, so a key `__proto__` is a key like any other.
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
  }
}

/** The place of a part, by the steps to it; of the innermost part that is there when the rest is missing. */
export function positionOf(node: ConfigNode, path: readonly string[]): Position {
  let found = node;
  for (const step of path) {
    const part = found.type === 'list' ? found.items[Number(step)] : undefined;
    if (!part) break;
    found = part;
  }
  return found.at;
}

/** A mapping that is made entry by entry. */
export class MappingBuilder {
  readonly node: MappingNode;
  private readonly entries: MappingEntry[] = [];
  private readonly byKey = new Map<string, MappingEntry>();
  private readonly below = new Map<string, MappingBuilder>();

  constructor(at: Position) {
    this.node = { type: 'mapping', at, entries: this.entries };
  }

  get(key: string): ConfigNode | undefined {
    return this.byKey.get(key)?.value;
  }

  /** @returns false, and adds nothing, where the key is there already */
  add(key: string, keyAt: Position, value: ConfigNode): boolean {
    if (this.byKey.has(key)) return false;
    const entry = { key, keyAt, value };
    this.byKey.set(key, entry);
    this.entries.push(entry);
    return true;
  }

  /** Adds an entry, or a problem where the key is there already. */
  addOnce(key: string, keyAt: Position, value: ConfigNode, problems: Problem[]): void {
    if (this.add(key, keyAt, value)) return;
    problems.push({ severity: 'error', at: keyAt, message: `duplicate key ${quoteName(key)}` });
  }

  /** The builder of the mapping at a key, made where it is not there yet; undefined where the key has another value. */
  open(key: string, keyAt: Position): MappingBuilder | undefined {
    const opened = this.below.get(key);
    if (opened) return opened;
    const builder = new MappingBuilder(keyAt);
    if (!this.add(key, keyAt, builder.node)) return undefined;
    this.below.set(key, builder);
    return builder;
  }
}

/** Far above what people write. An alias that repeats itself, or an object that holds itself, gets there soon. */
const MOST_NODES = 100_000;
const DEEPEST = 100;

/** A configuration that is too large to be meant. */
class TooLarge extends Error {
  constructor(
    readonly at: Position,
    message: string,
  ) {
    super(message);
  }
}

/** Ends the reading of a configuration that is too large or too deep. */
export class NodeLimits {
  private count = 0;

  /**
   * To be called for each node.
   *
   * @throws TooLarge
   */
  check(depth: number, at: () => Position): void {
    this.checkDepth(depth, at);
    if (++this.count > MOST_NODES) throw new TooLarge(at(), `more than ${MOST_NODES} values`);
  }

  /** @throws TooLarge */
  checkDepth(depth: number, at: () => Position): void {
    if (depth > DEEPEST) throw new TooLarge(at(), `nested deeper than ${DEEPEST} levels`);
  }
}

/** Calls a reader; a configuration that is too large is a problem, and has no content. */
export function withinLimits<T>(problems: Problem[], read: (limits: NodeLimits) => T): T | undefined {
  try {
    return read(new NodeLimits());
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    problems.push({ severity: 'error', at: error.at, message: error.message });
    return undefined;
  }
}
