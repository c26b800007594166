import { printable } from '@cherenkit/errors';
import type { ComponentEntry, PluginRegistry, InstalledPlugin, PluginFailure } from '@cherenkit/core';

/** Description of a plugin, from package.json and manifest. */
export interface PluginReport {
  /** Name in the manifest; the folder if there is no valid manifest. */
  readonly name: string;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  readonly location?: string | undefined;
  /** How it was found. */
  readonly foundBy: string;
  readonly apiVersion?: string | number | undefined;
  readonly status: 'ready' | 'failed';
  /** Why it cannot be used; undefined if it can. */
  readonly reason?: string | undefined;
  readonly components: readonly ContributedComponent[];
  /** Abstract base classes: kinds of components, and classes with configuration sections of their own. */
  readonly bases: readonly ContributedComponent[];
  readonly services: readonly string[];
}

/** Component provided by a plugin. */
interface ContributedComponent {
  readonly name: string;
  readonly kind: string;
}

/** Describes all plugins of a registry; those that cannot be used come last. */
export function pluginReports({ installed, failures }: PluginRegistry): PluginReport[] {
  const failed = new Set(failures.map(({ name, location }) => `${name} ${location}`));
  const usable = installed.filter(({ manifest, location }) => !failed.has(`${manifest.name} ${location}`));
  return [...usable.map(readyReport), ...failures.map(failureReport)];
}

function readyReport({ manifest, packageName, version, location, foundBy, apiVersion }: InstalledPlugin): PluginReport {
  return {
    name: manifest.name,
    packageName,
    version,
    location,
    foundBy: foundBy ?? 'given',
    apiVersion: apiVersion ?? manifest.apiVersion,
    status: 'ready',
    ...contributions(manifest),
  };
}

function failureReport({
  name,
  packageName,
  version,
  location,
  foundBy,
  reason,
  manifest,
}: PluginFailure): PluginReport {
  const contributed = contributions(manifest ?? { components: {} });
  return {
    name,
    packageName,
    version,
    location,
    foundBy: foundBy ?? 'given',
    status: 'failed',
    reason,
    ...contributed,
  };
}

type Contributions = Pick<PluginReport, 'components' | 'bases' | 'services'>;

function contributions(manifest: {
  readonly components: Readonly<Record<string, ComponentEntry>>;
  readonly services?: Readonly<Record<string, unknown>>;
}): Contributions {
  const entries = Object.entries(manifest.components);
  const named = (isAbstract: boolean): ContributedComponent[] =>
    entries.filter(([, { abstract = false }]) => abstract === isAbstract).map(([name, { kind }]) => ({ name, kind }));
  return { components: named(false), bases: named(true), services: Object.keys(manifest.services ?? {}) };
}

/** Formats a report as text. */
export function describePlugin(report: PluginReport): string {
  const { name, packageName, version, location, foundBy, reason, components, services } = report;
  const title = [name, packageName === name ? '' : packageName, version].filter(Boolean).join(' ');
  const kinds = [...new Set(components.map(({ kind }) => kind))];
  const lines = [
    `${title}: ${reason === undefined ? 'ready' : 'FAILED'}, ${foundBy}`,
    ...(location === undefined || location === name ? [] : [`  ${location}`]),
    ...(reason === undefined ? [] : [`  ${reason}`]),
    ...kinds.map(
      (kind) => `  ${kind}: ${components.flatMap((each) => (each.kind === kind ? [each.name] : [])).join(', ')}`,
    ),
    ...(services.length > 0 ? [`  services: ${services.join(', ')}`] : []),
  ];
  return lines.map(printable).join('\n');
}
