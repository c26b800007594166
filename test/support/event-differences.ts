import { Container } from '@cherenkit/core';

/** The paths at which two events, or parts of events, differ by at least a bit. */
export function eventDifferences(a: unknown, b: unknown, path = 'event'): string[] {
  if (Object.is(a, b)) return [];
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const [x, y] = [a, b].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
    return a.constructor === b.constructor && x.equals(y) ? [] : [`${path}: ${describe(a)} and ${describe(b)}`];
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return [`${path}: ${describe(a)} and ${describe(b)}`];
  }
  const [x, y] = [entriesOf(a), entriesOf(b)];
  const keys = [...new Set([...x.keys(), ...y.keys()])];
  return keys.flatMap((key) => eventDifferences(x.get(key), y.get(key), `${path}.${String(key)}`));
}

/** The named contents of an object: fields of a container, entries of a map, or properties of waveforms. */
function entriesOf(value: object): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  if (value instanceof Container)
    return new Map(Object.keys(value.fields).map((key) => [key, Reflect.get(value, key)]));
  if ('samples' in value) {
    return new Map(['nChannels', 'nPixels', 'nSamples', 'samples'].map((key) => [key, Reflect.get(value, key)]));
  }
  return new Map(Object.entries(value));
}

function describe(value: unknown): string {
  return ArrayBuffer.isView(value) ? `${value.constructor.name}(${value.byteLength} bytes)` : String(value);
}
