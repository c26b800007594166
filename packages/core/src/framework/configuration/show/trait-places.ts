import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { SectionReach } from '../check/section-reach.js';
import type { PlannedComponent } from '../plan/component-plan.js';
import {
  sectionsFor,
  sectionsOf,
  valuesByLayer,
  type ConfigSection,
  type ConfigValue,
} from '../plan/config-section.js';
import type { ConfigLayer } from '../read/config-layer.js';

/** A component at its place in the tree of a run. */
export interface PlacedComponent {
  /** Class ids from the root to the component. */
  readonly ids: readonly string[];
  /** Undefined if the run does not use the component. */
  readonly planned: PlannedComponent | undefined;
}

/**
 * Finds the components that a key such as `ShowerProcessor.StereoQualityQuery` refers to, anywhere in the plans. A class
 * matches its subclasses, and other components may lie between two classes.
 *
 * @param classes - class ids, outermost first
 * @returns the matching components; if the run uses none, the places where it could be used
 */
export function findPlaces(
  classes: readonly string[],
  plans: readonly PlannedComponent[],
  catalog: ComponentCatalog,
): PlacedComponent[] {
  const all = plans.flatMap((plan) => [...walkPlaces(plan, [])]);
  const used = all.filter(({ ids }) => matchesClasses(ids, classes, catalog));
  if (used.length > 0) return used;
  const id = classes.at(-1) ?? '';
  const reach = SectionReach.in(catalog);
  const parents = all.filter(({ ids }) => reach.below(new Set(ids.slice(-1)), id).has(id));
  const places = parents.length > 0 ? parents.map(({ ids }) => [...ids, id]) : [[id]];
  return places.map((ids) => ({ ids, planned: undefined }));
}

function* walkPlaces(planned: PlannedComponent, above: readonly string[]): Generator<PlacedComponent> {
  const ids = [...above, planned.id];
  yield { ids, planned };
  for (const child of planned.children.values()) yield* walkPlaces(child, ids);
}

/** Whether the last id matches the last class, and the ids before it contain the other classes in this order. */
function matchesClasses(ids: readonly string[], classes: readonly string[], catalog: ComponentCatalog): boolean {
  const isA = (id: string | undefined, name: string | undefined): boolean =>
    id !== undefined && name !== undefined && catalog.lineage(id).includes(name);
  if (!isA(ids.at(-1), classes.at(-1))) return false;
  let wanted = classes.length - 2;
  for (let i = ids.length - 2; i >= 0 && wanted >= 0; i--) if (isA(ids[i], classes[wanted])) wanted--;
  return wanted < 0;
}

/** Returns the value that each layer alone would set for a trait of a component, in order; layers without a value are skipped. */
export function layerValues(
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
  ids: readonly string[],
  trait: string,
): ConfigValue[] {
  const outermost = layers.map((layer) => sectionsOf(layer, catalog));
  let sections: readonly ConfigSection[] = [];
  for (const id of ids) sections = sectionsFor(catalog.lineage(id), outermost, sections);
  const values = valuesByLayer(sections, trait);
  return layers.flatMap((layer) => values.get(layer) ?? []);
}

/** A trait and its class. */
export interface FoundTrait {
  readonly classId: string;
  readonly declaration: TraitDeclaration;
}

/** Finds the classes that declare a trait of this name: candidates for a key without a class. */
export function classesWithTrait(catalog: ComponentCatalog, trait: string): FoundTrait[] {
  return catalog.ids.flatMap((classId) => {
    const declaration = catalog.find(classId)?.entry.traits?.[trait];
    return declaration ? [{ classId, declaration }] : [];
  });
}
