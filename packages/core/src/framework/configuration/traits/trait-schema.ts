import type { TraitDeclaration } from '../../component/trait-declaration.js';

/**
 * JSON Schema (draft 7), with keywords of ours: `component` (a kind), `expression` (the names it may use, or true) and
 * `glob` are checked; `unit`, `rule`, `integers` and `orNull` word the messages.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The schema of the values that a configuration may give a trait. */
export function schemaOf(declaration: TraitDeclaration): JsonSchema {
  const value = valueSchema(declaration);
  return declaration.perTelescope ? perTelescope(value) : value;
}

function valueSchema(declaration: TraitDeclaration): JsonSchema {
  const { optional, unit } = declaration;
  const annotations = { ...(unit !== undefined && { unit }), ...(optional && { orNull: true }) };
  const value = { ...plainSchema(declaration), ...annotations };
  // if/then/else and no anyOf, which would tell each mistake once per branch.
  return optional ? { if: { type: 'null' }, then: {}, else: value } : value;
}

function plainSchema(declaration: TraitDeclaration): JsonSchema {
  switch (declaration.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'string':
    case 'path':
      return { type: 'string' };
    case 'expression':
      return { type: 'string', expression: declaration.names ?? true };
    case 'dictionary':
      return { type: 'object' };
    case 'integer':
    case 'number':
      return { type: declaration.type, ...rangeOf(declaration) };
    case 'integers':
      return { type: 'array', integers: true, items: { type: 'integer', ...rangeOf(declaration) } };
    case 'choice':
      // No type beside it: a number would be two mistakes.
      return { enum: declaration.choices };
    case 'component':
      return { type: 'string', component: declaration.kind };
    case 'list': {
      const { items, minItems, maxItems } = declaration;
      const limits = { ...(minItems !== undefined && { minItems }), ...(maxItems !== undefined && { maxItems }) };
      return { type: 'array', items: valueSchema(items), ...limits };
    }
    case 'tuple': {
      const { length } = declaration.items;
      return { type: 'array', items: declaration.items.map(valueSchema), minItems: length, maxItems: length };
    }
  }
}

function rangeOf({ minimum, maximum }: { minimum?: number; maximum?: number }): JsonSchema {
  return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
}

/** A plain value for all telescopes, or rules. A list is always rules; `[type, "LST*", 8]` alone is a mistake of its own. */
function perTelescope(value: JsonSchema): JsonSchema {
  const rule = {
    type: 'array',
    rule: true,
    minItems: 3,
    maxItems: 3,
    items: [{ enum: ['type', 'id'] }, {}, value],
    if: { items: [{ const: 'id' }] },
    then: { items: [{}, { type: 'integer', minimum: 0 }] },
    else: { items: [{}, { type: 'string', glob: true }] },
  };
  const rules = { if: { minItems: 1, items: [{ enum: ['type', 'id'] }] }, then: false, else: { items: rule } };
  return { if: { type: 'array' }, then: rules, else: value };
}
