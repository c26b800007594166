import type { ValidateFunction } from 'ajv';
import { schemaMistake } from '../component/traits/schema-mistake.js';
import { declarationSchema } from '../component/traits/trait-schemas.js';
import type { JsonSchema } from '../component/traits/trait-type.js';
import type { PluginManifest } from './plugin-manifest.js';

/** A manifest that was checked, or what keeps plain data from being one. */
export type CheckedManifest = { readonly manifest: PluginManifest } | { readonly fault: string };

/**
 * Checks that plain data, such as the content of a file, has the shape of a manifest.
 *
 * Only the first mistake is reported: manifests are generated, so the remedy is to generate it again.
 */
export async function checkManifest(value: unknown): Promise<CheckedManifest> {
  const validate = await (validator ??= compile());
  if (validate(value)) return { manifest: value as PluginManifest };
  const [mistake] = (validate.errors ?? []).flatMap((error) => schemaMistake(error) ?? []);
  const { path = [], expected = 'a manifest', found = 'missing' } = mistake ?? {};
  return { fault: `${path.join('.') || 'it'} is ${found}; expected ${expected}` };
}

let validator: Promise<ValidateFunction> | undefined;

/** Only plugins beside the built-in ones are checked; a run without any does not wait for the library. */
async function compile(): Promise<ValidateFunction> {
  const { Ajv } = await import('ajv');
  return new Ajv({ verbose: true, validateSchema: false, strict: false }).compile(manifestSchema());
}

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
