import { snakeCase } from '@cherenkit/expression';
import type { CommandDeclaration } from '../component/command-declaration.js';
import { baseOf, ownTraits, type ComponentKind, type InputSignature } from '../component/component.js';
import { tokenName, type ServiceDefinition } from '../component/service.js';
import type { TraitDeclaration } from '../component/traits/trait-types.js';
import type { Plugin } from './define-plugin.js';

/** A component class in a manifest: what it adds to its base class, whose members are in the manifest of its own plugin. */
export interface ComponentEntry {
  readonly kind: string;
  /** The class has a section in configurations, but cannot be chosen. */
  readonly abstract?: true;
  /** Nearest named base class; undefined for a direct subclass of `Component`. */
  readonly extends?: string;
  /** Further classes whose sections apply to it. */
  readonly mixins?: readonly string[];
  readonly help?: string;
  /** Child classes that its base class does not declare. */
  readonly children?: readonly string[];
  readonly recognises?: readonly InputSignature[];
  /** Command of a tool. */
  readonly command?: CommandDeclaration;
  /** By the names in files. */
  readonly traits?: { readonly [name: string]: TraitDeclaration };
}

/** The description of a plugin as plain data, generated from its classes at build time and read without importing its code. */
export interface PluginManifest {
  readonly name: string;
  readonly apiVersion: number;
  /** By class name. */
  readonly components: { readonly [name: string]: ComponentEntry };
  /** Names of the services that each service needs, by its name. */
  readonly services?: { readonly [name: string]: readonly string[] };
  /** Whether one thread has to process all events. */
  readonly sharesState?: true;
}

/** A valid manifest, or the first mistake in it. */
export type CheckedManifest = { readonly manifest: PluginManifest } | { readonly fault: string };

/**
 * Validates a manifest, such as the content of a file.
 *
 * Only the first mistake is reported: manifests are generated, so the remedy is always to generate it again.
 */
export async function checkManifest(value: unknown): Promise<CheckedManifest> {
  // Imported on demand: built-in plugins need no validation.
  const { manifestFault } = await import('./manifest-validator.js');
  const fault = manifestFault(value);
  return fault === undefined ? { manifest: value as PluginManifest } : { fault };
}

/** Generates the manifest of a plugin. It is a JSON value, so that it can be compared with a stored one. */
export function manifestOf({
  name,
  apiVersion,
  kinds,
  bases,
  components,
  services,
  sharesState,
}: Plugin): PluginManifest {
  const concrete = new Set<ComponentKind>(components);
  const classes = [...new Set([...kinds, ...bases, ...components])].sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest: PluginManifest = {
    name,
    apiVersion,
    components: Object.fromEntries(
      classes.map((component) => [component.name, entryOf(component, !concrete.has(component))]),
    ),
    ...(services.length > 0 && { services: serviceNeeds(services) }),
    ...(sharesState && { sharesState }),
  };
  return JSON.parse(JSON.stringify(manifest)) as PluginManifest;
}

/** Returns the names of the services that each service needs, by its name. */
export function serviceNeeds(services: readonly ServiceDefinition[]): Record<string, string[]> {
  return Object.fromEntries(
    services.map(({ token, needs }) => [tokenName(token), needs.map((needed) => tokenName(needed))]),
  );
}

function entryOf(component: ComponentKind, abstract: boolean): ComponentEntry {
  const base = baseOf(component);
  const traits = [...ownTraits(component)].map(([name, { declaration }]) => [snakeCase(name), declaration] as const);
  const children = component.children.filter((child) => !base?.children.includes(child)).map((child) => child.name);
  return {
    kind: component.kind,
    ...(abstract && { abstract }),
    ...(base && { extends: base.name }),
    ...(Object.hasOwn(component, 'mixins') && { mixins: (component.mixins ?? []).map((mixin) => mixin.name) }),
    ...(Object.hasOwn(component, 'help') && { help: component.help }),
    ...(children.length > 0 && { children }),
    ...(Object.hasOwn(component, 'recognises') && { recognises: component.recognises }),
    ...(Object.hasOwn(component, 'command') && { command: component.command }),
    ...(traits.length > 0 && { traits: Object.fromEntries(traits) }),
  };
}

/** Returns the parts of a stored manifest that differ from the code: names of components, `services`, `name`, `apiVersion`. */
export function staleParts(stored: PluginManifest, actual: PluginManifest): string[] {
  const names = new Set([...Object.keys(stored.components), ...Object.keys(actual.components)]);
  const stale = [...names].filter((name) => !isEqual(stored.components[name], actual.components[name]));
  if (!isEqual(stored.services, actual.services)) stale.push('services');
  if (stored.sharesState !== actual.sharesState) stale.push('sharesState');
  if (stored.name !== actual.name) stale.push('name');
  if (stored.apiVersion !== actual.apiVersion) stale.push('apiVersion');
  return stale;
}

/** Formats a manifest as JSON with one line per trait, for readable diffs. */
export function formatManifest(manifest: PluginManifest): string {
  return `${format(manifest, '')}\n`;
}

const MAX_WIDTH = 110;

function format(value: unknown, indent: string): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && line.length < MAX_WIDTH)) return line;
  const isTrait = 'type' in value;
  if (isTrait || line.length + indent.length < MAX_WIDTH) return line;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => `${inner}${format(item, inner)}`)
    : Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)}: ${format(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.join(',\n')}\n${indent}${close}`;
}

/** Deep equality of plain data, independent of the order of keys. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  );
}
