import type { TelescopeTypes } from '../../component/telescope-values.js';
import type { BaseDeclaration, Json } from '../../component/trait-declaration.js';
import { isListTrait } from '../../component/traits/trait-flags.js';
import type { PlannedComponent, Setting } from '../plan/component-plan.js';
import { globMistake } from '../plan/glob-pattern.js';
import type { ConfigValue } from '../plan/config-section.js';
import type { ResolvedComponent } from '../plan/resolve-for-array.js';
import { formatPosition } from '../problem.js';
import { isStored } from '../read/keyed-layer.js';

/** A section to be formatted as YAML, with comments. */
export interface YamlSection {
  /** Comment lines above its key. */
  readonly comment?: readonly string[];
  readonly values: readonly YamlValue[];
  readonly sections: readonly (readonly [name: string, section: YamlSection])[];
}

/** A value to be formatted as YAML, with comments. */
export interface YamlValue {
  readonly key: string;
  readonly value: Json;
  /** Comment lines above the key. */
  readonly comment?: readonly string[];
  /** Comment after the value. */
  readonly note?: string | undefined;
}

/** Options of `showConfiguration`. */
export interface ShowOptions {
  /** The array, to show resolved values per telescope; without it, rules are shown. */
  readonly array?: ResolvedArray | undefined;
  /** Shows the values of this telescope only. */
  readonly telId?: number | undefined;
  /** Omits defaults. */
  readonly configuredOnly?: boolean;
}

/** An array and the values of a plan resolved for its telescopes. */
export interface ResolvedArray {
  readonly subarray: TelescopeTypes;
  readonly resolved: (planned: PlannedComponent) => ResolvedComponent | undefined;
}

/**
 * Returns the resolved configuration of a component and its descendants, structured like a file, with the origin of each
 * value as a note. Reading the result back gives the same values.
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

/** Whether a component serves any telescope. Rules may choose components for telescopes that the array does not have. */
function isServed(resolved: ResolvedComponent | undefined, telId: number | undefined): boolean {
  if (!resolved) return true;
  return telId === undefined ? resolved.telIds.length > 0 : resolved.telIds.includes(telId);
}

function valueOf(plan: PlannedComponent, key: string, setting: Setting, options: ShowOptions): YamlValue[] {
  const { declaration, value, source } = setting;
  const { array, telId, configuredOnly } = options;
  if (value === undefined || (configuredOnly && !source)) return [];
  const note = source && originOf(source);
  const table = array?.resolved(plan)?.tables.get(key);
  if (!array || !table) return [{ key, value, note }];
  if (telId === undefined) return [{ key, value: rulesFor(declaration, table, array.subarray), note }];
  const one = table.get(telId);
  return one === undefined ? [] : [{ key, value: valueForAll(declaration, one), note }];
}

/** Origin of a value: its position in a file, the option, or the output file whose stored configuration has it. */
function originOf({ layer, node }: ConfigValue): string {
  return isStored(layer) ? layer.name : formatPosition(node.at);
}

/** Formats a value for all telescopes. A list must be written as a rule, since lists mean rules. */
function valueForAll(declaration: BaseDeclaration, value: Json): Json {
  return isListTrait(declaration) ? [['type', '*', value]] : value;
}

/** Converts values per telescope to few rules: one for all, or one per telescope type with equal values, else one per telescope. */
function rulesFor(declaration: BaseDeclaration, table: ReadonlyMap<number, Json>, subarray: TelescopeTypes): Json {
  const [first, ...others] = new Map([...table.values()].map((value) => [JSON.stringify(value), value])).values();
  if (first !== undefined && others.length === 0) return valueForAll(declaration, first);
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
 * Returns all values of a plan, including defaults, structured like a file. Reading the result back gives the same plan.
 *
 * @param added - further components below the root, planned separately: the event source
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

/** Formats nested sections as YAML. The YAML library is imported on demand. */
export async function yamlText(section: YamlSection): Promise<string> {
  const { formatYaml } = await import('./format-yaml.js');
  return formatYaml(section);
}
