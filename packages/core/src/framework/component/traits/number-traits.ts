import { Unit } from '@cherenkit/expression';
import type { BaseDeclaration, Json } from '../trait-declaration.js';
import { definedMembers, type DeclarationOfType, type JsonSchema, type TraitType } from './trait-type.js';

/** Inclusive limits of a number. */
export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Limits of a floating-point number, inclusive or exclusive. */
export interface OpenRange extends Range {
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const RANGE_MEMBERS = { minimum: { type: 'number' }, maximum: { type: 'number' } };
const OPEN_RANGE_MEMBERS = {
  ...RANGE_MEMBERS,
  exclusiveMinimum: { type: 'number' },
  exclusiveMaximum: { type: 'number' },
};

/** A finite floating-point number. */
export const NUMBER: TraitType<DeclarationOfType<'number'> & OpenRange> = {
  members: OPEN_RANGE_MEMBERS,
  describe: (declaration) => `number${unitText(declaration)}${rangeText(declaration)}`,
  schema: (declaration) => ({ type: 'number', ...rangeSchema(declaration) }),
  flag: ({ unit }) => ({ helpValue: unit ?? 'NUMBER' }),
};

/** An integer. */
export const INTEGER: TraitType<DeclarationOfType<'integer'> & Range> = {
  members: RANGE_MEMBERS,
  describe: (declaration) => `integer${unitText(declaration)}${rangeText(declaration)}`,
  schema: (declaration) => ({ type: 'integer', ...exactRange(declaration) }),
  editorSchema: (declaration) => ({ type: 'integer', ...rangeSchema(declaration) }),
  flag: () => ({ helpValue: 'N' }),
};

/**
 * An integer of any size, such as a time in nanoseconds. Components read a bigint; its canonical form is text, since JSON has no
 * large integers.
 */
export const BIG_INTEGER: TraitType<DeclarationOfType<'bigInteger'>> = {
  isText: true,
  readsDigits: true,
  describe: (declaration) => `integer${unitText(declaration)}`,
  schema: () => ({ type: 'string', bigInteger: true, pattern: '^[-+]?[0-9]+$' }),
  editorSchema: () => ({ anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[-+]?[0-9]+$' }] }),
  flag: () => ({ helpValue: 'N' }),
  normalize: (_, value) => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
  runtime: (_, value) => BigInt(value as string),
};

/** Declaration of a quantity. */
export interface QuantityDeclaration extends DeclarationOfType<'quantity'>, OpenRange {
  /** Unit of the default, of the limits and of the value that components read. */
  readonly unit: string;
}

/** A number with a unit, written as `"5 deg"` or `"300 min"`, or a number in the unit of the trait. Components read the number. */
export const QUANTITY: TraitType<QuantityDeclaration> = {
  members: OPEN_RANGE_MEMBERS,
  required: ['unit'],
  describe: ({ unit, ...range }) => `quantity in ${unit}, such as "1 ${unit}"${rangeText(range)}`,
  schema: (declaration) => ({ type: 'number', quantity: true, ...rangeSchema(declaration) }),
  editorSchema: (declaration) => ({ anyOf: [{ type: 'number', ...rangeSchema(declaration) }, { type: 'string' }] }),
  flag: ({ unit }) => ({ helpValue: unit }),
  normalize: ({ unit }, value) => (typeof value === 'string' ? (quantityIn(unit, value) ?? value) : value),
};

/** The number in a unit of a text such as `0.3 deg`; undefined for texts of another form or dimension. */
function quantityIn(unit: string, text: string): number | undefined {
  const [, number, found] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*)$/.exec(text) ?? [];
  if (number === undefined || found === undefined) return undefined;
  try {
    const [from, to] = [Unit.parse(found), Unit.parse(unit)];
    return from.scale === to.scale && from.convertsTo(to) ? Number(number) : Number(number) * from.factorTo(to);
  } catch {
    return undefined;
  }
}

/** A set of integers such as telescope ids, written as a list, one integer, or `"1,2,5-9"`. Components read a `Set`. */
export const INTEGERS: TraitType<DeclarationOfType<'integers'> & Range> = {
  members: RANGE_MEMBERS,
  isList: true,
  describe: (declaration) => `list of integers${rangeText(declaration)}, or "1,2,5-9"`,
  schema: (declaration) => ({
    type: 'array',
    integers: true,
    items: { type: 'integer', ...exactRange(declaration) },
  }),
  editorSchema: (declaration) => {
    const integer = { type: 'integer', ...rangeSchema(declaration) };
    return { anyOf: [integer, { type: 'array', items: integer }, { type: 'string', pattern: '^[-0-9, ]+$' }] };
  },
  flag: () => ({ isMultiple: true, helpValue: '1,2,5-9' }),
  flagText: (_, texts) => texts.join(','),
  normalize: (_, value: Json) => {
    if (typeof value === 'number') return [value];
    return typeof value === 'string' ? (integersOf(value) ?? value) : value;
  },
  runtime: (_, value) => new Set(value as readonly number[]),
};

/** Limit of the size of a set, far above the number of telescopes of any array: `1-999999999` must not exhaust the memory. */
const MAX_INTEGERS = 100_000;

/** Parses `1,2,5-9`; undefined for invalid text. */
function integersOf(text: string): number[] | undefined {
  const integers: number[] = [];
  for (const part of text.split(',')) {
    const range = /^(\d{1,9})(?:\s*-\s*(\d{1,9}))?$/.exec(part.trim());
    if (!range) return undefined;
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (last < first || integers.length + last - first >= MAX_INTEGERS) return undefined;
    for (let integer = first; integer <= last; integer++) integers.push(integer);
  }
  return integers;
}

/** Explains why a text is no set of integers, for the end of a message. */
export function integersMistake(text: string): string {
  const parts = text.split(',').map((part) => /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part.trim()));
  const ranges = parts.map((range) => [Number(range?.[1]), Number(range?.[2] ?? range?.[1])] as const);
  const backward = ranges.find(([first, last]) => last < first);
  if (backward !== undefined) return `; write ${backward[1]}-${backward[0]}`;
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0) > MAX_INTEGERS
    ? `; at most ${MAX_INTEGERS} integers are allowed`
    : '';
}

function rangeSchema({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: OpenRange): JsonSchema {
  return definedMembers({ minimum, maximum, exclusiveMinimum, exclusiveMaximum });
}

/** Larger integers are not exact. */
const LARGEST = Number.MAX_SAFE_INTEGER;

function exactRange({ minimum = -LARGEST, maximum = LARGEST }: Range): JsonSchema {
  return { minimum, maximum };
}

function unitText({ unit }: BaseDeclaration): string {
  return unit === undefined ? '' : ` in ${unit}`;
}

function rangeText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: OpenRange): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  const limits = [
    minimum === undefined ? [] : `at least ${minimum}`,
    exclusiveMinimum === undefined ? [] : `more than ${exclusiveMinimum}`,
    maximum === undefined ? [] : `at most ${maximum}`,
    exclusiveMaximum === undefined ? [] : `less than ${exclusiveMaximum}`,
  ].flat();
  return limits.length === 0 ? '' : `, ${limits.join(' and ')}`;
}
