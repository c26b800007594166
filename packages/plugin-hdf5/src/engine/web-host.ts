import { CherenkitError, ExitCode } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { providedBloscFilter } from './blosc-filter.js';
import type { OpenFileBytes } from './direct/direct-file.js';
import type { StagedFile } from './h5wasm/h5wasm-file.js';
import type { H5wasmModule } from './h5wasm/h5wasm-module.js';
import { Hdf5Library } from './h5wasm/hdf5-library.js';
import { loadModule } from './h5wasm/load-module.js';
import type { Hdf5Source } from './hdf5-source.js';
import type { StagedForWorker, StartedWorker } from './worker/worker-messages.js';

/** Folders in the memory of the library. */
const FILTER_FOLDER = '/filters';
const FILE_FOLDER = '/files';
/** First bytes of WebAssembly. */
const WASM_SIGNATURE = [0, 0x61, 0x73, 0x6d] as const;

let loaded: Promise<{ readonly library: Hdf5Library; readonly module: H5wasmModule }> | undefined;
let nStaged = 0;

/** The HDF5 library of this thread. Loaded by the first call. */
export async function loadLibrary(): Promise<Hdf5Library> {
  return (await load()).library;
}

function load(): NonNullable<typeof loaded> {
  loaded ??= (async () => {
    const [module, filter] = await Promise.all([loadModule(() => import('h5wasm')), fetchFilter()]);
    module.FS.mkdirTree(FILTER_FOLDER);
    module.FS.writeFile(`${FILTER_FOLDER}/libH5Zblosc.so`, filter);
    return { module, library: new Hdf5Library(module, FILTER_FOLDER) };
  })().catch((error: unknown) => {
    // The next call tries again.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** @throws CherenkitError HDF5_LIBRARY_MISSING (66) */
async function fetchFilter(): Promise<Uint8Array> {
  const provided = await providedBloscFilter();
  if (provided) return provided;
  // Written in one expression, which bundlers recognize as an asset.
  const response = await fetch(new URL('../filters/libH5Zblosc.so', import.meta.url));
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers answer with a page instead of an error.
  if (response.ok && WASM_SIGNATURE.every((byte, i) => byte === bytes[i])) return bytes;
  const found = response.ok ? `a file of type ${response.headers.get('content-type')}` : `status ${response.status}`;
  const message =
    `Cannot read HDF5 files: expected the Blosc filter at ${response.url}, found ${found}. ` +
    'Copy the folder "filters" of @cherenkit/plugin-hdf5 there.';
  throw new CherenkitError('HDF5_LIBRARY_MISSING', ExitCode.NO_INPUT, message);
}

/**
 * Makes a source available to the library. In a worker, a `Blob` is read on demand; elsewhere all bytes are copied into
 * the memory of the library.
 */
export async function stageFile(source: Hdf5Source): Promise<StagedFile> {
  const { FS } = (await load()).module;
  const folder = `${FILE_FOLDER}/${nStaged++}`;
  const path = `${folder}/file.h5`;
  FS.mkdirTree(folder);
  const { WORKERFS } = FS.filesystems;
  if (source instanceof Blob && WORKERFS && 'FileReaderSync' in globalThis) {
    FS.mount(WORKERFS, { blobs: [{ name: 'file.h5', data: source }] }, folder);
    return { name: nameOf(source), path, size: source.size, opened: noop, release: () => FS.unmount(folder) };
  }
  const { name, bytes } = await bytesOf(source);
  FS.writeFile(path, bytes);
  return { name, path, size: bytes.length, opened: noop, release: () => FS.unlink(path) };
}

/** In browsers, all files are read by the library. */
export function openBytes(): OpenFileBytes | undefined {
  return undefined;
}

/** The worker reads the source itself. URLs are relative to the page, not to the worker. */
export function stageForWorker(source: Hdf5Source): Promise<StagedForWorker> {
  const isAddress = typeof source === 'string' || source instanceof URL;
  const given = { source: isAddress ? new URL(source, baseUrl()).href : source };
  return Promise.resolve({ name: nameOf(source), given, opened: noop, release: noop });
}

/** Starts a worker that reads HDF5 files. */
export function startWorker(): StartedWorker {
  // Written in one expression, which bundlers recognize as the entry of a worker.
  const worker = new Worker(new URL('./hdf5-worker.js', import.meta.url), { type: 'module' });
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer as Transferable[]),
    onMessage: (receive) => worker.addEventListener('message', ({ data }) => receive(data)),
    // The event of a worker whose file is missing has no message.
    onEnd: (ended) => worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => ended(message)),
    keepAlive: noop,
    terminate: () => worker.terminate(),
  };
}

async function bytesOf(source: Hdf5Source): Promise<{ name: string; bytes: Uint8Array }> {
  const name = nameOf(source);
  if (source instanceof Uint8Array) return { name, bytes: source };
  if (source instanceof Blob) return { name, bytes: new Uint8Array(await source.arrayBuffer()) };
  await using file = await openFile(source);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks()) chunks.push(chunk);
  return { name, bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()) };
}

function baseUrl(): string {
  return typeof document === 'undefined' ? location.href : document.baseURI;
}

function nameOf(source: Hdf5Source): string {
  if (typeof source === 'string' || source instanceof URL) return String(source);
  return source instanceof File ? source.name : 'memory';
}

function noop(): void {
  // Nothing to do in browsers.
}
