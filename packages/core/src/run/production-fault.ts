import { Ajv } from 'ajv';
import { schemaMistake } from '../framework/component/traits/schema-mistake.js';
import { filesOfShard } from './files-of-shard.js';
import type { ProductionManifest, Shard } from './production-manifest.js';
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
  const { shards } = content as ProductionManifest;
  return repeatedFault(shards) ?? digestFault(shards) ?? rangeFault(shards);
}

/** Returns which name or output several shards have. */
function repeatedFault(shards: readonly Shard[]): string | undefined {
  for (const member of ['name', 'output'] as const) {
    const seen = new Set<string>();
    for (const { [member]: value } of shards) {
      if (seen.has(value)) return `several shards have the ${member} ${value}; expected one`;
      seen.add(value);
    }
  }
  return undefined;
}

/** Returns the first digest of a kind that this program does not compute. */
function digestFault(shards: readonly Shard[]): string | undefined {
  for (const shard of shards) {
    for (const { path, digest } of filesOfShard(shard)) {
      if (digest === undefined || /^(?:ends|sha256):/.test(digest)) continue;
      return `the digest of ${path} in the shard ${shard.name} is ${digest}; expected ends:... or sha256:...`;
    }
  }
  return undefined;
}

/**
 * Returns the first range of events that does not begin where the previous one of the same input ends, or that is empty. The number
 * of events of an input is not in the manifest: whether its last range is missing cannot be found.
 */
function rangeFault(shards: readonly Shard[]): string | undefined {
  const previousOf = new Map<string, Shard>();
  for (const [number, shard] of shards.entries()) {
    const { name, inputs, events: [first, end] = [0, Infinity] } = shard;
    if (first >= end) return `shards.${number}.events is [${first},${end}]; expected an end above the first event`;
    if (shard.events !== undefined && inputs.length > 1) {
      return `the shard ${name} has ${inputs.length} inputs and a range of events; expected one input`;
    }
    for (const { path } of inputs) {
      const previous = previousOf.get(path);
      const [, expected] = previous ? (previous.events ?? [0, Infinity]) : [0, 0];
      if (first !== expected) {
        const whole = expected === Infinity && `all events of ${path} are in the shard ${previous?.name}`;
        const found =
          whole || `expected event ${expected}, ${previous ? `where ${previous.name} ends` : 'the first one'}`;
        return `the shard ${name} of ${path} begins with event ${first}; ${found}`;
      }
      previousOf.set(path, shard);
    }
  }
  return undefined;
}

function placeOf(path: readonly string[]): string {
  return path.join('.') || 'the content';
}
