import { describeDefault, flagForm, flagText, componentKindsOf, type ComponentCatalog } from '@cherenkit/core/internal';
import {
  READING_FLAGS,
  WRITING_FLAGS,
  type FlagDeclaration,
  type Json,
  type TraitDeclaration,
  type TraitOption,
} from '@cherenkit/core';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { ArgInput, FlagInput } from '@oclif/core/interfaces';
import { COMMON_FLAGS } from './common-flags.js';

/** Command-line flag of a tool, and the trait that it sets. */
export interface ToolFlag {
  readonly name: string;
  readonly flag: FlagDeclaration;
  /** Declaration of the trait. */
  readonly declaration: TraitDeclaration;
}

/** Short form of a flag, as typed by oclif. */
type Letter = NonNullable<FlagInput[string]['char']>;

/**
 * Returns the flags of a tool that set traits: flags declared in its manifest, flags of all tools that read or write events,
 * and one flag for each trait of the tool. Traits whose flag would have the name of a common flag can be set with `--set`.
 */
export function toolFlags(catalog: ComponentCatalog, id: string): ToolFlag[] {
  const className = catalog.find(id)?.className ?? id;
  const flags = new Map(Object.entries(catalog.find(id)?.entry.command?.flags ?? {}));
  const { positional } = catalog.find(id)?.entry.command ?? {};
  const aliased = new Set([...flags.values(), ...(positional ? [positional] : [])].map(({ trait }) => trait));
  const ownTraits = [...catalog.traits(id).keys()].filter((trait) => !aliased.has(`${className}.${trait}`));
  const own = ownTraits.map((trait): [string, FlagDeclaration] => [
    trait.replaceAll('_', '-'),
    { trait: `${className}.${trait}`, group: 'TRAITS', ...shortFormOf(trait) },
  ]);
  addMissing(flags, own);
  if (catalog.children(id).includes('EventSource')) addMissing(flags, Object.entries(READING_FLAGS));
  if (hasWriter(catalog, id) && !flags.has('output-path')) addMissing(flags, Object.entries(WRITING_FLAGS));
  return [...flags].flatMap(([name, flag]) => {
    const declaration = declarationOf(catalog, flag.trait);
    return declaration && !(name in COMMON_FLAGS) ? [{ name, flag, declaration }] : [];
  });
}

function addMissing(
  flags: Map<string, FlagDeclaration>,
  more: readonly (readonly [name: string, flag: FlagDeclaration])[],
): void {
  for (const [name, flag] of more) if (!flags.has(name)) flags.set(name, flag);
}

/** Short form of the flags for traits `input` and `output`, of tools without event source or data writer. */
function shortFormOf(trait: string): { readonly letter?: string } {
  if (/^input(_path|_url)?$/.test(trait)) return { letter: 'i' };
  return /^output(_path|_url)?$/.test(trait) ? { letter: 'o' } : {};
}

function hasWriter(catalog: ComponentCatalog, id: string): boolean {
  const isChosen = [...catalog.traits(id).values()].some((trait) => componentKindsOf(trait).includes('DataWriter'));
  return isChosen || catalog.children(id).some((child) => catalog.find(child)?.entry.kind === 'DataWriter');
}

/** Declaration of a trait of a class or, as in configuration sections of base classes, of one of its subclasses. */
function declarationOf(catalog: ComponentCatalog, key: string): TraitDeclaration | undefined {
  const dot = key.lastIndexOf('.');
  const id = catalog.idOf(key.slice(0, dot)) ?? key.slice(0, dot);
  return catalog.familyTraits(id).get(key.slice(dot + 1))?.[0];
}

/** Converts flags to oclif's definitions. */
export function flagInput(flags: readonly ToolFlag[], catalog: ComponentCatalog): FlagInput {
  return Object.fromEntries(flags.map((each) => [each.name, definitionOf(each, catalog)]));
}

