import { Ajv } from 'ajv';
import { schemaMistake } from '../framework/component/traits/schema-mistake.js';
import { PRODUCTION_SCHEMA } from './production-schema.js';

const validate = new Ajv({ verbose: true, validateSchema: false, strict: false }).compile(PRODUCTION_SCHEMA);

/** Returns the first mistake in the content of a manifest; undefined for a valid one. */
export function productionFault(content: unknown): string | undefined {
  if (!validate(content)) {
    const [error] = validate.errors ?? [];
    if (error?.keyword === 'additionalProperties') {
      const { additionalProperty } = error.params as { readonly additionalProperty: string };
      return `${placeOf(error.instancePath.split('/').slice(1))} has an unknown member ${additionalProperty}`;
    }
    const mistake = error && schemaMistake(error);
    const { path = [], expected = 'a manifest', found = 'missing' } = mistake ?? {};
    return `${placeOf(path)} is ${found}; expected ${expected}`;
  }
  return repeatedFault((content as { readonly shards: readonly ShardIdentity[] }).shards);
}

interface ShardIdentity {
  readonly name: string;
  readonly output: string;
}

/** Returns which name or output several shards have. */
function repeatedFault(shards: readonly ShardIdentity[]): string | undefined {
  for (const member of ['name', 'output'] as const) {
    const seen = new Set<string>();
    for (const { [member]: value } of shards) {
      if (seen.has(value)) return `several shards have the ${member} ${value}; expected one`;
      seen.add(value);
    }
  }
  return undefined;
}

function placeOf(path: readonly string[]): string {
  return path.join('.') || 'the content';
}
