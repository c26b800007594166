import { readFile } from 'node:fs/promises';
import { CherenkitError, ExitCode, objectLayer, readConfigFile, type ConfigLayer } from '@cherenkit/core';

/** A configuration file by its path, an object with the keys of one, or several of these, the later one winning. */
export type Configuration = string | object | readonly (string | object)[];

/**
 * The layers of a configuration.
 *
 * @throws CherenkitError CONFIG_FILE_MISSING; ConfigurationError for a file of an unknown kind
 */
export async function configurationLayers(config: Configuration | undefined): Promise<ConfigLayer[]> {
  const parts: readonly (string | object)[] = isList(config) ? config : config === undefined ? [] : [config];
  const layers: ConfigLayer[] = [];
  for (const part of parts) layers.push(typeof part === 'string' ? await fileLayer(part) : objectLayer(part));
  return layers;
}

function isList(config: Configuration | undefined): config is readonly (string | object)[] {
  return Array.isArray(config);
}

/** The layer of a file. */
export async function fileLayer(path: string): Promise<ConfigLayer> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot read the configuration file ${path}: ${reason}.`;
    throw new CherenkitError('CONFIG_FILE_MISSING', ExitCode.USAGE, message, { cause });
  }
  return readConfigFile(text, path);
}
