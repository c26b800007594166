import type { Json, TraitDeclaration } from '../../component/trait-declaration.js';
import { jsonOf, type ConfigNode } from '../read/config-node.js';

/** Types whose values are words: what was typed on a command line is meant literally, `None` and `8` as well. */
const WORDS: ReadonlySet<string> = new Set(['string', 'path', 'expression', 'choice', 'component']);

/**
 * What a configuration gives a trait, in the one spelling that is checked and used: `"1,2,5-9"` as a list, choices and
 * components by their proper names, ids of telescopes as numbers. What is not understood is left as it is.
 *
 * @param componentId - the id of a component from the name that people write, undefined for unknown ones
 */
export function configuredValue(
  declaration: TraitDeclaration,
  node: ConfigNode,
  componentId: (written: string) => string | undefined,
): Json {
  return speltValue(declaration, typedValue(declaration, node), componentId);
}

/** The same for a value without a place: a default, in which an enumeration may stand by its numbers. */
export function speltValue(
  declaration: TraitDeclaration,
  value: Json,
  componentId: (written: string) => string | undefined,
): Json {
  if (!declaration.perTelescope || !Array.isArray(value)) return spell(declaration, value, componentId);
  return (value as readonly Json[]).map((rule) => {
    if (!Array.isArray(rule)) return rule;
    const [command, argument, ...values] = rule as readonly Json[];
    const isNumber = command === 'id' && typeof argument === 'string' && /^\d+$/.test(argument);
    const head = [command, isNumber ? Number(argument) : argument].slice(0, rule.length) as Json[];
    return [...head, ...values.map((each) => spell(declaration, each, componentId))];
  });
}

/** The value as the declared type reads it: an option that could be a literal or a word. */
function typedValue(declaration: TraitDeclaration, node: ConfigNode): Json {
  const value = jsonOf(node);
  if (!('text' in node) || node.text === undefined || (declaration.optional && value === null)) return value;
  const isRules = declaration.perTelescope && node.type === 'list';
  if (WORDS.has(declaration.type) && typeof value !== 'string' && !isRules) return node.text;
  if (declaration.type === 'list' && node.type === 'scalar' && !declaration.perTelescope) {
    return [typedValue(declaration.items, node)];
  }
  return value;
}

function spell(declaration: TraitDeclaration, value: Json, componentId: (written: string) => string | undefined): Json {
  switch (declaration.type) {
    case 'choice':
      return chosen(declaration, value);
    case 'component':
      return typeof value === 'string' ? (componentId(value) ?? value) : value;
    case 'integers':
      return typeof value === 'number' ? [value] : typeof value === 'string' ? (integersOf(value) ?? value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item: Json) => spell(declaration.items, item, componentId)) : value;
    case 'tuple':
      if (!Array.isArray(value)) return value;
      return value.map((item: Json, index) => {
        const place = declaration.items[index];
        return place ? spell(place, item, componentId) : item;
      });
    default:
      return value;
  }
}

type Choice = TraitDeclaration & { readonly type: 'choice' };

/** The choice as the declaration spells it. Members of enumerations may be numbers, or have its name before them, `EventType.MUON`. */
function chosen({ choices, caseless, enumeration }: Choice, value: Json): Json {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const written = enumeration ? String(value).replace(`${enumeration.name}.`, '') : value;
  const member = choices.find((choice) => enumeration && String(enumeration.members[choice]) === written);
  if (member !== undefined) return member;
  if (!caseless || typeof written === 'number') return value;
  return choices.find((choice) => choice.toLowerCase() === written.toLowerCase()) ?? value;
}

/** More than any array has telescopes; a range is not a way to fill the memory. */
const MOST_INTEGERS = 100_000;

/** The integers of `1,2,5-9`; undefined when it is nothing of that kind. */
function integersOf(text: string): number[] | undefined {
  const integers: number[] = [];
  for (const part of text.split(',')) {
    const range = /^\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?$/.exec(part);
    if (!range) return undefined;
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (last < first || integers.length + last - first >= MOST_INTEGERS) return undefined;
    for (let integer = first; integer <= last; integer++) integers.push(integer);
  }
  return integers;
}

/** What the component reads for a checked value; values per telescope one by one. */
export function runtimeValue(declaration: TraitDeclaration, value: Json): unknown {
  if (declaration.optional && value === null) return undefined;
  switch (declaration.type) {
    case 'choice':
      return declaration.enumeration?.members[value as string] ?? value;
    case 'integers':
      return new Set(value as readonly number[]);
    case 'list':
      return (value as readonly Json[]).map((item) => runtimeValue(declaration.items, item));
    case 'tuple':
      return declaration.items.map((item, index) => runtimeValue(item, (value as readonly Json[])[index] ?? null));
    default:
      return value;
  }
}

/** A component that a value names, and the steps to the place where it does. */
export interface ChosenComponent {
  readonly id: string;
  readonly path: readonly string[];
}

/** The components named by a value: of a component trait, a list of them, or one per telescope. The plan is made of mistaken values, too. */
export function chosenComponents(declaration: TraitDeclaration, value: Json | undefined): ChosenComponent[] {
  if (value === undefined) return [];
  if (!declaration.perTelescope || !Array.isArray(value)) return namesIn(declaration, value, []);
  return (value as readonly Json[]).flatMap((rule, index) =>
    Array.isArray(rule) ? namesIn(declaration, (rule as readonly Json[])[2] ?? null, [String(index), '2']) : [],
  );
}

function namesIn(declaration: TraitDeclaration, value: Json, path: readonly string[]): ChosenComponent[] {
  if (declaration.type === 'component') return typeof value === 'string' ? [{ id: value, path }] : [];
  if (declaration.type !== 'list' || !Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((item, index) =>
    namesIn(declaration.items, item, [...path, String(index)]),
  );
}
