import type { BaseDeclaration } from '../trait-declaration.js';
import type { EditorNames, JsonSchema } from './trait-type.js';
import { TRAIT_TYPES, traitTypeOf } from './trait-types.js';

/** Returns the JSON Schema of the values of a trait, as normalized by `normalizedValue`. */
export function schemaOf(declaration: BaseDeclaration): JsonSchema {
  const value = valueSchema(declaration);
  return declaration.perTelescope ? rulesOr(value) : value;
}

function valueSchema(declaration: BaseDeclaration): JsonSchema {
  const { optional, unit, perTelescope } = declaration;
  const annotations = {
    ...(unit !== undefined && { unit }),
    ...(optional && { orNull: true }),
    ...(perTelescope && { perTelescope }),
  };
  const value = { ...traitTypeOf(declaration).schema(declaration, valueSchema), ...annotations };
  // if/then/else instead of anyOf, which would report each mistake once per branch.
  return optional ? { if: { type: 'null' }, then: {}, else: value } : value;
}

/** A value for all telescopes, or a list of rules. A single rule without the outer list, `[type, "LST*", 8]`, is rejected. */
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

/** Returns the JSON Schema of the values as written in a file, for editors: without custom keywords. */
export function editorSchemaOf(declaration: BaseDeclaration, names: EditorNames): JsonSchema {
  const value = editorValueSchema(declaration, names);
  if (!declaration.perTelescope) return value;
  const rules = { type: 'array', items: { anyOf: [editorRule('type', GLOB, value), editorRule('id', TEL_ID, value)] } };
  // A list always means rules. Where the values are lists as well, `if` selects the branch of the rules.
  return traitTypeOf(declaration).isList
    ? { if: { type: 'array' }, then: rules, else: value }
    : { anyOf: [value, rules] };
}

function editorValueSchema(declaration: BaseDeclaration, names: EditorNames): JsonSchema {
  const type = traitTypeOf(declaration);
  const itemSchema = (item: BaseDeclaration): JsonSchema => editorValueSchema(item, names);
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

/** Returns the JSON Schema of trait declarations in manifests. It refers to itself as `#/definitions/trait`. */
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
