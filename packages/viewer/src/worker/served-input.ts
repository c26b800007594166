import { CherenkitError, ExitCode, type Json } from '@cherenkit/core';
import { byteSource, openFile, type ByteSource, type SourceFolder } from '@cherenkit/io';
import type { ServedFile } from '../index.js';
import type { Addresses, Config } from '../protocol.js';

/**
 * Opens a file that is served beside the page, under its own name: event sources find the files of a run by their names.
 *
 * @param others - served files of the same run, which are in its folder
 * @throws CherenkitError INPUT_MISSING, INPUT_CHANGED (66)
 */
export async function openServed({ name, address }: ServedFile, others: readonly ServedFile[]): Promise<ByteSource> {
  const file = await openFile(address);
  return byteSource({
    name,
    size: file.size,
    folder: folderOf(others),
    stream: () => file.chunks(),
    read: file.canSeek ? (offset, length) => file.read(offset, length) : undefined,
    close: async () => file[Symbol.asyncDispose](),
  });
}

function folderOf(files: readonly ServedFile[]): SourceFolder {
  return {
    path: '',
    list: () => Promise.resolve(files.map(({ name }) => name)),
    open: (path) => {
      const wanted = nameOf(path);
      const file = files.find(({ name }) => name === wanted);
      if (file !== undefined) return openServed(file, files);
      const message = `Cannot read ${wanted}: it is not served with the page. Start cherenkit view again.`;
      return Promise.reject(new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message));
    },
  };
}

/** A configuration whose paths are replaced by the addresses of their files. */
export function withAddresses(config: Config, addresses: Addresses): Config {
  const replaced = (value: Json): Json => {
    if (typeof value === 'string') return Object.hasOwn(addresses, value) ? (addresses[value] ?? value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(replaced);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each)]));
  };
  return replaced(config) as Config;
}

/** Name of a file without its folders. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
