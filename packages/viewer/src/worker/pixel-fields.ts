import type { ArrayEvent } from '@cherenkit/core';

/** Values per pixel of a telescope by name: all arrays of an event that have one entry per pixel. */
export function pixelFieldsOf(
  read: ArrayEvent,
  processed: ArrayEvent,
  telId: number,
  nPixels: number,
): Map<string, ArrayLike<number>> {
  const fields = new Map<string, ArrayLike<number>>();
  const levels: readonly (readonly [string, unknown])[] = [
    ['dl1', processed.dl1.tel.get(telId)],
    ['simulation', processed.simulation?.tel.get(telId)],
    ['r1', read.r1.tel.get(telId)],
    ['monitoring', read.monitoring.tel.get(telId)?.camera],
  ];
  for (const [name, container] of levels) collect(container, name, nPixels, fields);
  return fields;
}

function collect(value: unknown, name: string, nPixels: number, fields: Map<string, ArrayLike<number>>): void {
  if (typeof value !== 'object' || value === null || 'samples' in value) return;
  if (ArrayBuffer.isView(value)) {
    const values = value as unknown as ArrayLike<number>;
    if (values.length === nPixels) fields.set(name, values);
    else if (values.length === 2 * nPixels) {
      const both = value as Float32Array;
      fields.set(`${name} (high gain)`, both.subarray(0, nPixels));
      fields.set(`${name} (low gain)`, both.subarray(nPixels));
    }
    return;
  }
  for (const [key, each] of Object.entries(value)) collect(each, `${name}.${key}`, nPixels, fields);
}
