import { TemplateLibrary } from '@cherenkit/kernels';
import { compressionOf, openFile, type ByteSource } from '@cherenkit/io';
import { checkTemplates } from './check-templates.js';
import { readCtapipeTemplates } from './ctapipe-templates.js';
import { readNeutralTemplates } from './neutral-templates.js';
import { corruptTemplates } from './template-defect.js';
import type { Templates } from './templates.js';

/** Templates of a file, ready for use. */
export interface TemplateFile extends Pick<Templates, 'cameraName' | 'pedestalWidth' | 'speWidth'> {
  readonly path: string;
  readonly library: TemplateLibrary;
  /** What is unusual about the templates, for the user. */
  readonly warnings: readonly string[];
}

/**
 * Reads a file of image templates: HDF5, or a pickle of ctapipe, compressed with gzip.
 *
 * @param timePath - file of time gradients, for a pickle
 * @throws CherenkitError INPUT_MISSING (66); TEMPLATES_CORRUPT (65); those of damaged HDF5 files
 */
export async function readTemplateFile(path: string, timePath?: string): Promise<TemplateFile> {
  const { templates, warnings } = checkTemplates(path, await templatesOf(path, timePath));
  try {
    const { cameraName, pedestalWidth, speWidth } = templates;
    return { path, cameraName, pedestalWidth, speWidth, library: new TemplateLibrary(templates), warnings };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw corruptTemplates(path, cause.message, cause);
  }
}

async function templatesOf(path: string, timePath: string | undefined): Promise<Templates> {
  await using source = await openFile(path);
  const isPickle = compressionOf(await firstBytes(source)) === 'gzip';
  if (!isPickle) return readNeutralTemplates(path);
  if (timePath === undefined) return readCtapipeTemplates(source, undefined);
  await using timeSource = await openFile(timePath);
  return readCtapipeTemplates(source, timeSource);
}

function firstBytes(source: ByteSource): Promise<Uint8Array> {
  return source.read(0, Math.min(4, source.size ?? 0));
}
