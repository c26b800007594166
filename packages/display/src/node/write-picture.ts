import { writeFile } from 'node:fs/promises';
import { CherenkitError, ExitCode } from '@cherenkit/core';
import { toPng, type PngOptions } from './png.js';

/** Options of {@link writePicture}. */
export type WritePictureOptions = PngOptions;

/**
 * Writes a picture to a file: SVG or PNG by its suffix.
 *
 * @example
 * ```ts
 * await writePicture('camera.png', display, { scale: 2 });
 * ```
 *
 * @throws CherenkitError PICTURE_FORMAT_UNKNOWN for another suffix
 */
export async function writePicture(
  path: string,
  picture: { toSvg(): string },
  options: WritePictureOptions = {},
): Promise<void> {
  const suffix = /\.[^./\\]*$/.exec(path)?.[0].toLowerCase();
  if (suffix === '.svg') await writeFile(path, picture.toSvg());
  else if (suffix === '.png') await writeFile(path, await toPng(picture, options));
  else {
    const message = `${path}: unknown format of pictures, expected a name that ends with .svg or .png.`;
    throw new CherenkitError('PICTURE_FORMAT_UNKNOWN', ExitCode.USAGE, message);
  }
}
