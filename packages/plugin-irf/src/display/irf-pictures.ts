import { subplots, type Picture } from '@cherenkit/display';
import type { FitsFile, FitsHdu } from '@cherenkit/plugin-fits';
import type { Table } from '@cherenkit/tables';
import { cutsOf } from '../cuts/selection-cuts.js';
import { angularResolutionPicture, energyBiasResolutionPicture, sensitivityPicture } from './benchmark-pictures.js';
import { hasAxis, type IrfPictureOptions } from './binned-table.js';
import { cutPictures } from './cut-pictures.js';
import {
  backgroundMapPicture,
  backgroundPicture,
  effectiveAreaMapPicture,
  effectiveAreaPicture,
  energyDispersionCellPictures,
  energyDispersionPictures,
  pointSpreadPicture,
  radMaxPicture,
} from './response-pictures.js';

type Draw = (table: Table, title: string, options: IrfPictureOptions) => Picture | Picture[];

/** Responses by their HDUCLAS4, with their columns; several for responses in different coordinates of the field of view. */
const RESPONSES: Readonly<Record<string, readonly Drawing[]>> = {
  AEFF_2D: [{ axes: ['ENERG', 'THETA'], column: 'EFFAREA', draw: effectiveAreaPicture }],
  AEFF_3D: [
    { axes: ['ENERG', 'DETX', 'DETY'], column: 'EFFAREA', draw: effectiveAreaMapPicture },
    { axes: ['ENERG', 'THETA', 'PHI'], column: 'EFFAREA', draw: effectiveAreaPicture },
  ],
  EDISP_2D: [{ axes: ['ENERG', 'MIGRA', 'THETA'], column: 'MATRIX', draw: energyDispersionPictures }],
  EDISP_3D: [
    { axes: ['ENERG', 'DETX', 'DETY', 'MIGRA'], column: 'MATRIX', draw: energyDispersionCellPictures },
    { axes: ['ENERG', 'THETA', 'PHI', 'MIGRA'], column: 'MATRIX', draw: energyDispersionCellPictures },
  ],
  PSF_TABLE: [{ axes: ['ENERG', 'THETA', 'RAD'], column: 'RPSF', draw: pointSpreadPicture }],
  BKG_2D: [{ axes: ['ENERG', 'THETA'], column: 'BKG', draw: backgroundPicture }],
  BKG_3D: [{ axes: ['ENERG', 'DETX', 'DETY'], column: 'BKG', draw: backgroundMapPicture }],
  RAD_MAX_2D: [{ axes: ['ENERG', 'THETA'], column: 'RAD_MAX', draw: radMaxPicture }],
};

/** Benchmarks by their names, with a column. */
const BENCHMARKS: Readonly<Record<string, readonly Drawing[]>> = {
  SENSITIVITY: [{ axes: ['ENERG', 'THETA'], column: 'ENERGY_FLUX_SENSITIVITY', draw: sensitivityPicture }],
  'ENERGY BIAS RESOLUTION': [{ axes: ['ENERG', 'THETA'], column: 'RESOLUTION', draw: energyBiasResolutionPicture }],
  'ANGULAR RESOLUTION': [{ axes: ['ENERG', 'THETA'], column: 'N_EVENTS', draw: angularResolutionPicture }],
};

interface Drawing {
  /** Axes and a column that the table must have. */
  readonly axes: readonly string[];
  readonly column: string;
  readonly draw: Draw;
}

/** Columns of pictures. */
const COLUMNS = 3;

/** Places all pictures of a file in one; undefined if it has none. @throws CherenkitError CUTS_INVALID (65) */
export async function irfPicture(
  file: FitsFile,
  title: string,
  options: IrfPictureOptions,
): Promise<Picture | undefined> {
  const pictures = await irfPictures(file, options);
  const nColumns = Math.min(COLUMNS, pictures.length);
  if (nColumns === 0) return undefined;
  const nRows = Math.ceil(pictures.length / nColumns);
  return subplots(nRows, nColumns, pictures, { title, theme: options.theme ?? 'light' });
}

/**
 * Draws the responses in the format GADF, the benchmarks and the cuts of a file, in the order of its tables.
 *
 * @throws CherenkitError CUTS_INVALID (65)
 */
export async function irfPictures(file: FitsFile, options: IrfPictureOptions = {}): Promise<Picture[]> {
  if (file.has('GH_CUTS')) return cutPictures(await cutsOf(file), options);
  const pictures: Picture[] = [];
  for (const hdu of file.hdus) {
    if (hdu.kind !== 'table') continue;
    const drawings = drawingsOf(hdu);
    if (drawings.length === 0) continue;
    const table = await file.readTable(hdu.index);
    const drawing = drawings.find(
      ({ axes, column }) => axes.every((axis) => hasAxis(table, axis)) && table.has(column),
    );
    if (drawing && table.nRows === 1) pictures.push(...[drawing.draw(table, titleOf(hdu), options)].flat());
  }
  return pictures;
}

/** Drawings of a table, of which the one with its axes is used. */
function drawingsOf({ header, name }: FitsHdu): readonly Drawing[] {
  const form = header.text('HDUCLAS4');
  if (form === undefined) return Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : [];
  return Object.hasOwn(RESPONSES, form) ? RESPONSES[form] : [];
}

const TITLES: Readonly<Record<string, string>> = {
  'ENERGY BIAS RESOLUTION': 'Energy bias and resolution',
  PSF: 'Point spread function',
  RAD_MAX: 'Cut on the direction, RAD_MAX',
};

/** `Effective area protons` for EFFECTIVE AREA PROTONS. */
function titleOf({ name }: FitsHdu): string {
  if (Object.hasOwn(TITLES, name)) return TITLES[name];
  return `${name.slice(0, 1)}${name.slice(1).toLowerCase()}`;
}
