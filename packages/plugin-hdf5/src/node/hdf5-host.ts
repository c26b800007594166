import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type TransferListItem } from 'node:worker_threads';
import { openFile } from '@cherenkit/io';
import type { OpenFileBytes } from '../engine/direct/direct-file.js';
import type { StagedFile } from '../engine/h5wasm/h5wasm-file.js';
import { Hdf5Library } from '../engine/h5wasm/hdf5-library.js';
import { loadModule } from '../engine/h5wasm/load-module.js';
import type { Hdf5Source } from '../engine/hdf5-source.js';
import type { StagedForWorker, StartedWorker } from '../engine/worker/worker-messages.js';
import { attempt } from './temporary-file-error.js';

/** Folder of the filters, relative to the bundle. */
const FILTERS = new URL('../filters', import.meta.url);

let library: Promise<Hdf5Library> | undefined;

/** The HDF5 library of this thread, which reads files of the disk. Loaded by the first call. */
export function loadLibrary(): Promise<Hdf5Library> {
  library ??= load();
  return library;
}

async function load(): Promise<Hdf5Library> {
  return new Hdf5Library(await loadModule(() => import('h5wasm/node')), fileURLToPath(FILTERS));
}

/**
 * Makes a source available to the library: files as they are, other sources as temporary files.
 *
 * @throws CherenkitError INPUT_MISSING, INPUT_NOT_SEEKABLE (66)
 */
export async function stageFile(source: Hdf5Source): Promise<StagedFile> {
  if (source instanceof Uint8Array) return temporaryFile(source, 'memory');
  if (source instanceof Blob) {
    const name = source instanceof File ? source.name : 'memory';
    return temporaryFile(new Uint8Array(await source.arrayBuffer()), name);
  }
  await using file = await openFile(source);
  // A pipe cannot be read at offsets; this throws the error that says so.
  if (!file.canSeek) await file.read(0, 1);
  return { name: file.name, path: resolve(file.name), size: file.size ?? 0, opened: noop, release: noop };
}

/** Opens a file of the disk to read it without the library; undefined for other sources, and files that cannot be opened. */
export function openBytes(source: Hdf5Source, { path }: StagedFile): OpenFileBytes | undefined {
  if (source instanceof Uint8Array || source instanceof Blob) return undefined;
  try {
    const file = openSync(path, 'r');
    const read = (position: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, position));
    };
    return { read, close: () => closeSync(file) };
  } catch {
    return undefined;
  }
}

/** Makes a source available to the library in a worker. */
export async function stageForWorker(source: Hdf5Source): Promise<StagedForWorker> {
  const staged = await stageFile(source);
  const { name, path, size } = staged;
  return {
    name,
    given: { staged: { name, path, size } },
    opened: () => staged.opened(),
    release: () => staged.release(),
  };
}

/** Starts a worker that reads HDF5 files. */
export function startWorker(): StartedWorker {
  const worker = new Worker(new URL('./hdf5-worker.node.js', import.meta.url));
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer as readonly TransferListItem[]),
    onMessage: (receive) => worker.on('message', receive),
    onEnd(ended) {
      worker.on('error', (error) => ended(String(error)));
      worker.on('exit', () => ended());
    },
    keepAlive: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}

function temporaryFile(bytes: Uint8Array, name: string): StagedFile {
  const prefix = join(tmpdir(), 'cherenkit-hdf5-');
  const folder = attempt('Creating', prefix, () => mkdtempSync(prefix));
  const path = join(folder, basename(name));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    attempt('Writing', path, () => writeFileSync(path, bytes));
  } catch (error) {
    remove();
    throw error;
  }
  // An open file can be removed, except on Windows. Nothing is left behind then if the process is killed.
  const opened = process.platform === 'win32' ? noop : remove;
  return { name, path, size: bytes.length, opened, release: remove };
}

function noop(): void {
  // Files of the user stay.
}
