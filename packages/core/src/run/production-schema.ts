import type { JsonSchema } from '../framework/component/traits/trait-type.js';

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

const FILE = { path: text, bytes: count, digest: text };

/** JSON Schema (draft 7) of manifests of productions. */
export const PRODUCTION_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Manifest of a production of Cherenkit',
  type: 'object',
  required: ['format', 'version', 'software', 'configuration', 'configurationDigest', 'shards'],
  additionalProperties: false,
  properties: {
    format: { const: 'cherenkit-production' },
    version: { const: 1 },
    software: {
      type: 'object',
      required: ['cherenkit'],
      additionalProperties: false,
      properties: { cherenkit: text, plugins: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    configuration: { type: 'object' },
    configurationDigest: text,
    resources: {
      type: 'object',
      additionalProperties: false,
      properties: { memoryBytes: count, seconds: { type: 'number', minimum: 0 } },
    },
    shards: { type: 'array', minItems: 1, items: { $ref: '#/definitions/shard' } },
  },
  definitions: {
    shard: {
      type: 'object',
      required: ['name', 'inputs', 'output'],
      additionalProperties: false,
      properties: {
        name: text,
        inputs: { type: 'array', minItems: 1, items: { $ref: '#/definitions/input' } },
        events: { type: 'array', minItems: 2, maxItems: 2, items: count },
        output: text,
      },
    },
    input: {
      type: 'object',
      required: ['path'],
      additionalProperties: false,
      properties: { ...FILE, others: { type: 'array', items: { $ref: '#/definitions/file' } } },
    },
    file: { type: 'object', required: ['path'], additionalProperties: false, properties: FILE },
  },
};
