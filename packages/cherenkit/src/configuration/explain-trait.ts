import {
  classesWithTrait,
  describeDefault,
  describeTrait,
  formatPosition,
  layerValues,
  findPlaces,
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
 * All that is known of a trait in a run, in words: help, type, default, what each layer says, the value, and that of each
 * telescope.
 *
 * @param key - `Component.trait`, with more components before it or none
 * @throws CherenkitError TRAIT_UNKNOWN
 */
export function explainTrait(key: string, run: Run): string {
  const { catalog } = run.plugins;
  const { classes: named, trait } = readTraitKey(key) ?? { classes: [], trait: key };
  const classes = named.length > 0 ? named.map((name) => classId(name, run.plugins)) : [onlyClassWith(trait, catalog)];
  const family = catalog.familyTraits(classes.at(-1) ?? '');
  if (!family.has(trait)) {
    const message = `${classes.at(-1)} has no trait ${trait}${didYouMean(trait, family.keys())}`;
    throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, message);
  }
  const plans = [...(run.sourcePlan ? [run.sourcePlan] : []), run.plan];
  const places = findPlaces(classes, plans, catalog)
    .map((place) => ({
      ...place,
      declaration: catalog.traits(place.ids.at(-1) ?? '').get(trait) ?? family.get(trait)?.[0],
    }))
    .filter((place): place is typeof place & { declaration: TraitDeclaration } => place.declaration !== undefined);
  return places.map((place) => explain(place, place.declaration, trait, run).join('\n')).join('\n\n');
}

function classId(name: string, { catalog, failureHint }: PluginRegistry): string {
  const id = catalog.idOf(name);
  if (id !== undefined) return id;
  const ids = catalog.ambiguous(name);
  const remedy =
    ids.length > 0
      ? `: several plugins provide it; write ${ids.join(' or ')}`
      : didYouMean(name, catalog.ids) + failureHint(name);
  throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, `There is no one component ${name}${remedy}`);
}

function onlyClassWith(trait: string, catalog: ComponentCatalog): string {
  const found = classesWithTrait(catalog, trait).map(({ classId: id }) => id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const all = catalog.ids.flatMap((id) => [...catalog.traits(id).keys()]);
  const remedy =
    found.length > 1
      ? `Several components have it: ${found.map((id) => `${id}.${trait}`).join(', ')}`
      : `There is no trait ${trait}${didYouMean(trait, all)}`;
  throw new CherenkitError('TRAIT_UNKNOWN', ExitCode.USAGE, remedy);
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
  if (!planned) lines.push('  not used in this run');
  const table = planned && array && run.resolvedValues(planned)?.tables.get(trait);
  for (const [telId, value] of table ?? []) {
    lines.push(`  telescope ${telId} (${array?.subarray.typeOf(telId) ?? ''}): ${text(value)}`);
  }
  return lines;
}

function text(value: Json): string {
  return JSON.stringify(value);
}
