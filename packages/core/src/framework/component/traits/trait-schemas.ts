import type { AnyDeclaration } from '../trait-declaration.js';
import type { EditorNames, JsonSchema } from './trait-type.js';
import { TRAIT_TYPES, typeOf } from './trait-types.js';

/** The schema that checks the values of a trait, as `spelledValue` returns them. */
export function schemaOf(declaration: AnyDeclaration): JsonSchema {
  const value = valueSchema(declaration);
  return declaration.perTelescope ? rulesOr(value) : value;
}

function valueSchema(declaration: AnyDeclaration): JsonSchema {
  const { optional, unit } = declaration;
  const annotations = { ...(unit !== undefined && { unit }), ...(optional && { orNull: true }) };
  const value = { ...typeOf(declaration).schema(declaration, valueSchema), ...annotations };
  // if/then/else, since anyOf would report each mistake once per branch.
  return optional ? { if: { type: 'null' }, then: {}, else: value } : value;
}

/** A value for all telescopes, or rules. A list is always rules; `[type, "LST*", 8]` alone is a mistake of its own. */
function rulesOr(value: JsonSchema): JsonSchema {
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

/** The schema of the values that people may write for a trait, for editors: without keywords of ours. */
export function editorSchemaOf(declaration: AnyDeclaration, names: EditorNames): JsonSchema {
  const value = editorValueSchema(declaration, names);
  if (!declaration.perTelescope) return value;
  const rules = { type: 'array', items: { anyOf: [editorRule('type', GLOB, value), editorRule('id', TEL_ID, value)] } };
  // A list is rules; where values are lists, too, an editor has to be told which branch a list belongs to.
  return typeOf(declaration).isList ? { if: { type: 'array' }, then: rules, else: value } : { anyOf: [value, rules] };
}

function editorValueSchema(declaration: AnyDeclaration, names: EditorNames): JsonSchema {
  const type = typeOf(declaration);
  const itemSchema = (item: AnyDeclaration): JsonSchema => editorValueSchema(item, names);
  const value = type.editorSchema?.(declaration, itemSchema, names) ?? type.schema(declaration, itemSchema);
  return declaration.optional ? { anyOf: [value, { type: 'null' }] } : value;
}

const GLOB = { type: 'string', minLength: 1 };
const TEL_ID = {
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', pattern: '^[0-9]+$' },
  ],
};

function editorRule(command: string, argument: JsonSchema, value: JsonSchema): JsonSchema {
  return { type: 'array', items: [{ const: command }, argument, value], minItems: 3, maxItems: 3 };
}

/** The schema of declarations in manifests. To be the definition `trait` of a schema: it refers to itself by this name. */
export function declarationSchema(): JsonSchema {
  return {
    type: 'object',
    required: ['type'],
    properties: {
      type: { enum: Object.keys(TRAIT_TYPES) },
      help: { type: 'string' },
      unit: { type: 'string' },
      optional: { const: true },
      perTelescope: { const: true },
    },
    allOf: Object.entries(TRAIT_TYPES).map(([name, { members = {}, required = [] }]) => ({
      if: { required: ['type'], properties: { type: { const: name } } },
      then: { properties: members, required },
    })),
  };
}
