import { pathToFileURL } from 'node:url';

/** Imports a module by its file path. */
export function importFile(path: string): Promise<{ readonly default?: unknown }> {
  return import(pathToFileURL(path).href) as Promise<{ readonly default?: unknown }>;
}