function definitionOf({ flag, declaration }: ToolFlag, catalog: ComponentCatalog): FlagInput[string] {
  const options = {
    summary: summaryOf(flag, declaration, catalog),
    ...(flag.group !== undefined && { helpGroup: flag.group }),
    ...(flag.letter !== undefined && { char: flag.letter as Letter }),
    ...(flag.required && { required: true }),
  };
  if (flag.value !== undefined) return Flags.boolean(options);
  const { isBoolean, isMultiple, helpValue } = flagForm(declaration);
  if (isBoolean) return Flags.boolean({ ...options, allowNo: true });
  const option = { ...options, helpValue };
  return isMultiple ? Flags.string({ ...option, multiple: true, multipleNonGreedy: true }) : Flags.string(option);
}

function summaryOf(flag: FlagDeclaration, declaration: TraitDeclaration, catalog: ComponentCatalog): string {
  const help = flag.help ?? declaration.help ?? '';
  if (flag.value !== undefined) return help;
  const names = componentKindsOf(declaration).flatMap((kind) => catalog.idsOfKind(kind));
  const choices = names.length === 0 ? '' : ` Choices: ${names.sort().join(', ')}.`;
  const several = flagForm(declaration).isMultiple ? ' May be repeated; values may be separated by commas.' : '';
  const perTelescope = declaration.perTelescope
    ? ' One value for all telescopes, or rules: [[type, PATTERN, value], ...].'
    : '';
  return `${help}${choices}${several}${perTelescope}${flag.required ? '' : ` [default: ${defaultText(flag, declaration)}]`}`;
}

function defaultText({ default: ofTool }: FlagDeclaration, declaration: TraitDeclaration): string {
  const value = ofTool ?? declaration.default;
  if (value === undefined) return 'none, required';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'string') return value;
  const isWords = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isWords && !declaration.perTelescope ? value.join(',') : describeDefault({ ...declaration, default: value });
}

/** Converts parsed flags to trait options. */
export function flagOptions(flags: readonly ToolFlag[], given: Readonly<Record<string, unknown>>): TraitOption[] {
  return flags.flatMap(({ name, flag, declaration }) => {
    const value = given[name] as FlagValue | undefined;
    if (value === undefined) return [];
    const literal = flag.value !== undefined ? JSON.stringify(flag.value) : flagText(declaration, value);
    return [{ source: commandLineForm(name, value), key: flag.trait, value: literal }];
  });
}

/** Returns the defaults that a tool declares for traits of other components. They have the lowest precedence. */
export function flagDefaults(flags: readonly ToolFlag[]): TraitOption[] {
  return flags.flatMap(({ name, flag }) =>
    flag.default === undefined ? [] : [{ source: `--${name}`, key: flag.trait, value: textOf(flag.default) }],
  );
}

/** Arguments without flag of a tool, as oclif's definitions; empty for a tool that accepts none. */
export function argumentInput(catalog: ComponentCatalog, id: string): ArgInput {
  const positional = catalog.find(id)?.entry.command?.positional;
  if (positional === undefined) return {};
  const declaration = declarationOf(catalog, positional.trait);
  const description = positional.help ?? declaration?.help ?? '';
  const multiple = declaration === undefined || flagForm(declaration).isMultiple;
  return { [positional.name]: multiple ? Args.string({ description, multiple }) : Args.string({ description }) };
}

/** Converts the arguments without flag to the trait option of a tool that accepts them. */
export function argumentOptions(catalog: ComponentCatalog, id: string, given: readonly unknown[]): TraitOption[] {
  const positional = catalog.find(id)?.entry.command?.positional;
  if (positional === undefined || given.length === 0) return [];
  const declaration = declarationOf(catalog, positional.trait);
  const isSingle = declaration !== undefined && !flagForm(declaration).isMultiple;
  const value = isSingle ? flagText(declaration, String(given[0])) : JSON.stringify(given);
  return [{ source: given.join(' '), key: positional.trait, value }];
}

type FlagValue = boolean | string | readonly string[];

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Formats a flag for messages: `--max-events 5`, `--no-write-images`, `--reconstructor A --reconstructor B`. */
function commandLineForm(name: string, value: FlagValue): string {
  if (value === true) return `--${name}`;
  if (value === false) return `--no-${name}`;
  return [value]
    .flat()
    .map((each) => `--${name} ${each}`)
    .join(' ');
}
