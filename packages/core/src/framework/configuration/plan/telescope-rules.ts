import type { TelescopeTypes } from '../../component/telescope-values.js';
import type { TelescopeRule } from '../../component/trait.js';
import type { Json } from '../../component/trait-declaration.js';
import { GlobPattern } from './glob-pattern.js';

/** Returns the rules of a valid value; a value that is no list is a rule for all telescopes. */
export function rulesOf(value: Json): readonly TelescopeRule<Json>[] {
  return Array.isArray(value) ? (value as readonly TelescopeRule<Json>[]) : [['type', '*', value]];
}

/** The telescopes that a rule matches. Rules with the same telescopes share one object. */
export interface TelescopeSet {
  readonly telIds: ReadonlySet<number>;
}

/** Matches rules with the telescopes of an array. Each pattern is tested once per telescope type. */
export class TelescopeMatcher {
  private readonly byType = new Map<string, number[]>();
  private readonly byRule = new Map<string, TelescopeSet>();
  private readonly bySet = new Map<string, TelescopeSet>();

  constructor(private readonly array: TelescopeTypes) {
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
 * Returns the indices of rules that have no effect in any array, because an identical pattern or `*` follows.
 *
 * General rules belong first and specific ones after: in the other order the specific ones are lost.
 */
export function unreachableRules(rules: readonly TelescopeRule[]): number[] {
  const unreachable: number[] = [];
  const later = new Set<string>();
  for (const [index, [command, argument]] of [...rules.entries()].reverse()) {
    const rule = `${command} ${argument}`;
    if (later.has(rule) || later.has('type *')) unreachable.push(index);
    later.add(rule);
  }
  return unreachable.reverse();
}

/** Limit of the number of distinct telescope sets that are compared with each other; bounds the time for hostile input. */
const MAX_COMPARED_SETS = 1000;

/** Returns the indices of rules that have no effect in this array, because a later rule matches all their telescopes and more. */
export function overriddenRules(matches: readonly TelescopeSet[]): number[] {
  const overridden: number[] = [];
  const later = new Set<TelescopeSet>();
  /** For each set: the number of later sets that it was compared with, and whether one of them is wider. */
  const compared = new Map<TelescopeSet, { readonly count: number; readonly isOverridden: boolean }>();
  for (const [index, match] of [...matches.entries()].reverse()) {
    let result = compared.get(match);
    if (result?.count !== later.size && !result?.isOverridden) {
      result = { count: later.size, isOverridden: [...later].some((wider) => isWithin(match, wider)) };
      compared.set(match, result);
    }
    if (result?.isOverridden) overridden.push(index);
    if (later.size < MAX_COMPARED_SETS) later.add(match);
  }
  return overridden.reverse();
}

function isWithin({ telIds }: TelescopeSet, { telIds: wider }: TelescopeSet): boolean {
  return telIds.size > 0 && wider.size > telIds.size && [...telIds].every((telId) => wider.has(telId));
}
