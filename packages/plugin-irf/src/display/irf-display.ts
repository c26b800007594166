import {
  CherenkitError,
  ExitCode,
  FileDisplay,
  nameSome,
  type FileDisplayOptions,
  type FilePicture,
} from '@cherenkit/core';
import { FitsFile } from '@cherenkit/plugin-fits';

/** Draws FITS files of instrument responses, benchmarks and cuts, all tables in one picture. */
export class IrfDisplay extends FileDisplay {
  static override readonly help = 'Draws FITS files of instrument responses, benchmarks and cuts.';
  static override readonly recognises = [{ magic: '53494d504c45' }];

  /** @throws CherenkitError FILE_WITHOUT_PICTURE, CUTS_INVALID (65); those of `FitsFile.open` */
  override async draw(path: string, options: FileDisplayOptions): Promise<FilePicture> {
    await using file = await FitsFile.open(path);
    // The other tools of the plugin do not load what draws.
    const { irfPicture } = await import('./irf-pictures.js');
    const picture = await irfPicture(file, path.split(/[\\/]/).at(-1) ?? path, options);
    if (picture !== undefined) return picture;
    const names = file.hdus.filter(({ kind }) => kind === 'table').map(({ name }) => name);
    const found = names.length === 0 ? 'it has no tables' : `its tables are ${nameSome(names)}`;
    const message = `${path}: there are no instrument responses, benchmarks or cuts to draw; ${found}. Give an output of cherenkit compute-irf or optimize-event-selection.`;
    throw new CherenkitError('FILE_WITHOUT_PICTURE', ExitCode.BAD_INPUT, message);
  }
}
