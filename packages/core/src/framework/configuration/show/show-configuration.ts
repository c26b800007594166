import type { TelescopeTable } from '../../component/telescope-table.js';
import type { AnyDeclaration, Json } from '../../component/trait-declaration.js';
import { hasLists } from '../../component/traits/trait-flags.js';
import type { PlannedComponent, Setting } from '../plan/component-plan.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ResolvedComponent } from '../plan/resolve-for-array.js';
import { formatPosition } from '../problem.js';

/** A mapping to be written as YAML, with comments. */
export interface YamlSection {
  /** Lines above its key. */
  readonly comment?: readonly string[];
  readonly values: readonly YamlValue[];
  readonly sections: readonly (readonly [name: string, section: YamlSection])[];
}

export interface YamlValue {
  readonly key: string;
  readonly value: Json;
  /** Lines above the key. */
  readonly comment?: readonly string[];
  /** Behind the value. */
  readonly note?: string | undefined;
}

export interface ShowOptions {
  /** The array; without it values per telescope are shown as the rules that they are made by. */
  readonly array?: ResolvedArray | undefined;
  /** The only telescope whose values are wanted. */
  readonly telId?: number | undefined;
  /** Leaves out what is a default. */
  readonly configuredOnly?: boolean;
}

/** An array, and the values of a plan for its telescopes. */
export interface ResolvedArray {
  readonly subarray: TelescopeTable;
  readonly resolved: (planned: PlannedComponent) => ResolvedComponent | undefined;
}

/**
 * The resolved configuration of a component and all below it, as a file would give it, each value with the place that it
 * comes from. Read again, it gives the same values.
 */
export function showConfiguration(plan: PlannedComponent, options: ShowOptions = {}): YamlSection {
  const { array, telId, configuredOnly = false } = options;
  const values = [...plan.settings].flatMap(([key, setting]) => valueOf(plan, key, setting, options));
  const sections = [...plan.children.values()]
    .filter((child) => isServed(array?.resolved(child), telId))
    .map((child): [string, YamlSection] => [child.id, showConfiguration(child, options)])
    .filter(([, section]) => !configuredOnly || section.values.length + section.sections.length > 0);
  return { values, sections };
}

/** Whether a component has anything to do; the plan has those, too, that rules choose for telescopes which are not there. */
function isServed(resolved: ResolvedComponent | undefined, telId: number | undefined): boolean {
  if (!resolved) return true;
  return telId === undefined ? resolved.telIds.length > 0 : resolved.telIds.includes(telId);
}

function valueOf(plan: PlannedComponent, key: string, setting: Setting, options: ShowOptions): YamlValue[] {
  const { declaration, value, source } = setting;
  const { array, telId, configuredOnly } = options;
  if (value === undefined || (configuredOnly && !source)) return [];
  const note = source && formatPosition(source.node.at);
  const table = array?.resolved(plan)?.tables.get(key);
  if (!array || !table) return [{ key, value, note }];
  if (telId === undefined) return [{ key, value: rulesFor(declaration, table, array.subarray), note }];
  const one = table.get(telId);
  return one === undefined ? [] : [{ key, value: forAll(declaration, one), note }];
}

/** A value for all telescopes, as a configuration gives it. A list would be taken for rules. */
function forAll(declaration: AnyDeclaration, value: Json): Json {
  return hasLists(declaration) ? [['type', '*', value]] : value;
}

/** Values per telescope as few rules: one for all, one per telescope type where its telescopes agree, else one each. */
function rulesFor(declaration: AnyDeclaration, table: ReadonlyMap<number, Json>, subarray: TelescopeTable): Json {
  const [first, ...others] = new Map([...table.values()].map((value) => [JSON.stringify(value), value])).values();
  if (first !== undefined && others.length === 0) return forAll(declaration, first);
  const types = new Set([...table.keys()].map((telId) => subarray.typeOf(telId)));
  return [...types].flatMap((type): Json[] => {
    const telescopes = [...table].filter(([telId]) => subarray.typeOf(telId) === type);
    const agree = new Set(telescopes.map(([, value]) => JSON.stringify(value))).size === 1;
    const [, value = null] = telescopes[0] ?? [];
    if (agree && !/[*?[]/.test(type) && globMistake(type) === undefined) return [['type', type, value]];
    return telescopes.map(([telId, each]) => ['id', telId, each]);
  });
}

/**
 * The configuration that a plan amounts to, defaults included: sections within sections, as a file has them. Read again it
 * gives the same plan.
 *
 * @param added - components below the root that are planned on their own: the event source
 */
export function configurationOf(plan: PlannedComponent, added: readonly PlannedComponent[] = []): Json {
  const below = [...added, ...plan.children.values()].map((child): [string, Json] => [
    child.id,
    configurationOf(child),
  ]);
  const values = [...plan.settings].flatMap(([trait, { value }]): [string, Json][] =>
    value === undefined ? [] : [[trait, value]],
  );
  return Object.fromEntries([...values, ...below]);
}

/** Sections within sections as a YAML file. The library that writes it is imported for this alone. */
export async function yamlText(section: YamlSection): Promise<string> {
  const { formatYaml } = await import('./format-yaml.js');
  return formatYaml(section);
}
