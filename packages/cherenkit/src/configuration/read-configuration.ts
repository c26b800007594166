import { open } from 'node:fs/promises';
import { readingReason } from '@cherenkit/errors';
import { STANDARD_INPUT } from '@cherenkit/io';
import { MAX_CONFIGURATION_BYTES, oversizedLayer, readYamlText } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, readConfigFile, type ConfigLayer } from '@cherenkit/core';

/** Files without extension that shells make of `<(command)` and `< FILE`. */
const DEVICES = /^\/dev\/(?:stdin|fd\/\d+)$/;

/**
 * Reads a configuration file without the files that it includes, the configuration stored in an HDF5 output file, or YAML or
 * JSON from standard input, for the path `-`, and from a pipe such as `/dev/fd/63`.
 *
 * @throws CherenkitError CONFIG_FILE_MISSING, CONFIG_NOT_STORED; ConfigurationError for an unknown file extension
 */
export async function readConfiguration(path: string): Promise<ConfigLayer> {
  if (path === STANDARD_INPUT) return readStandardInput();
  if (/\.(?:h5|hdf5)$/i.test(path)) {
    const { storedConfigurationLayer } = await import('./stored-configuration.js');
    return storedConfigurationLayer(path);
  }
  let bytes: Uint8Array | number;
  try {
    bytes = await readUpToLimit(path);
  } catch (cause) {
    const message = `Cannot read the configuration file ${path}: ${readingReason(cause)}.`;
    throw new CherenkitError('CONFIG_FILE_MISSING', ExitCode.USAGE, message, { cause });
  }
  if (typeof bytes === 'number') return oversizedLayer(path, bytes);
  const text = new TextDecoder().decode(bytes);
  return DEVICES.test(path) ? readYamlText(text, path) : readConfigFile(text, path);
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

let isStandardInputRead = false;

/** Reads YAML, which includes JSON, from standard input. Files that it names are relative to the working directory. */
async function readStandardInput(): Promise<ConfigLayer> {
  if (isStandardInputRead) {
    const message = 'Standard input (-) can be read as a configuration once only.';
    throw new CherenkitError('CONFIG_FILE_MISSING', ExitCode.USAGE, message);
  }
  isStandardInputRead = true;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_CONFIGURATION_BYTES) return oversizedLayer('standard input', size);
  }
  return readYamlText(new TextDecoder().decode(Buffer.concat(chunks)), 'standard input');
}
