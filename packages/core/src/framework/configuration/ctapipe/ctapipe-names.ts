import type { Json } from '../../component/trait-declaration.js';
import { CTAPIPE_CLASSES } from './ctapipe-classes.js';
import { FORMER_CTAPIPE_CLASSES } from './former-ctapipe-classes.js';

/** Whether ctapipe has a configurable class of this name. */
export function isCtapipeClass(name: string): boolean {
  return Object.hasOwn(CTAPIPE_CLASSES, name);
}

/** Whether ctapipe has a component of this name and kind. */
export function ctapipeHasKind(name: string, kind: string): boolean {
  return lineageOf(name).includes(kind);
}

/** Returns the names of all configurable classes of ctapipe, including removed ones. */
export function knownCtapipeClasses(): string[] {
  return [...Object.keys(CTAPIPE_CLASSES), ...FORMER_CTAPIPE_CLASSES.keys()].sort();
}

/** Returns the names of ctapipe's components of a kind. */
export function ctapipeClassesOfKind(kind: string): string[] {
  return Object.keys(CTAPIPE_CLASSES).filter((name) => name !== kind && ctapipeHasKind(name, kind));
}

/** Returns the last version of ctapipe with a class that has been removed; undefined for any other name. */
export function lastVersionOf(name: string): string | undefined {
  return FORMER_CTAPIPE_CLASSES.get(name);
}

/**
 * Returns the traits that the section of a class of ctapipe may set: its own and inherited ones, and those of its
 * subclasses, since the section of a base class applies to them as well.
 */
export function ctapipeFamilyTraits(className: string): ReadonlySet<string> {
  if (!isCtapipeClass(className)) return NO_TRAITS;
  const known = families.get(className);
  if (known) return known;
  const subclasses = Object.keys(CTAPIPE_CLASSES).filter((other) => lineageOf(other).includes(className));
  const traits = new Set([...lineageOf(className), ...subclasses].flatMap(ownTraitsOf));
  families.set(className, traits);
  return traits;
}

const families = new Map<string, ReadonlySet<string>>();
const NO_TRAITS: ReadonlySet<string> = new Set();

/**
 * Returns the default of a trait of a class of ctapipe, wrapped since it may be null.
 *
 * @returns an empty object if JSON cannot represent the default; undefined for an unknown trait
 */
export function ctapipeDefault(className: string, trait: string): { readonly value?: Json } | undefined {
  for (const name of lineageOf(className)) {
    const { traits = {}, withoutDefault = [] } = CTAPIPE_CLASSES[name] ?? {};
    if (Object.hasOwn(traits, trait)) return { value: traits[trait] ?? null };
    if (withoutDefault.includes(trait)) return {};
  }
  return undefined;
}

function ownTraitsOf(name: string): string[] {
  const { traits = {}, withoutDefault = [] } = CTAPIPE_CLASSES[name] ?? {};
  return [...Object.keys(traits), ...withoutDefault];
}

/** Returns the class and its base classes, most specific first. */
function lineageOf(name: string): string[] {
  const lineage: string[] = [];
  let current: string | undefined = name;
  while (current !== undefined && isCtapipeClass(current)) {
    lineage.push(current);
    current = CTAPIPE_CLASSES[current]?.extends;
  }
  return lineage;
}
