import type { BaseDeclaration } from '../trait-declaration.js';
import { definedMembers, type DeclarationOfType, type TraitType } from './trait-type.js';

/** JSON Schema of the declaration of an item, within the schema of manifests. */
const ITEM_DECLARATION = { $ref: '#/definitions/trait' };

/** Declaration of a list. */
export interface ListDeclaration extends DeclarationOfType<'list'> {
  readonly items: BaseDeclaration;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A list whose items share one declaration. */
export const LIST: TraitType<ListDeclaration> = {
  members: { items: ITEM_DECLARATION, minItems: { type: 'integer' }, maxItems: { type: 'integer' } },
  required: ['items'],
  isList: true,
  acceptsSingleItem: true,
  describe: ({ items, unit }, describeItem) => `list of (${describeItem(items)})${unitText(unit)}`,
  schema: ({ items, minItems, maxItems }, itemSchema) => ({
    type: 'array',
    items: itemSchema(items),
    ...definedMembers({ minItems, maxItems }),
  }),
  flag: ({ items }, itemFlag) => {
    const { choices, helpValue } = itemFlag(items);
    return { isMultiple: true, ...(choices && { choices }), helpValue };
  },
  flagText: ({ items }, texts, isTextItem) => {
    const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim());
    return isTextItem(items) ? JSON.stringify(parts) : `[${parts.join(', ')}]`;
  },
  items: ({ items }) => [items],
  itemAt: ({ items }) => items,
};

/** Declaration of a list of fixed length. */
export interface TupleDeclaration extends DeclarationOfType<'tuple'> {
  readonly items: readonly BaseDeclaration[];
}

/** A list of fixed length with one declaration per item. */
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
