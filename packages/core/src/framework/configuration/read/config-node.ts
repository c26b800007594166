import { quoteName } from '../../component/quote-value.js';
import type { Json } from '../../component/trait-declaration.js';
import type { Position, Problem } from '../problem.js';

/**
 * A parsed configuration value with the position of each part. Files, options and objects are all read into this form.
 *
 * Nodes are plain data: they survive `structuredClone` and JSON.
 */
export type ConfigNode = ScalarNode | ListNode | MappingNode;

/** A scalar value. */
export interface ScalarNode {
  readonly type: 'scalar';
  readonly at: Position;
  /** Null if `nonFinite` is set. */
  readonly value: null | boolean | number | string;
  /** A number that JSON cannot represent. */
  readonly nonFinite?: 'NaN' | 'Infinity' | '-Infinity';
  /** A large integer as typed: a number has fewer digits. */
  readonly digits?: string;
  /** Text of an option as typed: options have no quotes, so `8` or `None` may be meant as a string. */
  readonly text?: string;
}

/** A list. */
export interface ListNode {
  readonly type: 'list';
  readonly at: Position;
  readonly items: readonly ConfigNode[];
  /** See `ScalarNode`. */
  readonly text?: string;
}

/** A mapping. */
export interface MappingNode {
  readonly type: 'mapping';
  readonly at: Position;
  /** In order, with distinct keys. */
  readonly entries: readonly MappingEntry[];
}

/** One key of a mapping and its value. */
export interface MappingEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: ConfigNode;
}

/**
 * Makes a scalar node.
 *
 * @param typed - text of the value
 */
export function scalarNode(at: Position, value: ScalarNode['value'], typed?: string): ScalarNode {
  if (typeof value !== 'number') return { type: 'scalar', at, value };
  if (typed !== undefined && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { type: 'scalar', at, value, digits: typed };
  }
  if (Number.isFinite(value)) return { type: 'scalar', at, value: value + 0 }; // JSON has no -0
  return { type: 'scalar', at, value: null, nonFinite: String(value) as NonNullable<ScalarNode['nonFinite']> };
}

/**
 * Returns the value of a node without positions.
 *
 * @param keepsDigits - whether large integers are the text of their digits
 */
export function jsonOf(node: ConfigNode, keepsDigits = false): Json {
  switch (node.type) {
    case 'scalar':
      if (keepsDigits && node.digits !== undefined) return node.digits;
      return node.nonFinite === undefined ? node.value : Number(node.nonFinite);
    case 'list':
      return node.items.map((item) => jsonOf(item, keepsDigits));
    case 'mapping':
      // fromEntries defines properties, so a key `__proto__` is a key like any other.
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value, keepsDigits)]));
  }
}

/** Returns a part of a node; its innermost existing parent if the part does not exist. */
export function partOf(node: ConfigNode, path: readonly string[]): ConfigNode {
  let found = node;
  for (const step of path) {
    const part = found.type === 'list' ? found.items[Number(step)] : undefined;
    if (!part) break;
    found = part;
  }
  return found;
}

/** Returns the position of a part of a node; that of its innermost existing parent if the part does not exist. */
export function positionOf(node: ConfigNode, path: readonly string[]): Position {
  return partOf(node, path).at;
}

/** Builds a mapping node entry by entry. */
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

  /**
   * Adds an entry.
   *
   * @returns false, without adding the entry, for a duplicate key
   */
  add(key: string, keyAt: Position, value: ConfigNode): boolean {
    if (this.byKey.has(key)) return false;
    const entry = { key, keyAt, value };
    this.byKey.set(key, entry);
    this.entries.push(entry);
    return true;
  }

  /** Adds an entry, or reports a duplicate key. */
  addUnique(key: string, keyAt: Position, value: ConfigNode, problems: Problem[]): void {
    if (this.add(key, keyAt, value)) return;
    problems.push({ severity: 'error', at: keyAt, message: `duplicate key ${quoteName(key)}` });
  }

  /** Returns the builder of the mapping at a key, created on first use; undefined if the key has another kind of value. */
  openMapping(key: string, keyAt: Position): MappingBuilder | undefined {
    const opened = this.below.get(key);
    if (opened) return opened;
    const builder = new MappingBuilder(keyAt);
    if (!this.add(key, keyAt, builder.node)) return undefined;
    this.below.set(key, builder);
    return builder;
  }
}

/** Limits of size and depth, reached by recursive aliases and objects and by hostile input only. */
const MAX_NODES = 100_000;
const MAX_DEPTH = 100;

/** Thrown when a configuration exceeds the limits of size or depth. */
class SizeLimitExceeded extends Error {
  constructor(
    readonly at: Position,
    message: string,
  ) {
    super(message);
  }
}

/** Checks the limits of size and depth while a configuration is read. */
export class NodeLimits {
  private count = 0;

  /**
   * Counts a node. Call it for each node.
   *
   * @throws SizeLimitExceeded
   */
  check(depth: number, at: () => Position): void {
    this.checkDepth(depth, at);
    if (++this.count > MAX_NODES) throw new SizeLimitExceeded(at(), `more than ${MAX_NODES} values`);
  }

  /** @throws SizeLimitExceeded */
  checkDepth(depth: number, at: () => Position): void {
    if (depth > MAX_DEPTH) throw new SizeLimitExceeded(at(), `nested deeper than ${MAX_DEPTH} levels`);
  }
}

/** Calls a reader; if the limits are exceeded, adds a problem and returns undefined. */
export function withinLimits<T>(problems: Problem[], read: (limits: NodeLimits) => T): T | undefined {
  try {
    return read(new NodeLimits());
  } catch (error) {
    if (!(error instanceof SizeLimitExceeded)) throw error;
    problems.push({ severity: 'error', at: error.at, message: error.message });
    return undefined;
  }
}
