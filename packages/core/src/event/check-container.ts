import { describeValue, withArticle } from './check-array.js';
import { isContainer } from './clone-container.js';
import { valueOf, type ContainerClass } from './container.js';
import type { Field, FieldColumn, Fields } from './field.js';
import { misspeltField } from './misspelt-field.js';

/** Length of a text column whose field declares none, bytes. */
export const DEFAULT_TEXT_BYTES = 64;

/** Lengths of the arrays of one component so far, by place and field: arrays of a column all have the length of the first. */
export type ArrayLengths = Map<string, number>;

/**
 * Checks a container that a component made: its class, the names of its values, the types of its values and of its nested containers, and that texts
 * and arrays fit into their columns.
 *
 * @param what - for the message: `the energy`
 * @param base - the container has at least the fields of this class
 * @param lengths - lengths of the arrays in preceding containers; updated. Undefined to accept any length
 * @throws TypeError naming field, expected and found value
 */
export function checkContainer(what: string, value: unknown, base: ContainerClass, lengths?: ArrayLengths): void {
  const missing = isContainer(value) ? missingField(value.fields, base.fields) : '';
  if (!isContainer(value) || missing !== undefined) {
    const without = missing === '' || missing === undefined ? '' : ` without the field ${missing}`;
    throw new TypeError(`${what} is ${describeValue(value)}${without}; expected ${withArticle(base.name)}`);
  }
  const misspelt = misspeltField(value);
  if (misspelt !== undefined) throw new TypeError(`${what} has no field ${misspelt}`);
  for (const { name, field, isValid, expected } of checksOf(value.fields)) {
    const found = valueOf(value, name);
    if (field.container !== undefined) {
      // Containers by telescope or algorithm are checked where they are made.
      if (found !== undefined && !(found instanceof Map)) {
        checkContainer(`${what}.${name}`, found, plainClass(found, field.container), lengths);
      }
    } else if (!isValid(found)) {
      const isLong = typeof found === 'string' && field.column?.type === 'string';
      const shown = isLong ? `a text of ${byteLength(found)} bytes` : describeValue(found);
      throw new TypeError(`${what}.${name} is ${shown}; expected ${expected}`);
    } else if (lengths && field.column?.type === 'array') {
      checkLength(`${what}.${name}`, found as ArrayLike<number> | undefined, field.column.length, lengths);
    }
  }
}

function missingField(fields: Fields, expected: Fields): string | undefined {
  if (fields === expected) return undefined;
  return Object.keys(expected).find((name) => !(name in fields));
}

/** Nested containers may be of another class than the declared one, such as parameters in another frame. */
function plainClass(value: unknown, declared: ContainerClass): ContainerClass {
  return isContainer(value) ? (value.constructor as unknown as ContainerClass) : declared;
}

function checkLength(
  what: string,
  array: ArrayLike<number> | undefined,
  declared: number | undefined,
  lengths: ArrayLengths,
): void {
  const first = declared ?? lengths.get(what);
  if (first === undefined) {
    lengths.set(what, array?.length ?? -1);
    return;
  }
  if (array === undefined || array.length === first) return;
  const remedy = 'declare its length: field.float64Array(description, { length })';
  if (first < 0) {
    throw new TypeError(`${what} has ${array.length} values, but the first result has none; ${remedy}`);
  }
  throw new TypeError(`${what} has ${array.length} values; expected ${first}, as in the first result`);
}

interface FieldCheck {
  readonly name: string;
  readonly field: Field;
  readonly isValid: (value: unknown) => boolean;
  /** For the message. */
  readonly expected: string;
}

const known = new WeakMap<Fields, readonly FieldCheck[]>();

function checksOf(fields: Fields): readonly FieldCheck[] {
  let checks = known.get(fields);
  if (!checks) {
    checks = Object.entries(fields).flatMap(([name, field]) => {
      if (field.container) return [{ name, field, isValid: () => true, expected: '' }];
      return field.column ? [{ name, field, ...columnCheck(field.column) }] : [];
    });
    known.set(fields, checks);
  }
  return checks;
}

function columnCheck(column: FieldColumn): Pick<FieldCheck, 'isValid' | 'expected'> {
  switch (column.type) {
    case 'bool':
      return { expected: 'a boolean', isValid: (value) => typeof value === 'boolean' };
    case 'string': {
      const { bytes = DEFAULT_TEXT_BYTES } = column;
      return {
        expected: `a text of at most ${bytes} bytes; declare more with field.string(description, initial, { bytes })`,
        isValid: (value) => typeof value === 'string' && byteLength(value) <= bytes,
      };
    }
    case 'time':
      return { expected: 'a time', isValid: (value) => typeof value === 'object' && value !== null };
    case 'telescopes':
      return {
        expected: 'a list of telescope ids',
        isValid: (value) => Array.isArray(value) && value.every(Number.isInteger),
      };
    case 'array':
      return {
        expected: `a typed array of ${column.element} values`,
        isValid: (value) => value === undefined || ArrayBuffer.isView(value),
      };
    case 'waveforms':
      return { expected: 'waveforms', isValid: (value) => value === undefined || typeof value === 'object' };
    case 'float32':
    case 'float64':
      return { expected: 'a number', isValid: (value) => typeof value === 'number' };
    default:
      return { expected: 'a number', isValid: (value) => typeof value === 'number' || typeof value === 'bigint' };
  }
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
