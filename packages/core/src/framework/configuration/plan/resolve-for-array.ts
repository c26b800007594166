import { nameSome } from '@cherenkit/errors';
import { camelCase } from '@cherenkit/expression';
import { quoteName } from '../../component/quote-value.js';
import { TelescopeValues, type TelescopeTypes } from '../../component/telescope-values.js';
import type { TelescopeRule } from '../../component/trait.js';
import type { Json } from '../../component/trait-declaration.js';
import { chosenComponents, runtimeValue } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ProblemList, type Problem } from '../problem.js';
import { positionOf } from '../read/config-node.js';
import type { PlannedComponent, Setting } from './component-plan.js';
import type { ConfigValue } from './config-section.js';
import { overriddenRules, rulesOf, TelescopeMatcher, type TelescopeSet } from './telescope-rules.js';

/** The resolved values of a planned component, for its constructor. */
export interface ResolvedComponent {
  /** Values by the names in code; `TelescopeValues` for traits per telescope. */
  readonly traits: { readonly [name: string]: unknown };
  /** Telescopes that the component serves: all, or those that it was chosen for. */
  readonly telIds: readonly number[];
  /** For traits per telescope, by the names in files: the configuration value for each telescope. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<number, Json>>;
}

/** The resolved values of all components of a plan, and the problems found. */
export interface ResolvedPlan {
  readonly components: ReadonlyMap<PlannedComponent, ResolvedComponent>;
  readonly problems: readonly Problem[];
}

/** Options of `resolveForArray`. */
export interface ResolveOptions {
  /** Makes patterns that match no telescope errors instead of warnings. */
  readonly strictPatterns?: boolean;
}

/**
 * Runs the check against the subarray: resolves the rules of all traits per telescope.
 *
 * Errors: a served telescope without a value, or with a component that only ctapipe has. Warnings: a pattern that matches no
 * telescope, and a rule all of whose telescopes a later, wider rule matches as well.
 *
 * @param subarray - undefined for an event source before its subarray is known: values per telescope are then empty
 */
export function resolveForArray(
  plan: PlannedComponent,
  subarray: TelescopeTypes | undefined,
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
    private readonly subarray: TelescopeTypes | undefined,
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
      // Filtered from telIds to keep the order of the subarray.
      this.resolve(child, chosenFor ? telIds.filter((telId) => chosenFor.has(telId)) : telIds);
    }
  }

  /** Resolves the rules of a trait: the last rule that matches a telescope determines its value. */
  private resolveRules(place: string, setting: Setting, telIds: readonly number[]): Map<number, Json> {
    const { value, source } = setting;
    const rules = value === undefined ? [] : rulesOf(value);
    const matches = rules.map((rule) => this.matcher.match(rule));
    const effective = effectiveRules(matches, telIds);
    const table = new Map<number, Json>();
    const missing: number[] = [];
    for (const telId of telIds) {
      const rule = rules[effective.get(telId) ?? -1];
      if (rule) table.set(telId, rule[2]);
      else missing.push(telId);
    }
    this.checkAvailable(place, setting, effective);
    if (missing.length > 0) {
      const remedy = rules.length > 0 ? '; begin with a rule for all telescopes, [type, "*", value]' : '';
      this.found.error(source?.keyAt, `${place} has no value for ${this.describe(missing)}${remedy}`);
    }
    // Stored configurations list defaults too, which have rules for telescope types of many arrays.
    const isDefault = JSON.stringify(value) === JSON.stringify(setting.declaration.default);
    if (source && this.subarray && !isDefault) this.warn(place, rules, matches, source);
    return table;
  }

  /** @param effective - per telescope, the index of the rule that determines its value */
  private checkAvailable(place: string, setting: Setting, effective: ReadonlyMap<number, number>): void {
    const { declaration, value, source } = setting;
    const foreign = chosenComponents(declaration, value).filter(({ id }) => !this.catalog.find(id));
    if (foreign.length === 0) return;
    const chosenFor = new Map<number, number[]>();
    for (const [telId, rule] of [...effective].sort(([a], [b]) => a - b)) {
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
          ? `; the array has telescopes ${nameSome(this.subarray?.telIds ?? [])}`
          : `; the array has ${nameSome(this.matcher.types)}`;
      const at = positionOf(node, [String(index)]);
      if (this.options.strictPatterns) this.found.error(at, statement, there);
      else this.found.warn(at, statement, there);
    }
    for (const index of overriddenRules(matches)) {
      const message = `${place}: this rule has no effect in this array, a later and wider rule matches all its telescopes`;
      this.found.warn(positionOf(node, [String(index)]), message);
    }
  }

  private describe(telIds: readonly number[]): string {
    const list = nameSome(telIds.map((telId) => `${telId} (${this.subarray?.typeOf(telId)})`));
    return `${telIds.length === 1 ? 'telescope' : 'telescopes'} ${list}`;
  }
}

/** Returns the index of the last matching rule for each telescope. */
function effectiveRules(matches: readonly TelescopeSet[], telIds: readonly number[]): ReadonlyMap<number, number> {
  const effective = new Map<number, number>();
  const tried = new Set<TelescopeSet>();
  for (let index = matches.length - 1; index >= 0 && effective.size < telIds.length; index--) {
    const match = matches[index];
    if (!match || tried.has(match)) continue;
    tried.add(match);
    for (const telId of telIds) if (match.telIds.has(telId) && !effective.has(telId)) effective.set(telId, index);
  }
  return effective;
}

function mapValues<V, W>(table: ReadonlyMap<number, V>, convert: (value: V) => W): Map<number, W> {
  // Each distinct value is converted once, so that telescopes share the resulting object.
  const converted = new Map([...new Set(table.values())].map((value) => [value, convert(value)]));
  return new Map([...table].map(([telId, value]) => [telId, converted.get(value) as W]));
}
