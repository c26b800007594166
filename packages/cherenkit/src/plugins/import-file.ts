import { pathToFileURL } from 'node:url';

/** Files whose import has begun and not ended. */
export const importsInProgress = new Set<string>();

/** Imports a module by its file path. */
export async function importFile(path: string): Promise<{ readonly default?: unknown }> {
  importsInProgress.add(path);
  try {
    return (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } finally {
    importsInProgress.delete(path);
  }
}
