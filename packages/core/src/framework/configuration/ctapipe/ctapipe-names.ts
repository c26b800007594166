import type { Json } from '../../component/trait-declaration.js';
import { CTAPIPE_CLASSES } from './ctapipe-classes.js';
import { FORMER_CTAPIPE_CLASSES } from './former-ctapipe-classes.js';

/** Whether ctapipe has a configurable class of this name. */
export function isCtapipeClass(name: string): boolean {
  return Object.hasOwn(CTAPIPE_CLASSES, name);
}

/** Whether ctapipe has a component of this name that can stand where one of this kind is asked for. */
export function ctapipeHasKind(name: string, kind: string): boolean {
  return lineageOf(name).includes(kind);
}

/** Names of the configurable classes of ctapipe, and of those that it does not have any more. */
export function knownCtapipeClasses(): string[] {
  return [...Object.keys(CTAPIPE_CLASSES), ...FORMER_CTAPIPE_CLASSES.keys()].sort();
}

/** Names of the components of ctapipe that can stand where one of this kind is asked for. */
export function ctapipeClassesOfKind(kind: string): string[] {
  return Object.keys(CTAPIPE_CLASSES).filter((name) => name !== kind && ctapipeHasKind(name, kind));
}

/** The last version of ctapipe that had a configurable class of this name; undefined for one that it has, or never had. */
export function lastVersionOf(name: string): string | undefined {
  return FORMER_CTAPIPE_CLASSES.get(name);
}

/**
 * The traits that a section of a class of ctapipe may set: its own, inherited ones included, and, as a section of a base
 * class speaks to its subclasses, theirs.
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

/** The default that a class of ctapipe has for a trait, wrapped, as it may be null; empty when JSON cannot say it; undefined for no such trait. */
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
