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

/** A component as a plan has it, with the ids from the root down to it. */
export interface PlacedComponent {
  readonly ids: readonly string[];
  /** Undefined for one that the run does not use. */
  readonly planned: PlannedComponent | undefined;
}

/**
 * The components that a key such as `ShowerProcessor.StereoQualityQuery` speaks of: those of the plan, wherever they are.
 * A class may stand for its subclasses, and others may lie between. Where the run uses none, the places where it could be.
 *
 * @param classes - ids, the outermost first
 */
export function placesOf(
  classes: readonly string[],
  plans: readonly PlannedComponent[],
  catalog: ComponentCatalog,
): PlacedComponent[] {
  const all = plans.flatMap((plan) => [...placed(plan, [])]);
  const used = all.filter(({ ids }) => isNamed(ids, classes, catalog));
  if (used.length > 0) return used;
  const id = classes.at(-1) ?? '';
  const reach = SectionReach.in(catalog);
  const parents = all.filter(({ ids }) => reach.below(new Set(ids.slice(-1)), id).has(id));
  const places = parents.length > 0 ? parents.map(({ ids }) => [...ids, id]) : [[id]];
  return places.map((ids) => ({ ids, planned: undefined }));
}

function* placed(planned: PlannedComponent, above: readonly string[]): Generator<PlacedComponent> {
  const ids = [...above, planned.id];
  yield { ids, planned };
  for (const child of planned.children.values()) yield* placed(child, ids);
}

/** Whether the last is the last, and the others stand before it in this order. */
function isNamed(ids: readonly string[], classes: readonly string[], catalog: ComponentCatalog): boolean {
  const isA = (id: string | undefined, name: string | undefined): boolean =>
    id !== undefined && name !== undefined && catalog.lineage(id).includes(name);
  if (!isA(ids.at(-1), classes.at(-1))) return false;
  let wanted = classes.length - 2;
  for (let i = ids.length - 2; i >= 0 && wanted >= 0; i--) if (isA(ids[i], classes[wanted])) wanted--;
  return wanted < 0;
}

/** What each layer by itself gives a trait of a component, in the order of the layers; those that say nothing are left out. */
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

/** A trait of some class. */
export interface FoundTrait {
  readonly classId: string;
  readonly declaration: TraitDeclaration;
}

/** The classes that add a trait of this name, or replace one: what a key without a class may mean. */
export function classesWithTrait(catalog: ComponentCatalog, trait: string): FoundTrait[] {
  return catalog.ids.flatMap((classId) => {
    const declaration = catalog.find(classId)?.entry.traits?.[trait];
    return declaration ? [{ classId, declaration }] : [];
  });
}
