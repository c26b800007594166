import { nameSome, printable } from '@cherenkit/errors';
import {
  classesWithTrait,
  describeDefault,
  describeTrait,
  formatPosition,
  layerValues,
  findPlaces,
  formerTraitHint,
  readTraitKey,
  type ComponentCatalog,
  type PlacedComponent,
} from '@cherenkit/core/internal';
import {
  CherenkitError,
  didYouMean,
  ExitCode,
  type Json,
  type PluginRegistry,
  type Run,
  type TraitDeclaration,
} from '@cherenkit/core';
import { resolvedArray } from './dry-run.js';

/**
 * Describes a trait and its value in a run as text: help, type, default, the value in each layer, the value used, and, if an
 * input was opened, the value of each telescope.
 *
 * @param key - `trait`, `Component.trait`, or `Parent.Component.trait`
 * @throws CherenkitError TRAIT_UNKNOWN
 */
export function explainTrait(key: string, run: Run): string {
  const { catalog } = run.plugins;
  const { classes: names, trait } = readTraitKey(key) ?? { classes: [], trait: key };
  const classes =
    names.length > 0 ? names.map((name) => findClass(name, run.plugins)) : [findClassOfTrait(trait, catalog)];
  const family = catalog.familyTraits(classes.at(-1) ?? '');
  if (!family.has(trait)) {
    const id = classes.at(-1) ?? '';
    const hint = formerTraitHint(trait, catalog.lineage(id)) ?? didYouMean(trait, family.keys());
    const message = `${id} has no trait ${trait}${hint}`;
    throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, message);
  }
  const plans = [...(run.sourcePlan ? [run.sourcePlan] : []), run.plan];
  const places = findPlaces(classes, plans, catalog)
    .map((place) => ({
      ...place,
      declaration: catalog.traits(place.ids.at(-1) ?? '').get(trait) ?? family.get(trait)?.[0],
    }))
    .filter((place): place is typeof place & { declaration: TraitDeclaration } => place.declaration !== undefined);
  return places.map((place) => explain(place, place.declaration, trait, run).map(printable).join('\n')).join('\n\n');
}

function findClass(name: string, { catalog, failureHint }: PluginRegistry): string {
  const id = catalog.idOf(name);
  if (id !== undefined) return id;
  const ids = catalog.ambiguous(name);
  const message =
    ids.length > 0
      ? `${name} is provided by several plugins; write ${ids.join(' or ')}`
      : `There is no component ${name}${didYouMean(name, catalog.ids)}${failureHint(name)}`;
  throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, message);
}

function findClassOfTrait(trait: string, catalog: ComponentCatalog): string {
  const found = classesWithTrait(catalog, trait).map(({ classId: id }) => id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const all = catalog.ids.flatMap((id) => [...catalog.traits(id).keys()]);
  const message =
    found.length > 1
      ? `Several components have a trait ${trait}: ${nameSome(found.map((id) => `${id}.${trait}`))}; give one of them`
      : `There is no trait ${trait}${formerTraitHint(trait) ?? (traitsOf(trait, catalog) || didYouMean(trait, all))}`;
  throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, message);
}

/** For the name of a component in place of that of a trait. */
function traitsOf(name: string, catalog: ComponentCatalog): string {
  const id = catalog.idOf(name);
  return id === undefined ? '' : `; the component ${name} has ${nameSome(catalog.traits(id).keys()) || 'no traits'}`;
}

function explain({ ids, planned }: PlacedComponent, declaration: TraitDeclaration, trait: string, run: Run): string[] {
  const { catalog } = run.plugins;
  const { layers = [] } = run.settings;
  const array = resolvedArray(run);
  const setting = planned?.settings.get(trait);
  const lines = [`${ids.join('.')}.${trait}`];
  if (declaration.help !== undefined) lines.push(`  ${declaration.help}`);
  lines.push(`  ${describeTrait(declaration)}`);
  const rows: [place: string, value: string, used: boolean][] = [];
  rows.push(['default', describeDefault(declaration), !setting?.source]);
  for (const source of layerValues(layers, catalog, ids, trait)) {
    rows.push([formatPosition(source.node.at), text(source.as(declaration).value), source === setting?.source]);
  }
  const width = Math.max(...rows.map(([place]) => place.length));
  for (const [place, value, used] of rows) {
    lines.push(`  ${place.padEnd(width)}  ${value}${used && planned ? '  <- used' : ''}`);
  }
  if (!planned) lines.push(`  ${notUsed(ids, run)}`);
  const table = planned && array && run.resolvedValues(planned)?.tables.get(trait);
  for (const [telId, value] of table ?? []) {
    lines.push(`  telescope ${telId} (${array?.subarray.typeOf(telId) ?? ''}): ${text(value)}`);
  }
  return lines;
}

/** Why a component has no place in the plan: the event source is known only once there is an input. */
function notUsed(ids: readonly string[], { plugins, sourcePlan }: Run): string {
  const id = ids.at(-1) ?? '';
  const isSource = plugins.catalog.find(id)?.entry.kind === 'EventSource';
  return isSource && !sourcePlan
    ? `used for inputs read by ${id}; give --input FILE to see the value used`
    : 'this component is not used in this run';
}

function text(value: Json): string {
  return JSON.stringify(value);
}
