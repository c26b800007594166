import { Container } from '@cherenkit/core';

/** Deep copy of the data in a value. Containers become plain objects; functions are omitted. */
export function snapshotOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return 'slice' in value ? (value as Uint8Array).slice() : value;
  if (Array.isArray(value)) return value.map(snapshotOf);
  if (value instanceof Map)
    return new Map([...value].map(([key, member]): [unknown, unknown] => [key, snapshotOf(member)]));
  if (value instanceof Set) return new Set(value);
  // Samples may be decoded lazily by a getter.
  if ('samples' in value && 'nSamples' in value) {
    const { samples, nChannels, nPixels, nSamples } = value as Readonly<Record<string, unknown>>;
    return { samples: snapshotOf(samples), nChannels, nPixels, nSamples };
  }
  const names = value instanceof Container ? Object.keys(value.fields) : Object.keys(value);
  const members = names.map((name): [string, unknown] => [name, (value as Readonly<Record<string, unknown>>)[name]]);
  return Object.fromEntries(
    members.filter(([, member]) => typeof member !== 'function').map(([name, member]) => [name, snapshotOf(member)]),
  );
}

/**
 * Describes the first difference between two snapshots: `dl1.tel[1].image[7]: 3.5, was 2`; undefined if they are equal. NaN
 * equals NaN.
 */
export function firstDifference(now: unknown, before: unknown, path = ''): string | undefined {
  if (Object.is(now, before) || now === before) return undefined;
  if (now instanceof Map && before instanceof Map) return ofEntries(now, before, (key) => `${path}[${String(key)}]`);
  if (now instanceof Set && before instanceof Set) return firstDifference([...now], [...before], path);
  if (isList(now) && isList(before)) {
    const length = Math.max(now.length, before.length);
    for (let i = 0; i < length; i++) {
      const found = firstDifference(now[i], before[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isRecord(now) && isRecord(before)) {
    return ofEntries(new Map(Object.entries(now)), new Map(Object.entries(before)), (key) =>
      path ? `${path}.${key}` : key,
    );
  }
  return `${path || 'the result'}: ${describe(now)}, was ${describe(before)}`;
}

function ofEntries<K>(
  now: ReadonlyMap<K, unknown>,
  before: ReadonlyMap<K, unknown>,
  place: (key: K) => string,
): string | undefined {
  for (const key of new Set([...now.keys(), ...before.keys()])) {
    const found = firstDifference(now.get(key), before.get(key), place(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Map) && !(value instanceof Set)
  );
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
