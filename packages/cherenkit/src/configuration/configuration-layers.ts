import { open } from 'node:fs/promises';
import { messageOf } from '@cherenkit/errors';
import { MAX_CONFIGURATION_BYTES, oversizedLayer } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, objectLayer, readConfigFile, type ConfigLayer } from '@cherenkit/core';
import type { ConfigurationSections } from './configuration-sections.js';

type ConfigurationItem = string | ConfigurationSections | ConfigLayer;

/**
 * Path of a configuration file, an object with the keys of one, or a list of these. Later items take precedence. Layers, which
 * `objectLayer` makes of an object of any type, are items as well.
 */
export type Configuration = ConfigurationItem | readonly ConfigurationItem[];

/**
 * Reads the layers of a configuration, in order of increasing precedence.
 *
 * @example
 * ```ts
 * const layers = await configurationLayers({ TailcutsImageCleaner: { picture_threshold_pe: 10 } });
 * const { outcome } = await runTool({ tool: 'ProcessorTool', layers });
 * ```
 *
 * @throws CherenkitError CONFIG_FILE_MISSING; ConfigurationError for an unknown file extension
 */
export async function configurationLayers(config: Configuration | undefined): Promise<ConfigLayer[]> {
  const items: readonly ConfigurationItem[] = isList(config) ? config : config === undefined ? [] : [config];
  const layers: ConfigLayer[] = [];
  for (const item of items) {
    if (typeof item === 'string') layers.push(await fileLayer(item));
    else layers.push(isLayer(item) ? item : objectLayer(item));
  }
  return layers;
}

function isList(config: Configuration | undefined): config is readonly ConfigurationItem[] {
  return Array.isArray(config);
}

function isLayer(item: ConfigurationSections | ConfigLayer): item is ConfigLayer {
  return 'problems' in item && Array.isArray(item.problems);
}

/**
 * Reads a configuration file, or the configuration stored in an HDF5 output file.
 *
 * @throws CherenkitError CONFIG_FILE_MISSING, CONFIG_NOT_STORED; ConfigurationError for an unknown file extension
 */
export async function fileLayer(path: string): Promise<ConfigLayer> {
  if (/\.(?:h5|hdf5)$/i.test(path)) {
    const { storedConfigurationLayer } = await import('./stored-configuration.js');
    return storedConfigurationLayer(path);
  }
  let bytes: Uint8Array | number;
  try {
    bytes = await readUpToLimit(path);
  } catch (cause) {
    const reason = messageOf(cause);
    const message = `Cannot read the configuration file ${path}: ${reason}.`;
    throw new CherenkitError('CONFIG_FILE_MISSING', ExitCode.USAGE, message, { cause });
  }
  return typeof bytes === 'number'
    ? oversizedLayer(path, bytes)
    : readConfigFile(new TextDecoder().decode(bytes), path);
}

/**
 * Reads the bytes of a file; returns a byte count instead if it exceeds MAX_CONFIGURATION_BYTES. Such a file is not read
 * whole: a device such as /dev/zero has no end.
 */
async function readUpToLimit(path: string): Promise<Uint8Array | number> {
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
