import type { BaseDeclaration, Json } from '../trait-declaration.js';
import { traitTypeOf } from './trait-types.js';

/** Returns the id of a component from a name as written in a configuration; undefined for unknown names. */
export type ComponentId = (written: string) => string | undefined;

/**
 * Converts a value to its canonical form: `"1,2,5-9"` to a list, choices and components to their declared names, telescope
 * ids to numbers. Invalid values are returned unchanged.
 *
 * @param text - for the value of an option: the argument as typed, which may be a literal or plain text
 */
export function normalizedValue(
  declaration: BaseDeclaration,
  value: Json,
  componentId: ComponentId,
  text?: string,
): Json {
  const typed = text === undefined ? value : optionValue(declaration, value, text);
  if (!declaration.perTelescope || !isList(typed)) return normalize(declaration, typed, componentId);
  return typed.map((rule) => {
    if (!isList(rule)) return rule;
    const [command, argument, ...values] = rule;
    const isNumber = command === 'id' && typeof argument === 'string' && /^\d+$/.test(argument);
    const head = [command, isNumber ? Number(argument) : argument].slice(0, rule.length) as Json[];
    return [...head, ...values.map((each) => normalize(declaration, each, componentId))];
  });
}

/** Interprets the value of an option, parsed as a literal, according to its declaration. */
function optionValue(declaration: BaseDeclaration, value: Json, text: string): Json {
  const { optional, perTelescope } = declaration;
  if ((optional && value === null) || (perTelescope && isList(value))) return value;
  const type = traitTypeOf(declaration);
  if (type.isText) return typeof value === 'string' ? value : text;
  const item = type.acceptsSingleItem && !perTelescope && !isList(value) ? type.itemAt?.(declaration, 0) : undefined;
  return item ? [optionValue(item, value, text)] : value;
}

function normalize(declaration: BaseDeclaration, value: Json, componentId: ComponentId): Json {
  if (declaration.optional && value === null) return value;
  const type = traitTypeOf(declaration);
  if (!type.itemAt) return type.normalize?.(declaration, value, componentId) ?? value;
  if (!isList(value)) return value;
  return value.map((each, index) => {
    const item = type.itemAt?.(declaration, index);
    return item ? normalize(item, each, componentId) : each;
  });
}

/** Converts a valid value to the one that the component reads. For traits per telescope: called per telescope. */
export function runtimeValue(declaration: BaseDeclaration, value: Json): unknown {
  if (declaration.optional && value === null) return undefined;
  const type = traitTypeOf(declaration);
  if (!type.itemAt || !isList(value)) return type.runtime ? type.runtime(declaration, value) : value;
  return value.map((each, index) => {
    const item = type.itemAt?.(declaration, index);
    return item ? runtimeValue(item, each) : each;
  });
}

/** A component named by the value of a trait. */
export interface ChosenComponent {
  readonly id: string;
  /** Keys and indices that lead to the name within the value. */
  readonly path: readonly string[];
}

/** Returns the components named by a value: one, a list, or one per telescope. For an invalid value, those that can be found. */
export function chosenComponents(declaration: BaseDeclaration, value: Json | undefined): ChosenComponent[] {
  const chosen: ChosenComponent[] = [];
  if (value === undefined || componentKindsOf(declaration).length === 0) return chosen;
  if (declaration.perTelescope && isList(value)) {
    for (const [index, rule] of value.entries()) {
      if (isList(rule)) collect(declaration, rule[2] ?? null, [String(index), '2'], chosen);
    }
  } else {
    collect(declaration, value, [], chosen);
  }
  return chosen;
}

function collect(declaration: BaseDeclaration, value: Json, path: readonly string[], chosen: ChosenComponent[]): void {
  const type = traitTypeOf(declaration);
  if (type.kind && typeof value === 'string') chosen.push({ id: value, path });
  if (!type.itemAt || !isList(value)) return;
  for (const [index, each] of value.entries()) {
    const item = type.itemAt(declaration, index);
    if (item) collect(item, each, [...path, String(index)], chosen);
  }
}

/** Returns the kinds of the components that the values of a trait name; empty for traits that name none. */
export function componentKindsOf(declaration: BaseDeclaration): string[] {
  const type = traitTypeOf(declaration);
  const own = type.kind ? [type.kind(declaration)] : [];
  return [...own, ...(type.items?.(declaration) ?? []).flatMap(componentKindsOf)];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
