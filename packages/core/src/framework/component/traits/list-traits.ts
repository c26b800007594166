import type { AnyDeclaration } from '../trait-declaration.js';
import { given, type Declared, type TraitType } from './trait-type.js';

/** The declaration of an item, in the JSON Schema of manifests. */
const ITEM_DECLARATION = { $ref: '#/definitions/trait' };

export interface ListDeclaration extends Declared<'list'> {
  readonly items: AnyDeclaration;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A list whose items are all declared alike. */
export const LIST: TraitType<ListDeclaration> = {
  members: { items: ITEM_DECLARATION, minItems: { type: 'integer' }, maxItems: { type: 'integer' } },
  required: ['items'],
  isList: true,
  takesOneItem: true,
  describe: ({ items, unit }, describeItem) => `list of (${describeItem(items)})${unitText(unit)}`,
  schema: ({ items, minItems, maxItems }, itemSchema) => ({
    type: 'array',
    items: itemSchema(items),
    ...given({ minItems, maxItems }),
  }),
  flag: ({ items }, itemFlag) => {
    const { choices, helpValue } = itemFlag(items);
    return { takesSeveral: true, ...(choices && { choices }), helpValue };
  },
  flagText: ({ items }, texts, isTextItem) => {
    const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim());
    return isTextItem(items) ? JSON.stringify(parts) : `[${parts.join(', ')}]`;
  },
  items: ({ items }) => [items],
  itemAt: ({ items }) => items,
};

export interface TupleDeclaration extends Declared<'tuple'> {
  readonly items: readonly AnyDeclaration[];
}

/** A list of fixed length, each place declared by itself. */
export const TUPLE: TraitType<TupleDeclaration> = {
  members: { items: { type: 'array', items: ITEM_DECLARATION } },
  required: ['items'],
  isList: true,
  describe: ({ items, unit }, describeItem) => `[${items.map(describeItem).join(', ')}]${unitText(unit)}`,
  schema: ({ items }, itemSchema) => ({
    type: 'array',
    items: items.map(itemSchema),
    minItems: items.length,
    maxItems: items.length,
  }),
  flag: ({ items }, itemFlag) => ({ helpValue: `[${items.map((item) => itemFlag(item).helpValue).join(', ')}]` }),
  items: ({ items }) => items,
  itemAt: ({ items }, index) => items[index],
};

function unitText(unit: string | undefined): string {
  return unit === undefined ? '' : ` in ${unit}`;
}
