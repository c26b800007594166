import type { TelescopeTable } from '../../component/telescope-table.js';
import type { TelescopeRule } from '../../component/trait.js';
import type { Json } from '../../component/trait-declaration.js';
import { GlobPattern } from './glob-pattern.js';

/** The rules of a checked value; one that is no list is a rule for all telescopes. */
export function rulesOf(value: Json): readonly TelescopeRule<Json>[] {
  return Array.isArray(value) ? (value as readonly TelescopeRule<Json>[]) : [['type', '*', value]];
}

/** The telescopes that a rule matches. Rules that match the same ones share one object. */
export interface TelescopeSet {
  readonly telIds: ReadonlySet<number>;
}

/** Finds the telescopes of an array that rules match. Each pattern is tried once per type of telescope. */
export class TelescopeMatcher {
  private readonly byType = new Map<string, number[]>();
  private readonly byRule = new Map<string, TelescopeSet>();
  private readonly bySet = new Map<string, TelescopeSet>();

  constructor(private readonly array: TelescopeTable) {
    for (const telId of array.telIds) {
      const type = array.typeOf(telId);
      const known = this.byType.get(type);
      if (known) known.push(telId);
      else this.byType.set(type, [telId]);
    }
  }

  get types(): string[] {
    return [...this.byType.keys()];
  }

  match([command, argument]: TelescopeRule): TelescopeSet {
    const rule = `${command} ${argument}`;
    const found = this.byRule.get(rule) ?? this.shared(this.find(command, argument));
    this.byRule.set(rule, found);
    return found;
  }

  private find(command: 'type' | 'id', argument: string | number): number[] {
    if (command === 'id') return this.array.telIds.filter((telId) => telId === argument);
    const pattern = new GlobPattern(String(argument));
    return [...this.byType].flatMap(([type, telIds]) => (pattern.test(type) ? telIds : []));
  }

  private shared(telIds: readonly number[]): TelescopeSet {
    const key = telIds.join();
    const found = this.bySet.get(key) ?? { telIds: new Set(telIds) };
    this.bySet.set(key, found);
    return found;
  }
}

/**
 * Indices of the rules that can never act, in whatever array: an identical pattern or `*` follows.
 *
 * General first and special after is the normal way; the other way round, what is special is lost.
 */
export function deadRules(rules: readonly TelescopeRule[]): number[] {
  const dead: number[] = [];
  const later = new Set<string>();
  for (const [index, [command, argument]] of [...rules.entries()].reverse()) {
    const rule = `${command} ${argument}`;
    if (later.has(rule) || later.has('type *')) dead.push(index);
    later.add(rule);
  }
  return dead.reverse();
}

/** More different sets of telescopes than these are not compared with each other. Arrays have a few types of telescope. */
const MOST_SETS = 1000;

/** Indices of the rules whose telescopes in this array a later rule takes together with others. */
export function overriddenRules(matches: readonly TelescopeSet[]): number[] {
  const overridden: number[] = [];
  const later = new Set<TelescopeSet>();
  /** How many later sets a set was compared with, and whether one of them was wider. */
  const compared = new Map<TelescopeSet, { readonly count: number; readonly isOverridden: boolean }>();
  for (const [index, match] of [...matches.entries()].reverse()) {
    let result = compared.get(match);
    if (result?.count !== later.size && !result?.isOverridden) {
      result = { count: later.size, isOverridden: [...later].some((wider) => isWithin(match, wider)) };
      compared.set(match, result);
    }
    if (result?.isOverridden) overridden.push(index);
    if (later.size < MOST_SETS) later.add(match);
  }
  return overridden.reverse();
}

function isWithin({ telIds }: TelescopeSet, { telIds: wider }: TelescopeSet): boolean {
  return telIds.size > 0 && wider.size > telIds.size && [...telIds].every((telId) => wider.has(telId));
}
