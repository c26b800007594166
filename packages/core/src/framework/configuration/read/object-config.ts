import type { ConfigNode } from './config-node.js';
import type { Problem } from '../problem.js';

/** Deeper than any configuration; an object that holds itself gets there. */
const DEEPEST = 20;

/**
 * Reads a plain object; positions are paths within it: `config.ImageProcessor.imageCleanerType[0]`.
 *
 * What is `undefined` counts as not given. Sets and typed arrays are lists.
 */
export function readObject(value: unknown, path: string, problems: Problem[], depth = 0): ConfigNode {
  const at = { source: path };
  if (depth > DEEPEST) {
    problems.push({ severity: 'error', at, message: `nested deeper than ${DEEPEST} levels` });
    return { type: 'scalar', at, value: null };
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return { type: 'scalar', at, value };
  }
  if (isList(value)) {
    const items = Array.from(value, (item, index) => readObject(item, `${path}[${index}]`, problems, depth + 1));
    return { type: 'list', at, items };
  }
  if (typeof value === 'object' && isPlain(value)) {
    const given = Object.entries(value).filter(([, member]) => member !== undefined);
    const entries = given.map(([key, member]) => {
      const below = `${path}.${key}`;
      return { key, keyAt: { source: below }, value: readObject(member, below, problems, depth + 1) };
    });
    return { type: 'mapping', at, entries };
  }
  problems.push({ severity: 'error', at, message: `expected plain data, found ${describe(value)}` });
  return { type: 'scalar', at, value: null };
}

function isList(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : `a ${typeof value}`;
}
