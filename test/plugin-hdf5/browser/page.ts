/** Bundled for a page, whose test calls these functions. */
import core, { CherenkitError, installedPlugin, PluginRegistry, Run } from '@cherenkit/core';
import hdf5, { Hdf5File, readTable, TableLoader, type Hdf5Source } from '@cherenkit/plugin-hdf5';
import { digestOf, digestsOf, digestsOfFile, digestsOfLoader, type TableDigest } from './table-digests.js';

/** Reads all tables of a file, and with a loader, by the library in the worker of the package. */
export async function readInWorker(source: Hdf5Source): Promise<object> {
  await using file = await Hdf5File.open(source, { worker: true });
  const plugins = new PluginRegistry([core, hdf5].map((plugin) => installedPlugin(plugin)));
  await using run = await Run.prepare({ components: ['TableLoader'] }, { plugins });
  await run.openWithoutArray();
  const loader = run.create(TableLoader, 'TableLoader');
  await loader.open(file);
  return { tables: await digestsOfFile(file), loader: await digestsOfLoader(loader) };
}

/** Reads all tables of a file in a module worker of the page. */
export async function readInOwnWorker(file: Blob): Promise<object> {
  const worker = new Worker(new URL('./page-worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data as object));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}

/** Reads all tables of a file in the page, which copies the file into memory. */
export function readInPage(source: Hdf5Source): Promise<object> {
  return digestsOf(source);
}

/** Reads some rows of a table, by the library in the worker of the package. */
export async function readRows(source: Hdf5Source, path: string, start: number, stop: number): Promise<TableDigest> {
  await using file = await Hdf5File.open(source, { worker: true });
  return await digestOf(await readTable(file, path, { start, stop }));
}

/** Code and message of the error of a file that cannot be read. */
export async function errorOf(source: Hdf5Source): Promise<string> {
  try {
    await readInWorker(source);
    return 'no error';
  } catch (error) {
    return CherenkitError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
}
