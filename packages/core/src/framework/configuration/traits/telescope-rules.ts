import type { TelescopeTable } from '../../component/telescope-table.js';
import type { Json } from '../../component/trait-declaration.js';
import type { TelescopeRule } from '../../component/trait.js';
import { GlobPattern } from './glob-pattern.js';

/** The rules of a checked value; one that is no list is a rule for all telescopes. */
export function rulesOf(value: Json): readonly TelescopeRule<Json>[] {
  return Array.isArray(value) ? (value as readonly TelescopeRule<Json>[]) : [['type', '*', value]];
}

/** Per rule, which of the telescopes it matches. */
export function matchesOf(
  rules: readonly TelescopeRule[],
  telIds: readonly number[],
  subarray: TelescopeTable,
): ReadonlySet<number>[] {
  return rules.map(([command, argument]) => {
    if (command === 'id') return new Set(telIds.filter((telId) => telId === argument));
    const pattern = new GlobPattern(argument);
    return new Set(telIds.filter((telId) => pattern.test(subarray.typeOf(telId))));
  });
}

/**
 * Indices of the rules that can never act, in whatever array: an identical pattern or `*` follows.
 *
 * General first and special after is the normal way; the other way round, what is special is lost.
 */
export function deadRules(rules: readonly TelescopeRule[]): number[] {
  return [...rules.keys()].filter((index) => {
    const [command, argument] = rules[index] ?? [];
    return rules
      .slice(index + 1)
      .some(
        ([laterCommand, later]) =>
          (laterCommand === command && later === argument) || (laterCommand === 'type' && later === '*'),
      );
  });
}

/** Indices of the rules whose telescopes in this array a later rule takes together with others. */
export function overriddenRules(matches: readonly ReadonlySet<number>[]): number[] {
  return [...matches.keys()].filter((index) => {
    const special = [...(matches[index] ?? [])];
    return (
      special.length > 0 &&
      matches
        .slice(index + 1)
        .some((later) => later.size > special.length && special.every((telId) => later.has(telId)))
    );
  });
}
