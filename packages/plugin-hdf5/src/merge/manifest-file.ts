import {
  CherenkitError,
  ExitCode,
  readingReason,
  readProductionManifest,
  type ProductionManifest,
} from '@cherenkit/core';
import { readText } from '#tool-host';

/**
 * Reads the file of a manifest.
 *
 * @throws CherenkitError MANIFEST_INVALID (65), INPUT_NOT_NAMED (2), INPUT_MISSING (66)
 */
export async function readManifestFile(path: string): Promise<ProductionManifest> {
  if (path === '')
    throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, 'No manifest: give the file of a production.');
  let text: string;
  try {
    text = readText(path);
  } catch (cause) {
    const message = `Cannot read the manifest ${path}: ${readingReason(cause)}. Check the path.`;
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message, { cause });
  }
  return readProductionManifest(text, path);
}
