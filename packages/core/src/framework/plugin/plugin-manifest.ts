import { snakeCase } from '@cherenkit/expression';
import type { CommandDeclaration } from '../component/command-declaration.js';
import { baseOf, ownTraits, type ComponentKind, type InputSignature } from '../component/component.js';
import { tokenName } from '../component/service.js';
import type { TraitDeclaration } from '../component/traits/trait-types.js';
import type { Plugin } from './define-plugin.js';

/** A class as a manifest tells it: what it adds to its base. What it inherits is in the manifest of its base's plugin. */
export interface ComponentEntry {
  readonly kind: string;
  /** It has a section in configurations, but cannot be chosen. */
  readonly abstract?: true;
  /** The named class above it; missing right below `Component`. */
  readonly extends?: string;
  readonly help?: string;
  /** Classes that it creates by itself and its base does not. */
  readonly children?: readonly string[];
  readonly recognises?: readonly InputSignature[];
  /** Of a tool. */
  readonly command?: CommandDeclaration;
  /** By the names in files. */
  readonly traits?: { readonly [name: string]: TraitDeclaration };
}

/** A plugin's description of itself as plain data, made from its classes at build time and read without importing its code. */
export interface PluginManifest {
  readonly name: string;
  readonly apiVersion: number;
  /** By class name. */
  readonly components: { readonly [name: string]: ComponentEntry };
  /** Names of the tokens. */
  readonly services?: readonly string[];
}

/** A manifest that was checked, or what keeps plain data from being one. */
export type CheckedManifest = { readonly manifest: PluginManifest } | { readonly fault: string };

/**
 * Checks that plain data, such as the content of a file, has the shape of a manifest.
 *
 * Only the first mistake is reported: manifests are generated, so the remedy is to generate it again.
 */
export async function checkManifest(value: unknown): Promise<CheckedManifest> {
  // Only plugins beside the built-in ones are checked; a run without any does not wait for the validator.
  const { manifestFault } = await import('./manifest-validator.js');
  const fault = manifestFault(value);
  return fault === undefined ? { manifest: value as PluginManifest } : { fault };
}

/** The manifest of a plugin, as JSON gives it back: it compares with a stored one. */
export function manifestOf({ name, apiVersion, kinds, bases, components, services }: Plugin): PluginManifest {
  const concrete = new Set<ComponentKind>(components);
  const classes = [...new Set([...kinds, ...bases, ...components])].sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest: PluginManifest = {
    name,
    apiVersion,
    components: Object.fromEntries(
      classes.map((component) => [component.name, entryOf(component, !concrete.has(component))]),
    ),
    ...(services.length > 0 && { services: services.map(({ token }) => tokenName(token)) }),
  };
  return JSON.parse(JSON.stringify(manifest)) as PluginManifest;
}

function entryOf(component: ComponentKind, abstract: boolean): ComponentEntry {
  const base = baseOf(component);
  const traits = [...ownTraits(component)].map(([name, { declaration }]) => [snakeCase(name), declaration] as const);
  const children = component.children.filter((child) => !base?.children.includes(child)).map((child) => child.name);
  return {
    kind: component.kind,
    ...(abstract && { abstract }),
    ...(base && { extends: base.name }),
    ...(Object.hasOwn(component, 'help') && { help: component.help }),
    ...(children.length > 0 && { children }),
    ...(Object.hasOwn(component, 'recognises') && { recognises: component.recognises }),
    ...(Object.hasOwn(component, 'command') && { command: component.command }),
    ...(traits.length > 0 && { traits: Object.fromEntries(traits) }),
  };
}

/** What differs between a stored manifest and the code: names of components, `services`, `apiVersion`; empty when nothing does. */
export function staleParts(stored: PluginManifest, actual: PluginManifest): string[] {
  const names = new Set([...Object.keys(stored.components), ...Object.keys(actual.components)]);
  const stale = [...names].filter((name) => !isEqual(stored.components[name], actual.components[name]));
  if (!isEqual(stored.services, actual.services)) stale.push('services');
  if (stored.name !== actual.name) stale.push('name');
  if (stored.apiVersion !== actual.apiVersion) stale.push('apiVersion');
  return stale;
}

/** The manifest as a file: one line per trait, so that people read it and a diff shows what changed. */
export function formatManifest(manifest: PluginManifest): string {
  return `${format(manifest, '')}\n`;
}

const WIDEST = 110;

function format(value: unknown, indent: string): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && line.length < WIDEST)) return line;
  const isTrait = 'type' in value;
  if (isTrait || line.length + indent.length < WIDEST) return line;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => `${inner}${format(item, inner)}`)
    : Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)}: ${format(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${members.join(',\n')}\n${indent}${close}`;
}

/** Equality of plain data; the order of keys means nothing. */
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
