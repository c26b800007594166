import { Ajv } from 'ajv';
import { schemaMistake } from '../component/traits/schema-mistake.js';
import { declarationSchema } from '../component/traits/trait-schemas.js';
import type { JsonSchema } from '../component/traits/trait-type.js';

/** Returns the first mistake in a manifest; undefined for a valid one. */
export function manifestFault(value: unknown): string | undefined {
  if (validate(value)) return undefined;
  const [mistake] = (validate.errors ?? []).flatMap((error) => schemaMistake(error) ?? []);
  const { path = [], expected = 'a manifest', found = 'missing' } = mistake ?? {};
  return `${path.join('.') || 'it'} is ${found}; expected ${expected}`;
}

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
      services: names,
    },
    definitions: {
      component: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: name,
          abstract: { const: true },
          extends: { type: 'string' },
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
