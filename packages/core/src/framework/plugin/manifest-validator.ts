import { checkExpression } from '@cherenkit/expression';
import { Ajv } from 'ajv';
import { schemaMistake } from '../component/traits/schema-mistake.js';
import { declarationSchema, schemaOf } from '../component/traits/trait-schemas.js';
import type { JsonSchema } from '../component/traits/trait-type.js';
import type { TraitDeclaration } from '../component/traits/trait-types.js';
import { normalizedValue } from '../component/traits/trait-values.js';
import { isPlainlyValid } from '../configuration/check/plainly-valid.js';
import { SchemaValidator } from '../configuration/check/schema-validator.js';
import type { PluginManifest } from './plugin-manifest.js';

/** Returns the first mistake in a manifest; undefined for a valid one. */
export function manifestFault(value: unknown): string | undefined {
  if (validate(value)) return traitFault(value as PluginManifest);
  const [mistake] = (validate.errors ?? []).flatMap((error) => schemaMistake(error) ?? []);
  const { path = [], expected = 'a manifest', found = 'missing' } = mistake ?? {};
  return `${path.join('.') || 'it'} is ${found}; expected ${expected}`;
}

/** Returns the first name of a trait that configurations cannot use, or default that the trait itself does not accept. */
function traitFault({ components }: PluginManifest): string | undefined {
  for (const [component, { traits = {} }] of Object.entries(components)) {
    for (const [name, declaration] of Object.entries(traits)) {
      if (!/^[a-z]\w*$/.test(name))
        return `components.${component}.traits has ${name}; expected a name such as min_size`;
      const fault = defaultFault(declaration);
      if (fault !== undefined) return `components.${component}.traits.${name}.default${fault}`;
    }
  }
  return undefined;
}

function defaultFault(declaration: TraitDeclaration): string | undefined {
  if (declaration.default === undefined) return undefined;
  const value = normalizedValue(declaration, declaration.default, () => undefined);
  const schema = schemaOf(declaration);
  if (isPlainlyValid(schema, value)) return undefined;
  const [mistake] = defaults.errorsOf(schema, value).flatMap((error) => schemaMistake(error) ?? []);
  if (!mistake) return undefined;
  const { path, expected, found = 'missing' } = mistake;
  return `${path.map((key) => `.${key}`).join('')} is ${found}; expected ${expected}`;
}

/** The components that defaults name may belong to other plugins: their names are checked when they are used. */
const defaults = new SchemaValidator(
  () => true,
  ({ names, isCondition }, text) => checkExpression(text, { names, isCondition }) === undefined,
);

const validate = new Ajv({ verbose: true, validateSchema: false, strict: false }).compile(manifestSchema());

function manifestSchema(): JsonSchema {
  const name = { type: 'string', minLength: 1 };
  const names = { type: 'array', items: { type: 'string' } };
  return {
    type: 'object',
    required: ['name', 'apiVersion', 'components'],
    properties: {
      name,
      apiVersion: { type: 'number' },
      components: { type: 'object', additionalProperties: { $ref: '#/definitions/component' } },
      services: { type: 'object', additionalProperties: names },
      sharesState: { const: true },
    },
    definitions: {
      component: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: name,
          abstract: { const: true },
          extends: { type: 'string' },
          mixins: names,
          help: { type: 'string' },
          children: names,
          recognises: { type: 'array', items: { type: 'object' } },
          command: { $ref: '#/definitions/command' },
          traits: { type: 'object', additionalProperties: { $ref: '#/definitions/trait' } },
        },
      },
      command: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          description: { type: 'string' },
          examples: names,
          usesThreads: { const: true },
          processesRanges: { const: true },
          servesPage: { const: true },
          positional: {
            type: 'object',
            required: ['trait', 'name'],
            properties: { trait: { type: 'string' }, name: { type: 'string' }, help: { type: 'string' } },
          },
          input: { type: 'string' },
          flags: {
            type: 'object',
            additionalProperties: {
              type: 'object',
              required: ['trait'],
              properties: {
                trait: { type: 'string' },
                letter: { type: 'string', minLength: 1, maxLength: 1 },
                required: { const: true },
                group: { type: 'string' },
                help: { type: 'string' },
              },
            },
          },
        },
      },
      trait: declarationSchema(),
    },
  };
}
