import type { AnyDeclaration, Json } from '../trait-declaration.js';
import { typeOf } from './trait-types.js';

/** The id of a component from the name that people write; undefined for unknown ones. */
export type ComponentId = (written: string) => string | undefined;

/**
 * A value in the one spelling that is checked and used: `"1,2,5-9"` as a list, choices and components by their proper
 * names, ids of telescopes as numbers. What is not understood is left as it is.
 *
 * @param text - what was typed, for the value of an option: it could be meant as a literal or as a plain word
 */
export function spelledValue(declaration: AnyDeclaration, value: Json, componentId: ComponentId, text?: string): Json {
  const typed = text === undefined ? value : typedValue(declaration, value, text);
  if (!declaration.perTelescope || !isList(typed)) return spell(declaration, typed, componentId);
  return typed.map((rule) => {
    if (!isList(rule)) return rule;
    const [command, argument, ...values] = rule;
    const isNumber = command === 'id' && typeof argument === 'string' && /^\d+$/.test(argument);
    const head = [command, isNumber ? Number(argument) : argument].slice(0, rule.length) as Json[];
    return [...head, ...values.map((each) => spell(declaration, each, componentId))];
  });
}

/** The value of an option, which was read as a literal, as its declaration means it. */
function typedValue(declaration: AnyDeclaration, value: Json, text: string): Json {
  const { optional, perTelescope } = declaration;
  if ((optional && value === null) || (perTelescope && isList(value))) return value;
  const type = typeOf(declaration);
  if (type.isText) return typeof value === 'string' ? value : text;
  const item = type.takesOneItem && !perTelescope && !isList(value) ? type.itemAt?.(declaration, 0) : undefined;
  return item ? [typedValue(item, value, text)] : value;
}

function spell(declaration: AnyDeclaration, value: Json, componentId: ComponentId): Json {
  if (declaration.optional && value === null) return value;
  const type = typeOf(declaration);
  if (!type.itemAt) return type.spell?.(declaration, value, componentId) ?? value;
  if (!isList(value)) return value;
  return value.map((each, index) => {
    const item = type.itemAt?.(declaration, index);
    return item ? spell(item, each, componentId) : each;
  });
}

/** What the component reads for a checked value. For traits per telescope it is called with the value of one telescope. */
export function runtimeValue(declaration: AnyDeclaration, value: Json): unknown {
  if (declaration.optional && value === null) return undefined;
  const type = typeOf(declaration);
  if (!type.itemAt || !isList(value)) return type.runtime ? type.runtime(declaration, value) : value;
  return value.map((each, index) => {
    const item = type.itemAt?.(declaration, index);
    return item ? runtimeValue(item, each) : each;
  });
}

/** A component that a value names, and the steps to its place in the value. */
export interface ChosenComponent {
  readonly id: string;
  readonly path: readonly string[];
}

/** The components that a value names: one, those of a list, or one per telescope. Of a mistaken value those that can be found. */
export function chosenComponents(declaration: AnyDeclaration, value: Json | undefined): ChosenComponent[] {
  const chosen: ChosenComponent[] = [];
  if (value === undefined || kindsNamedBy(declaration).length === 0) return chosen;
  if (declaration.perTelescope && isList(value)) {
    for (const [index, rule] of value.entries()) {
      if (isList(rule)) collect(declaration, rule[2] ?? null, [String(index), '2'], chosen);
    }
  } else {
    collect(declaration, value, [], chosen);
  }
  return chosen;
}

function collect(declaration: AnyDeclaration, value: Json, path: readonly string[], chosen: ChosenComponent[]): void {
  const type = typeOf(declaration);
  if (type.kind && typeof value === 'string') chosen.push({ id: value, path });
  if (!type.itemAt || !isList(value)) return;
  for (const [index, each] of value.entries()) {
    const item = type.itemAt(declaration, index);
    if (item) collect(item, each, [...path, String(index)], chosen);
  }
}

/** The kinds of the components that the values of a trait name. */
export function kindsNamedBy(declaration: AnyDeclaration): string[] {
  const type = typeOf(declaration);
  const own = type.kind ? [type.kind(declaration)] : [];
  return [...own, ...(type.items?.(declaration) ?? []).flatMap(kindsNamedBy)];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
