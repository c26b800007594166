import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { readingReason } from '@cherenkit/errors';
import { MAX_CONFIGURATION_BYTES, splitIncludes, type ListedName } from '@cherenkit/core/internal';
import { CherenkitError, ConfigurationError, type ConfigLayer, type Problem } from '@cherenkit/core';
import { readConfiguration } from './read-configuration.js';

/** Limit of the entries below `include` in a file and in all files that it includes. */
const MAX_INCLUDES = 1000;

/**
 * Reads a configuration file and the files that it includes: one layer for each, in order of increasing precedence. A file
 * takes precedence over those that it includes, and a later one in its list over an earlier one. A file that is included
 * several times is read once, at its first place.
 *
 * Paths are relative to the folder of the including file. What is wrong with an included file is a problem of the layer that
 * includes it, at the position of the path.
 *
 * @param path - of a file, or `-` for standard input
 * @throws CherenkitError CONFIG_FILE_MISSING, CONFIG_NOT_STORED; ConfigurationError for an unknown extension of the file itself
 */
export async function fileLayers(path: string): Promise<ConfigLayer[]> {
  const inclusion = new Inclusion();
  await inclusion.add(await readConfiguration(path));
  return inclusion.layers;
}

/** Reads the included files, each before the file that includes it. */
class Inclusion {
  readonly layers: ConfigLayer[] = [];
  /** Files whose includes are being read, by their real path, from the outermost one. */
  readonly #open = new Map<string, string>();
  readonly #done = new Set<string>();
  #nIncludes = 0;
  #bytes = 0;

  async add(read: ConfigLayer): Promise<void> {
    const { layer, files } = splitIncludes(read);
    const { file } = layer;
    if (files.length === 0) {
      this.layers.push(layer);
      return;
    }
    const id = file === undefined ? undefined : await realpath(file);
    if (file !== undefined && id !== undefined) this.#open.set(id, file);
    const problems: Problem[] = [];
    for (const { name, at } of files.slice(0, MAX_INCLUDES)) {
      const reason = await this.#include(isAbsolute(name) ? name : join(dirname(file ?? '.'), name));
      if (reason !== undefined) problems.push({ severity: 'error', at, message: `include: ${reason}` });
    }
    if (id !== undefined) this.#open.delete(id);
    this.layers.push({ ...layer, problems: [...layer.problems, ...problems, ...excess(files)] });
  }

  /** @returns what is wrong with the file, if anything */
  async #include(path: string): Promise<string | undefined> {
    const shown = JSON.stringify(path);
    if (++this.#nIncludes > MAX_INCLUDES) return `${shown} was not read: more than ${MAX_INCLUDES} files are included`;
    try {
      const id = await realpath(path);
      if (this.#open.has(id)) return `${shown} includes itself: ${this.#cycle(id)}`;
      if (this.#done.has(id)) return undefined;
      this.#done.add(id);
      const file = await stat(id);
      if (!file.isFile()) return `${shown} is not a regular file`;
      if (!isStored(path)) this.#bytes += file.size;
      if (this.#bytes > MAX_CONFIGURATION_BYTES) {
        return `${shown} was not read: the included files have more than ${MAX_CONFIGURATION_BYTES} bytes`;
      }
      await this.add(await readConfiguration(path));
      return undefined;
    } catch (error) {
      if (error instanceof ConfigurationError)
        return `${shown}: ${error.problems.map(({ message }) => message).join('; ')}`;
      if (error instanceof CherenkitError) return error.message;
      return `cannot read ${shown}: ${readingReason(error)}`;
    }
  }

  #cycle(id: string): string {
    const ids = [...this.#open.keys()];
    const files = ids.slice(ids.indexOf(id)).map((open) => JSON.stringify(this.#open.get(open)));
    const shown = files.length > 5 ? [...files.slice(0, 3), '...', files[files.length - 1]] : files;
    return [...shown, files[0]].join(' -> ');
  }
}

/** Whether a file is an output with the configuration of its run. */
function isStored(path: string): boolean {
  return /\.(?:h5|hdf5)$/i.test(path);
}

function excess(files: readonly ListedName[]): Problem[] {
  const [first] = files.slice(MAX_INCLUDES);
  if (!first) return [];
  const message = `include: expected at most ${MAX_INCLUDES} files, found ${files.length}`;
  return [{ severity: 'error', at: first.at, message }];
}
