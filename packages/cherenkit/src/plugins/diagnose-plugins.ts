import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PluginRegistry } from '@cherenkit/core';
import { installedPackageFolder } from './package-folder.js';
import { pluginReports, type PluginReport } from './plugin-report.js';

/** A plugin, imported to see whether that works. */
export interface DiagnosedPlugin extends PluginReport {
  /** Why it cannot be used. */
  readonly fault: string | undefined;
  /** What is worth knowing and no fault. */
  readonly notes: readonly string[];
}

const CORE = '@cherenkit/core';

/** Imports all plugins and looks for names that several of them have. */
export async function diagnosePlugins(
  registry: PluginRegistry,
): Promise<{ readonly plugins: readonly DiagnosedPlugin[]; readonly conflicts: readonly string[] }> {
  const plugins: DiagnosedPlugin[] = [];
  // Read before plugins are imported: a failure to do so would be in the list a second time.
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
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a plugin from elsewhere shares our copy of core. Another copy works: what crosses the border is known by brand. */
function coreNotes({ foundBy, location }: PluginReport): string[] {
  if (location === undefined || foundBy === 'built in') return [];
  const folder = installedPackageFolder(CORE, location);
  if (folder === undefined) return [`${CORE} is not installed where it would look for it`];
  const own = dirname(createRequire(import.meta.url).resolve(`${CORE}/package.json`));
  if (realpathSync(folder) === realpathSync(own)) return [];
  const versionOf = (path: string): string =>
    String((JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version?: unknown }).version);
  return [`it has a copy of ${CORE} of its own, version ${versionOf(folder)} in ${folder}; this is ${versionOf(own)}`];
}

function conflictsOf({ catalog, installed }: PluginRegistry): string[] {
  const names = new Set(catalog.ids.map((id) => catalog.find(id)?.className ?? id));
  const components = [...names].flatMap((name) => {
    const ids = catalog.ambiguous(name);
    return ids.length > 1 ? [`several plugins provide ${name}; configurations have to write ${ids.join(' or ')}`] : [];
  });
  const owners = new Map<string, string[]>();
  for (const { manifest } of installed) {
    for (const service of manifest.services ?? []) {
      owners.set(service, [...(owners.get(service) ?? []), manifest.name]);
    }
  }
  const services = [...owners].filter(([, plugins]) => plugins.length > 1);
  return [
    ...components,
    ...services.map(([service, plugins]) => `several plugins bring the service ${service}: ${plugins.join(', ')}`),
  ];
}
