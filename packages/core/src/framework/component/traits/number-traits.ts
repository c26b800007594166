import type { AnyDeclaration, Json } from '../trait-declaration.js';
import { given, type Declared, type JsonSchema, type TraitType } from './trait-type.js';

export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

const RANGE_MEMBERS = { minimum: { type: 'number' }, maximum: { type: 'number' } };

export const NUMBER: TraitType<Declared<'number'> & Range> = {
  members: RANGE_MEMBERS,
  describe: (declaration) => `number${unitText(declaration)}${rangeText(declaration)}`,
  schema: (declaration) => ({ type: 'number', ...rangeSchema(declaration) }),
  flag: ({ unit }) => ({ helpValue: unit ?? 'NUMBER' }),
};

export const INTEGER: TraitType<Declared<'integer'> & Range> = {
  members: RANGE_MEMBERS,
  describe: (declaration) => `integer${unitText(declaration)}${rangeText(declaration)}`,
  schema: (declaration) => ({ type: 'integer', ...rangeSchema(declaration) }),
  flag: () => ({ helpValue: 'N' }),
};

/** A set of integers such as telescope ids: a list, one integer, or `"1,2,5-9"`. Components read a `Set`. */
export const INTEGERS: TraitType<Declared<'integers'> & Range> = {
  members: RANGE_MEMBERS,
  isList: true,
  describe: (declaration) => `list of integers${rangeText(declaration)}, or "1,2,5-9"`,
  schema: (declaration) => ({
    type: 'array',
    integers: true,
    items: { type: 'integer', ...rangeSchema(declaration) },
  }),
  editorSchema: (declaration) => {
    const integer = { type: 'integer', ...rangeSchema(declaration) };
    return { anyOf: [integer, { type: 'array', items: integer }, { type: 'string', pattern: '^[-0-9, ]+$' }] };
  },
  flag: () => ({ takesSeveral: true, helpValue: '1,2,5-9' }),
  flagText: (_, texts) => texts.join(','),
  spell: (_, value: Json) => {
    if (typeof value === 'number') return [value];
    return typeof value === 'string' ? (integersOf(value) ?? value) : value;
  },
  runtime: (_, value) => new Set(value as readonly number[]),
};

/** More than any array has telescopes: `1-999999999` shall not fill the memory. */
const MOST_INTEGERS = 100_000;

/** The integers of `1,2,5-9`; undefined for any other text. */
function integersOf(text: string): number[] | undefined {
  const integers: number[] = [];
  for (const part of text.split(',')) {
    const range = /^(\d{1,9})(?:\s*-\s*(\d{1,9}))?$/.exec(part.trim());
    if (!range) return undefined;
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (last < first || integers.length + last - first >= MOST_INTEGERS) return undefined;
    for (let integer = first; integer <= last; integer++) integers.push(integer);
  }
  return integers;
}

function rangeSchema({ minimum, maximum }: Range): JsonSchema {
  return given({ minimum, maximum });
}

function unitText({ unit }: AnyDeclaration): string {
  return unit === undefined ? '' : ` in ${unit}`;
}

function rangeText({ minimum, maximum }: Range): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}
