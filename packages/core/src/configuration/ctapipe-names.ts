import type { Json } from '../component/trait-declaration.js';
import { CTAPIPE_CLASSES } from './ctapipe-classes.js';

/** Whether ctapipe has a configurable class of this name. */
export function isCtapipeClass(name: string): boolean {
  return Object.hasOwn(CTAPIPE_CLASSES, name);
}

/** Whether ctapipe has a component of this name that can stand where one of this kind is asked for. */
export function ctapipeHasKind(name: string, kind: string): boolean {
  return lineageOf(name).includes(kind);
}

/**
 * Whether a class of ctapipe has a trait of this name, inherited ones included, or, as a section of a base class may set
 * what its subclasses have, one of these.
 */
export function ctapipeFamilyHasTrait(className: string, trait: string): boolean {
  return (
    ctapipeDefault(className, trait) !== undefined ||
    Object.keys(CTAPIPE_CLASSES).some(
      (other) => lineageOf(other).includes(className) && ctapipeDefault(other, trait) !== undefined,
    )
  );
}

/** The default that a class of ctapipe has for a trait, wrapped, as it may be null; empty when JSON cannot say it; undefined for no such trait. */
export function ctapipeDefault(className: string, trait: string): { readonly value?: Json } | undefined {
  for (const name of lineageOf(className)) {
    const { traits = {}, withoutDefault = [] } = CTAPIPE_CLASSES[name] ?? {};
    if (Object.hasOwn(traits, trait)) return { value: traits[trait] ?? null };
    if (withoutDefault.includes(trait)) return {};
  }
  return undefined;
}

/** The class and its bases, the most special first. */
function lineageOf(name: string): string[] {
  const lineage: string[] = [];
  let current: string | undefined = name;
  while (current !== undefined && isCtapipeClass(current)) {
    lineage.push(current);
    current = CTAPIPE_CLASSES[current]?.extends;
  }
  return lineage;
}
