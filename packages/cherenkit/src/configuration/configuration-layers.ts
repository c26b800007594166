import { open } from 'node:fs/promises';
import { MAX_CONFIGURATION_BYTES, oversizedLayer } from '@cherenkit/core/internal';
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

/**
 * The layer of a configuration file, or of an output file, which keeps the configuration that it was made with.
 *
 * @throws CherenkitError CONFIG_FILE_MISSING, CONFIG_NOT_STORED; ConfigurationError for a file of an unknown kind
 */
export async function fileLayer(path: string): Promise<ConfigLayer> {
  if (/\.(?:h5|hdf5)$/i.test(path)) {
    const { storedConfigurationLayer } = await import('./stored-configuration.js');
    return storedConfigurationLayer(path);
  }
  let bytes: Uint8Array | number;
  try {
    bytes = await readShort(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot read the configuration file ${path}: ${reason}.`;
    throw new CherenkitError('CONFIG_FILE_MISSING', ExitCode.USAGE, message, { cause });
  }
  return typeof bytes === 'number'
    ? oversizedLayer(path, bytes)
    : readConfigFile(new TextDecoder().decode(bytes), path);
}

/** A file's bytes, or their number where there are too many: not all of them are read then, if ever they end. */
async function readShort(path: string): Promise<Uint8Array | number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MAX_CONFIGURATION_BYTES) return size;
    const bytes = new Uint8Array(MAX_CONFIGURATION_BYTES + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    return length;
  } finally {
    await file.close();
  }
}
