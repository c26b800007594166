import { quoteValue } from '../quote-value.js';
import type { JsonSchema } from './trait-type.js';

const NOUNS: ReadonlyMap<unknown, string> = new Map([
  ['number', 'a number'],
  ['integer', 'an integer'],
  ['boolean', 'true or false'],
  ['string', 'a string'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

/** An error of the validation by a JSON Schema, as of ajv with `verbose`. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON Pointer to the invalid value. */
  readonly instancePath: string;
  /** Value of the keyword. */
  readonly schema?: unknown;
  readonly data?: unknown;
  /** The schema with the keyword. */
  readonly parentSchema?: JsonSchema;
  readonly params?: object;
  readonly message?: string;
}

/** A validation error as text. */
export interface SchemaMistake {
  /** Keys and indices that lead to the invalid value. */
  readonly path: readonly string[];
  readonly expected: string;
  /** The invalid value; undefined for a missing property. */
  readonly found: string | undefined;
}

/**
 * Converts a validation error.
 *
 * @returns undefined for errors of `if`, whose branches report their own errors
 */
export function schemaMistake(error: SchemaError): SchemaMistake | undefined {
  const { keyword, instancePath, params, data, parentSchema = {} } = error;
  const path = pathOf(instancePath);
  if (keyword === 'if') return undefined;
  if (keyword !== 'required') return { path, expected: expectation(error), found: quoteValue(data) };
  const { missingProperty } = params as { readonly missingProperty: string };
  const { properties = {} } = parentSchema as { readonly properties?: { readonly [name: string]: JsonSchema } };
  const { type } = properties[missingProperty] ?? {};
  return { path: [...path, missingProperty], expected: NOUNS.get(type) ?? 'a value', found: undefined };
}

function expectation({ keyword, schema, parentSchema = {}, message }: SchemaError): string {
  const { unit, orNull, rule, integers, bigInteger, quantity, minItems, maxItems } = parentSchema;
  const inUnit = typeof unit === 'string' ? ` ${unit}` : '';
  const orNone = orNull ? ' or null' : '';
  if (rule && ['type', 'minItems', 'maxItems'].includes(keyword)) {
    return 'a rule, [type, GLOB, value] or [id, N, value]';
  }
  if (bigInteger) return `an integer${inUnit && ` in${inUnit}`}${orNone}`;
  switch (keyword) {
    case 'type':
      if (Array.isArray(parentSchema['items'])) return listOf(parentSchema['items'] as readonly JsonSchema[]);
      if (quantity) return `a quantity in${inUnit}, such as "1${inUnit}"${orNone}`;
      if (integers) return `a list of integers, or "1,2,5-9"${orNone}`;
      return `${NOUNS.get(schema) ?? String(schema)}${inUnit && ` in${inUnit}`}${orNone}`;
    case 'minimum':
      return `at least ${String(schema)}${inUnit}`;
    case 'maximum':
      return `at most ${String(schema)}${inUnit}`;
    case 'exclusiveMinimum':
      return `more than ${String(schema)}${inUnit}`;
    case 'exclusiveMaximum':
      return `less than ${String(schema)}${inUnit}`;
    case 'minItems':
    case 'maxItems':
      if (Array.isArray(parentSchema['items'])) return listOf(parentSchema['items'] as readonly JsonSchema[]);
      if (minItems === maxItems) return `a list of ${String(minItems)}`;
      return `a list of at ${keyword === 'minItems' ? 'least' : 'most'} ${String(schema)}`;
    case 'minLength':
      return 'a non-empty string';
    case 'const':
      return String(schema);
    case 'enum':
      return `${(schema as readonly string[]).join(' or ')}${orNone}`;
    case 'component':
      return `the name of a component of kind ${String(schema)}${orNone}`;
    case 'expression':
      return 'an expression';
    case 'glob':
      return 'a pattern for telescope types';
    case 'false schema':
      return 'a list of rules, [[type, GLOB, value], [id, N, value], ...]';
    default:
      return message ?? keyword;
  }
}

/** `a list [string, expression]` */
function listOf(items: readonly JsonSchema[]): string {
  const names = items.map(({ expression, type }) =>
    expression ? 'expression' : typeof type === 'string' ? type : 'value',
  );
  return `a list [${names.join(', ')}]`;
}

/** Splits a JSON Pointer into keys and indices. */
function pathOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
