import type { Json, TraitDeclaration } from '../framework/component/index.js';
import { walkPlan, type Setting } from '../framework/configuration/plan/component-plan.js';
import type { PlannedComponent } from '../framework/configuration/index.js';
import type { PluginRegistry } from '../framework/plugin/index.js';
import type { ProductionSoftware } from './production-manifest.js';

/** Traits that only say which files a run reads and writes, by the kind of their components. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  EventSource: ['input_url'],
  DataWriter: ['output_path', 'overwrite'],
};

/** A run whose configuration is described. */
export interface ConfiguredRun {
  readonly plan: PlannedComponent;
  readonly plugins: Pick<PluginRegistry, 'catalog' | 'installed'>;
  planBelowTool(name: string): PlannedComponent;
}

/** What to write in place of a path that a trait has. */
export type PathText = (path: string) => string;

/**
 * Returns the values that files and options set, structured like a configuration file, without those of input and output:
 * with them, a run of another input has the same configuration.
 *
 * @param pathText - the paths to write, such as absolute ones
 */
export function configuredValues(run: ConfiguredRun, pathText: PathText = String): Record<string, Json> {
  const [tool, ...others] = sectionsOf(run, pathText, true);
  // Sections of components are not nested in that of the tool, so that options can override them.
  return Object.fromEntries([...(tool ? [tool] : []), ...others].filter(([, values]) => !isEmpty(values)));
}

/**
 * Returns all values of a run other than those of input and output, including defaults, as text that is equal for equal values:
 * its digest identifies the configuration.
 *
 * @param pathText - what to write in place of paths, such as digests of the files
 */
export function configurationText(run: ConfiguredRun, pathText: PathText): string {
  return JSON.stringify(inOrder(Object.fromEntries(sectionsOf(run, pathText, false))));
}

/**
 * Returns the versions of the programs of a run: of cherenkit, and of the further plugins whose components it has, or whose event
 * sources may read its input.
 */
export function softwareOf({ plan, plugins }: ConfiguredRun, cherenkit: string): ProductionSoftware {
  const { catalog, installed } = plugins;
  const ids = [...Array.from(walkPlan(plan), ({ id }) => id), ...catalog.idsOfKind('EventSource')];
  const used = new Set(ids.map((id) => catalog.find(id)?.plugin));
  const further = installed
    .filter(({ manifest, foundBy }) => foundBy !== 'built in' && used.has(manifest.name))
    .map(({ manifest, version = 'unknown' }) => [manifest.name, version] as const);
  return { cherenkit, ...(further.length > 0 && { plugins: Object.fromEntries(further) }) };
}

/**
 * Sections of the tool, of the components below it, and of event sources. Which source a run has is known once its input is open,
 * so only values that are set are included of sources.
 */
function sectionsOf(
  run: ConfiguredRun,
  pathText: PathText,
  configuredOnly: boolean,
): (readonly [name: string, values: Record<string, Json>])[] {
  const { plan, plugins } = run;
  const { catalog } = plugins;
  const below = (planned: PlannedComponent): Record<string, Json> => ({
    ...valuesOf(planned, leftOut(planned), pathText, configuredOnly),
    ...Object.fromEntries(
      [...planned.children.values()]
        .map((child) => [child.id, below(child)] as const)
        .filter(([, values]) => !configuredOnly || !isEmpty(values)),
    ),
  });
  const leftOut = ({ id }: PlannedComponent): readonly string[] => PLACES[catalog.find(id)?.entry.kind ?? ''] ?? [];
  const base = valuesOf(run.planBelowTool('EventSource'), PLACES['EventSource'] ?? [], pathText, true);
  const sources = catalog.idsOfKind('EventSource').map((id) => {
    const values = Object.entries(below(withSetValues(run.planBelowTool(id))));
    return [id, Object.fromEntries(values.filter(([trait]) => !(trait in base)))] as const;
  });
  return [
    [plan.id, valuesOf(plan, [], pathText, configuredOnly)],
    ...[...plan.children.values()].map((child) => [child.id, below(child)] as const),
    ['EventSource', base],
    ...sources.filter(([, values]) => !isEmpty(values)),
  ];
}

/** Name of the layer with the options in a URL. */
const OF_URL = /^[a-z][a-z0-9+.-]+:.*\?/is;

/** An event source without defaults, and without the options in the URL of its input, which is identified by its URL. */
function withSetValues(planned: PlannedComponent): PlannedComponent {
  const isSet = ([, { source, value }]: readonly [trait: string, setting: Setting]): boolean =>
    source !== undefined && value !== undefined && !OF_URL.test(source.layer.name);
  const children = new Map(Array.from(planned.children, ([id, child]) => [id, withSetValues(child)]));
  return { ...planned, settings: new Map([...planned.settings].filter(isSet)), children };
}

function valuesOf(
  { settings }: PlannedComponent,
  leftOut: readonly string[],
  pathText: PathText,
  configuredOnly: boolean,
): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [trait, { declaration, value, source }] of settings) {
    if (value === undefined || leftOut.includes(trait) || (configuredOnly && source === undefined)) continue;
    values[trait] = withPaths(declaration, value, pathText);
  }
  return values;
}

/** A value whose paths are replaced: of a path, of a list of paths, and of rules per telescope. */
function withPaths(declaration: TraitDeclaration, value: Json, pathText: PathText): Json {
  const isPath = declaration.type === 'path' || (declaration.type === 'list' && declaration.items.type === 'path');
  if (!isPath) return value;
  if (!declaration.perTelescope || !isList(value)) return replaced(value, pathText);
  const ofRule = (part: Json, i: number): Json => (i < 2 ? part : replaced(part, pathText));
  return value.map((rule) => (isList(rule) ? rule.map(ofRule) : rule));
}

function replaced(value: Json, pathText: PathText): Json {
  if (isList(value)) return value.map((each) => replaced(each, pathText));
  return typeof value === 'string' && value !== '' ? pathText(value) : value;
}

/** A value with the keys of all mappings in ascending order. */
function inOrder(value: Json): Json {
  if (isList(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isEmpty(values: Readonly<Record<string, Json>>): boolean {
  return Object.keys(values).length === 0;
}
