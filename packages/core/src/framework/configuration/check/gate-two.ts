import type { TelescopeTable } from '../../component/telescope-table.js';
import { TelescopeValues } from '../../component/telescope-values.js';
import type { Json } from '../../component/trait-declaration.js';
import { camelCase } from '@cherenkit/expression';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { PlannedComponent, Setting } from '../plan/component-plan.js';
import { positionOf } from '../read/config-node.js';
import type { ConfigValue } from '../read/config-section.js';
import type { Problem } from '../problem.js';
import { matchesOf, overriddenRules, rulesOf } from '../traits/telescope-rules.js';
import { chosenComponents, runtimeValue } from '../traits/trait-value.js';

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

export interface GateTwoOptions {
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean;
}

/**
 * Gate 2: resolves all telescope patterns, once, and reports what does not fit the array.
 *
 * Errors: a telescope that a component serves without a value, or with a component that only ctapipe has. Warnings: a
 * pattern from the configuration that matches no telescope, and one that a later, wider one takes all telescopes from.
 *
 * @param subarray - undefined for an event source before its array is known: values per telescope are empty tables then
 */
export function resolvePlan(
  plan: PlannedComponent,
  subarray: TelescopeTable | undefined,
  catalog: ComponentCatalog,
  options: GateTwoOptions = {},
): ResolvedPlan {
  const gate = new GateTwo(subarray ?? NO_TELESCOPES, catalog, options);
  gate.resolve(plan, subarray?.telIds ?? []);
  return gate;
}

const NO_TELESCOPES: TelescopeTable = { telIds: [], typeOf: () => '' };

class GateTwo implements ResolvedPlan {
  readonly components = new Map<PlannedComponent, ResolvedComponent>();
  readonly problems: Problem[] = [];

  constructor(
    private readonly subarray: TelescopeTable,
    private readonly catalog: ComponentCatalog,
    private readonly options: GateTwoOptions,
  ) {}

  resolve(planned: PlannedComponent, telIds: readonly number[]): void {
    const traits: Record<string, unknown> = {};
    const tables = new Map<string, ReadonlyMap<number, Json>>();
    const served = new Map<string, Set<number>>();
    for (const [name, setting] of planned.settings) {
      const { declaration, value = null } = setting;
      const place = `${planned.path}.${name}`;
      const table = declaration.perTelescope ? this.resolveRules(place, setting, telIds) : undefined;
      if (table) tables.set(name, table);
      traits[camelCase(name)] = table
        ? new TelescopeValues(mapValues(table, (each) => runtimeValue(declaration, each)))
        : runtimeValue(declaration, value);
      for (const { id } of chosenComponents(declaration, value)) {
        const chosenFor = table ? telIds.filter((telId) => table.get(telId) === id) : telIds;
        served.set(id, new Set([...(served.get(id) ?? []), ...chosenFor]));
      }
    }
    this.components.set(planned, { traits, telIds, tables });
    const own = this.catalog.children(planned.id);
    for (const [id, child] of planned.children) {
      const chosenFor = own.includes(id) ? undefined : served.get(id);
      // In the order of the array, whatever the order of the rules.
      this.resolve(child, chosenFor ? telIds.filter((telId) => chosenFor.has(telId)) : telIds);
    }
  }

  /** The last rule that matches a telescope gives its value. */
  private resolveRules(place: string, setting: Setting, telIds: readonly number[]): Map<number, Json> {
    const { value, source } = setting;
    const rules = value === undefined ? [] : rulesOf(value);
    const matches = matchesOf(rules, this.subarray.telIds, this.subarray);
    const table = new Map<number, Json>();
    const missing: number[] = [];
    const acting = rules.map((): number[] => []);
    for (const telId of telIds) {
      const last = matches.findLastIndex((matched) => matched.has(telId));
      const rule = rules[last];
      if (rule) table.set(telId, rule[2]);
      (acting[last] ?? missing).push(telId);
    }
    this.checkAvailable(place, setting, acting);
    if (missing.length > 0) {
      const message = `${place} has no value for ${this.describe(missing)}`;
      const remedy = rules.length > 0 ? '; give all a value by a first rule [type, "*", value]' : '';
      this.problems.push({ severity: 'error', at: source?.keyAt, message: message + remedy });
    }
    if (source && this.subarray !== NO_TELESCOPES) this.warn(place, rules, matches, source);
    return table;
  }

  /** @param acting - per rule, the telescopes that have their value from it */
  private checkAvailable(place: string, { declaration, value, source }: Setting, acting: readonly number[][]): void {
    for (const { id, path } of chosenComponents(declaration, value)) {
      const telIds = acting[Number(path[0] ?? 0)] ?? [];
      if (telIds.length === 0 || this.catalog.find(id)) continue;
      const message = `${place}: ${id} is a component of ctapipe that is not available here; it is chosen for ${this.describe(telIds)}`;
      this.problems.push({ severity: 'error', at: source && positionOf(source.node, path), message });
    }
  }

  private warn(
    place: string,
    rules: ReturnType<typeof rulesOf>,
    matches: readonly ReadonlySet<number>[],
    { node }: ConfigValue,
  ): void {
    const types = [...new Set(this.subarray.telIds.map((telId) => this.subarray.typeOf(telId)))].join(', ');
    for (const [index, [command, argument]] of rules.entries()) {
      if (matches[index]?.size !== 0) continue;
      const there = command === 'id' ? `telescopes ${this.subarray.telIds.join(', ')}` : types;
      const message = `${place}: ${command} ${argument} matches no telescope; there are ${there}`;
      const severity = this.options.strictPatterns ? 'error' : 'warning';
      this.problems.push({ severity, at: positionOf(node, [String(index)]), message });
    }
    for (const index of overriddenRules(matches)) {
      const message = `${place}: this rule has no effect here, a later and wider one matches all its telescopes`;
      this.problems.push({ severity: 'warning', at: positionOf(node, [String(index)]), message });
    }
  }

  private describe(telIds: readonly number[]): string {
    const list = telIds.map((telId) => `${telId} (${this.subarray.typeOf(telId)})`).join(', ');
    return `${telIds.length === 1 ? 'telescope' : 'telescopes'} ${list}`;
  }
}

function mapValues<V, W>(table: ReadonlyMap<number, V>, convert: (value: V) => W): Map<number, W> {
  // Equal values stay the same object, so that telescopes share what is made of it.
  const converted = new Map([...new Set(table.values())].map((value) => [value, convert(value)]));
  return new Map([...table].map(([telId, value]) => [telId, converted.get(value) as W]));
}
