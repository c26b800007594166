import { camelCase } from '@cherenkit/expression';
import { quoteName } from '../../component/quote-value.js';
import type { TelescopeTable } from '../../component/telescope-table.js';
import { TelescopeValues } from '../../component/telescope-values.js';
import type { TelescopeRule } from '../../component/trait.js';
import type { Json } from '../../component/trait-declaration.js';
import { chosenComponents, runtimeValue } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ProblemList, type Problem } from '../problem.js';
import { positionOf } from '../read/config-node.js';
import type { PlannedComponent, Setting } from './component-plan.js';
import type { ConfigValue } from './config-section.js';
import { overriddenRules, rulesOf, TelescopeMatcher, type TelescopeSet } from './telescope-rules.js';

/** The values of a planned component, ready for its constructor. */
export interface ResolvedComponent {
  /** By the names in code; one table per trait with telescope patterns. */
  readonly traits: { readonly [name: string]: unknown };
  /** The telescopes that it serves: all, or those that it was chosen for. */
  readonly telIds: readonly number[];
  /** The values of the traits that are per telescope as configurations have them, by the names in files. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<number, Json>>;
}

export interface ResolvedPlan {
  readonly components: ReadonlyMap<PlannedComponent, ResolvedComponent>;
  readonly problems: readonly Problem[];
}

export interface ResolveOptions {
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean;
}

/**
 * The check against the array: resolves all telescope patterns, once, and reports what does not fit.
 *
 * Errors: a telescope that a component serves without a value, or with a component that only ctapipe has. Warnings: a
 * pattern from the configuration that matches no telescope, and one that a later, wider one takes all telescopes from.
 *
 * @param subarray - undefined for an event source before its array is known: values per telescope are empty tables then
 */
export function resolveForArray(
  plan: PlannedComponent,
  subarray: TelescopeTable | undefined,
  catalog: ComponentCatalog,
  options: ResolveOptions = {},
): ResolvedPlan {
  const resolver = new PlanResolver(subarray, catalog, options);
  resolver.resolve(plan, subarray?.telIds ?? []);
  return { components: resolver.components, problems: resolver.found.problems };
}

class PlanResolver {
  readonly components = new Map<PlannedComponent, ResolvedComponent>();
  readonly found = new ProblemList();
  private readonly matcher: TelescopeMatcher;

  constructor(
    private readonly subarray: TelescopeTable | undefined,
    private readonly catalog: ComponentCatalog,
    private readonly options: ResolveOptions,
  ) {
    this.matcher = new TelescopeMatcher(subarray ?? { telIds: [], typeOf: () => '' });
  }

  resolve(planned: PlannedComponent, telIds: readonly number[]): void {
    const traits: Record<string, unknown> = {};
    const tables = new Map<string, ReadonlyMap<number, Json>>();
    const served = new Map<string, Set<number>>();
    for (const [name, setting] of planned.settings) {
      const { declaration, value = null } = setting;
      const table = declaration.perTelescope && this.resolveRules(`${planned.path}.${name}`, setting, telIds);
      if (table) tables.set(name, table);
      traits[camelCase(name)] = table
        ? new TelescopeValues(mapValues(table, (each) => runtimeValue(declaration, each)))
        : runtimeValue(declaration, value);
      for (const id of new Set(chosenComponents(declaration, value).map((chosen) => chosen.id))) {
        const chosenFor = served.get(id) ?? new Set();
        served.set(id, chosenFor);
        for (const telId of telIds) if (!table || table.get(telId) === id) chosenFor.add(telId);
      }
    }
    this.components.set(planned, { traits, telIds, tables });
    const own = new Set(this.catalog.children(planned.id));
    for (const [id, child] of planned.children) {
      const chosenFor = own.has(id) ? undefined : served.get(id);
      // In the order of the array, whatever the order of the rules.
      this.resolve(child, chosenFor ? telIds.filter((telId) => chosenFor.has(telId)) : telIds);
    }
  }

