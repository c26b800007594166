import type { Problem } from '../problem.js';
import { MappingBuilder, scalarNode, withinLimits, type ConfigNode, type NodeLimits } from './config-node.js';

/**
 * Converts a plain object to a node. Positions are paths within the object: `config.ImageProcessor.imageCleanerType[0]`.
 *
 * Members that are `undefined` are skipped. Sets and typed arrays become lists.
 *
 * @param path - prefix of the positions
 * @returns undefined, with a problem added, for an object that contains itself
 */
export function readObject(value: unknown, path: string, problems: Problem[]): ConfigNode | undefined {
  return withinLimits(problems, (limits) => read(value, path, 0, { problems, limits }));
}

interface Reading {
  readonly problems: Problem[];
  readonly limits: NodeLimits;
}

function read(value: unknown, path: string, depth: number, reading: Reading): ConfigNode {
  const at = { source: path };
  reading.limits.check(depth, () => at);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return scalarNode(at, value);
  }
  if (isList(value)) {
    const items = Array.from(value, (item, index) => read(item, `${path}[${index}]`, depth + 1, reading));
    return { type: 'list', at, items };
  }
  if (typeof value === 'object' && isPlain(value)) {
    const mapping = new MappingBuilder(at);
    for (const [key, member] of Object.entries(value)) {
      const below = `${path}.${key}`;
      if (member !== undefined) mapping.add(key, { source: below }, read(member, below, depth + 1, reading));
    }
    return mapping.node;
  }
  reading.problems.push({ severity: 'error', at, message: `expected plain data, found ${describe(value)}` });
  return scalarNode(at, null);
}

function isList(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Whether a value is a plain object, also one of another realm, which has another `Object.prototype`. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : `a ${typeof value}`;
}
