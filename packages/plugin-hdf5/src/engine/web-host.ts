import { openFile } from '@cherenkit/io';
import type { StagedFile } from './h5wasm/h5wasm-file.js';
import type { H5wasmModule } from './h5wasm/h5wasm-module.js';
import { Hdf5Library } from './h5wasm/hdf5-library.js';
import type { Hdf5Source } from './hdf5-source.js';

/** Folders in the memory of the library. */
const FILTER_FOLDER = '/filters';
const FILE_FOLDER = '/files';

let loaded: Promise<{ readonly library: Hdf5Library; readonly module: H5wasmModule }> | undefined;
let nStaged = 0;

/** The HDF5 library of this thread. Loaded by the first call. */
export async function loadLibrary(): Promise<Hdf5Library> {
  return (await load()).library;
}

function load(): NonNullable<typeof loaded> {
  loaded ??= (async () => {
    const [{ ready }, filter] = await Promise.all([import('h5wasm'), fetchFilter()]);
    const module = (await ready) as unknown as H5wasmModule;
    module.FS.mkdirTree(FILTER_FOLDER);
    module.FS.writeFile(`${FILTER_FOLDER}/libH5Zblosc.so`, filter);
    return { module, library: new Hdf5Library(module, FILTER_FOLDER) };
  })();
  return loaded;
}

async function fetchFilter(): Promise<Uint8Array> {
  // Written in one expression, which bundlers recognize as an asset.
  const response = await fetch(new URL('../filters/libH5Zblosc.so', import.meta.url));
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
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

async function bytesOf(source: Hdf5Source): Promise<{ name: string; bytes: Uint8Array }> {
  if (source instanceof Uint8Array) return { name: 'memory', bytes: source };
  if (source instanceof Blob) return { name: nameOf(source), bytes: new Uint8Array(await source.arrayBuffer()) };
  await using file = await openFile(source);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks()) chunks.push(chunk);
  return { name: file.name, bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()) };
}

function nameOf(source: Blob): string {
  return source instanceof File ? source.name : 'memory';
}

function noop(): void {
  // The library keeps the file open.
}
