import { messageOf } from '@cherenkit/errors';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describeCircle, serviceCircle } from '@cherenkit/core/internal';
import type { PluginRegistry } from '@cherenkit/core';
import { installedPackageFolder } from './package-folder.js';
import { pluginReports, type PluginReport } from './plugin-report.js';

/** Result of the check of a plugin. */
export interface DiagnosedPlugin extends PluginReport {
  /** Why the plugin cannot be used; undefined if it can. */
  readonly fault: string | undefined;
  /** Information that is not a problem. */
  readonly notes: readonly string[];
}

const CORE = '@cherenkit/core';

/** Checks plugins: imports each of them, and looks for names provided by several plugins. */
export async function diagnosePlugins(
  registry: PluginRegistry,
): Promise<{ readonly plugins: readonly DiagnosedPlugin[]; readonly conflicts: readonly string[] }> {
  const plugins: DiagnosedPlugin[] = [];
  // Reports are made before the imports: failed imports are added to the registry and would be listed twice.
  for (const report of pluginReports(registry)) {
    const fault = report.status === 'failed' ? report.reason : await importFault(registry, report.name);
    plugins.push({ ...report, fault, notes: coreNotes(report) });
  }
  return { plugins, conflicts: conflictsOf(registry) };
}

async function importFault(registry: PluginRegistry, name: string): Promise<string | undefined> {
  try {
    await registry.load(name);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Notes if an external plugin uses another copy of core. This works, since classes are recognized by brand. */
function coreNotes({ foundBy, location }: PluginReport): string[] {
  if (location === undefined || foundBy === 'built in') return [];
  const folder = installedPackageFolder(CORE, location);
  if (folder === undefined) return [`${CORE} is not installed for it: not found from ${location}`];
  const own = dirname(createRequire(import.meta.url).resolve(`${CORE}/package.json`));
  if (realpathSync(folder) === realpathSync(own)) return [];
  const versionOf = (path: string): string =>
    String((JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version?: unknown }).version);
  return [
    `it uses a separate copy of ${CORE}: version ${versionOf(folder)} in ${folder}; cherenkit uses ${versionOf(own)}`,
  ];
}

function conflictsOf({ catalog, installed }: PluginRegistry): string[] {
  const names = new Set(catalog.ids.map((id) => catalog.find(id)?.className ?? id));
  const components = [...names].flatMap((name) => {
    const ids = catalog.ambiguous(name);
    return ids.length > 1 ? [`several plugins provide ${name}; write ${ids.join(' or ')} in configurations`] : [];
  });
  const owners = new Map<string, string[]>();
  for (const { manifest } of installed) {
    for (const service of Object.keys(manifest.services ?? {})) {
      owners.set(service, [...(owners.get(service) ?? []), manifest.name]);
    }
  }
  const circle = serviceCircle(installed.map(({ manifest }) => manifest));
  const services = [...owners].filter(([, plugins]) => plugins.length > 1);
  return [
    ...components,
    ...services.map(([service, plugins]) => `several plugins provide the service ${service}: ${plugins.join(', ')}`),
    ...(circle ? [describeCircle(circle)] : []),
  ];
}
