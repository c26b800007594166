import { DECLARED_FIELDS } from '@cherenkit/expression';
import type { Container } from './container.js';
import { isWaveforms, waveformsOf } from './waveforms.js';

/**
 * Copies a value of a container: typed arrays, waveforms, lists, maps, plain objects and containers of any class, with all
 * that is in them. Objects of other classes are shared, not copied.
 */
function cloneValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : (value as Float64Array).slice();
  if (Array.isArray(value)) return value.map(cloneValue);
  if (value instanceof Map) return new Map(Array.from(value, ([key, each]) => [key, cloneValue(each)]));
  if (isWaveforms(value)) {
    const { samples, nChannels, nPixels, nSamples } = value;
    return waveformsOf(samples.slice(), nChannels, nPixels, nSamples);
  }
  if (isContainer(value)) return cloneContainer(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? cloneMembers(value, {}) : value;
}

/** Copies a container; the copy has the class of the original. */
export function cloneContainer<C extends Container>(container: C): C {
  return cloneMembers(container, Object.create(Object.getPrototypeOf(container) as object) as C);
}

function cloneMembers<T extends object>(source: object, copy: T): T {
  for (const [name, value] of Object.entries(source)) defineMember(copy, name, cloneValue(value));
  return copy;
}

/** Sets an own property. A plain assignment to `__proto__`, which data may contain, would change the class of the object. */
export function defineMember(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Whether a value is a container. Checked by brand: the class may come from another copy of core. */
export function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && DECLARED_FIELDS in value;
}
