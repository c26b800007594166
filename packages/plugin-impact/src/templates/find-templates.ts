import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';

/** Files of the templates of a camera. */
export interface TemplatePaths {
  readonly path: string;
  /** File of the time gradients of ctapipe's templates. */
  readonly timePath: string | undefined;
}

/** Endings of the file names after the name of the camera, the preferred one first. */
const NEUTRAL = '.templates.h5';
const CTAPIPE = '.template.gz';
const CTAPIPE_TIME = '_time.template.gz';

/** Name of the HDF5 file of the templates of a camera: characters that file systems do not allow are replaced. */
export function templateFileName(camera: string): string {
  return camera.replace(/[/\\:*?"<>|]/g, '_') + NEUTRAL;
}

/**
 * Finds the templates of a camera in a folder: `CAMERA.templates.h5`, or `CAMERA.template.gz` as for ctapipe.
 *
 * @param usesTimes - whether the time gradients are needed
 * @returns undefined if there are none
 */
export async function findTemplates(
  folder: string,
  camera: string,
  usesTimes: boolean,
): Promise<TemplatePaths | undefined> {
  const directory = folder.replace(/\/$/, '');
  const path = `${directory}/${templateFileName(camera)}`;
  if (await exists(path)) return { path, timePath: undefined };
  const base = `${directory}/${camera}`;
  if (!(await exists(base + CTAPIPE))) return undefined;
  return { path: base + CTAPIPE, timePath: usesTimes ? base + CTAPIPE_TIME : undefined };
}

async function exists(path: string): Promise<boolean> {
  try {
    await using _source = await openFile(path);
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'INPUT_MISSING') return false;
    throw error;
  }
}

/** Cameras of an array for which there are no templates. */
export function missingTemplates(folder: string, cameras: readonly string[]): CherenkitError {
  const names = cameras.map((camera) => `${templateFileName(camera)} or ${camera}${CTAPIPE}`);
  const message =
    `${folder}: there are no image templates for ${cameras.length === 1 ? 'the camera' : 'the cameras'} ${nameSome(cameras)}; expected ${nameSome(names)}. ` +
    'Set ImPACTReconstructor.root_dir to their folder or template_path per telescope, make templates (cherenkit make-templates), or leave these telescopes out (--allowed-tels).';
  return new CherenkitError('TEMPLATES_MISSING', ExitCode.NO_INPUT, message);
}