  /** The last rule that matches a telescope gives its value. */
  private resolveRules(place: string, setting: Setting, telIds: readonly number[]): Map<number, Json> {
    const { value, source } = setting;
    const rules = value === undefined ? [] : rulesOf(value);
    const matches = rules.map((rule) => this.matcher.match(rule));
    const acting = actingRules(matches, telIds);
    const table = new Map<number, Json>();
    const missing: number[] = [];
    for (const telId of telIds) {
      const rule = rules[acting.get(telId) ?? -1];
      if (rule) table.set(telId, rule[2]);
      else missing.push(telId);
    }
    this.checkAvailable(place, setting, acting);
    if (missing.length > 0) {
      const remedy = rules.length > 0 ? '; give all a value by a first rule [type, "*", value]' : '';
      this.found.error(source?.keyAt, `${place} has no value for ${this.describe(missing)}${remedy}`);
    }
    if (source && this.subarray) this.warn(place, rules, matches, source);
    return table;
  }

  /** @param acting - per telescope, the index of the rule that gives its value */
  private checkAvailable(place: string, setting: Setting, acting: ReadonlyMap<number, number>): void {
    const { declaration, value, source } = setting;
    const foreign = chosenComponents(declaration, value).filter(({ id }) => !this.catalog.find(id));
    if (foreign.length === 0) return;
    const chosenFor = new Map<number, number[]>();
    for (const [telId, rule] of [...acting].sort(([a], [b]) => a - b)) {
      const known = chosenFor.get(rule);
      if (known) known.push(telId);
      else chosenFor.set(rule, [telId]);
    }
    for (const { id, path } of foreign) {
      const telIds = chosenFor.get(Number(path[0] ?? 0));
      if (!telIds) continue;
      const message = `${place}: ${quoteName(id)} is a component of ctapipe that is not available here; it is chosen for ${this.describe(telIds)}`;
      this.found.error(source && positionOf(source.node, path), message);
    }
  }

  private warn(
    place: string,
    rules: readonly TelescopeRule[],
    matches: readonly TelescopeSet[],
    { node }: ConfigValue,
  ): void {
    for (const [index, [command, argument]] of rules.entries()) {
      if (matches[index]?.telIds.size !== 0) continue;
      const statement = `${place}: ${command} ${quoteName(String(argument))} matches no telescope`;
      const there = (): string =>
        command === 'id'
          ? `; there are telescopes ${this.subarray?.telIds.join(', ')}`
          : `; there are ${this.matcher.types.join(', ')}`;
      const at = positionOf(node, [String(index)]);
      if (this.options.strictPatterns) this.found.error(at, statement, there);
      else this.found.warn(at, statement, there);
    }
    for (const index of overriddenRules(matches)) {
      const message = `${place}: this rule has no effect here, a later and wider one matches all its telescopes`;
      this.found.warn(positionOf(node, [String(index)]), message);
    }
  }

  private describe(telIds: readonly number[]): string {
    const list = telIds.map((telId) => `${telId} (${this.subarray?.typeOf(telId)})`).join(', ');
    return `${telIds.length === 1 ? 'telescope' : 'telescopes'} ${list}`;
  }
}

/** Per telescope, the index of the last rule that matches it. */
function actingRules(matches: readonly TelescopeSet[], telIds: readonly number[]): ReadonlyMap<number, number> {
  const acting = new Map<number, number>();
  const tried = new Set<TelescopeSet>();
  for (let index = matches.length - 1; index >= 0 && acting.size < telIds.length; index--) {
    const match = matches[index];
    if (!match || tried.has(match)) continue;
    tried.add(match);
    for (const telId of telIds) if (match.telIds.has(telId) && !acting.has(telId)) acting.set(telId, index);
  }
  return acting;
}

function mapValues<V, W>(table: ReadonlyMap<number, V>, convert: (value: V) => W): Map<number, W> {
  // Equal values stay the same object, so that telescopes share what is made of it.
  const converted = new Map([...new Set(table.values())].map((value) => [value, convert(value)]));
  return new Map([...table].map(([telId, value]) => [telId, converted.get(value) as W]));
}
