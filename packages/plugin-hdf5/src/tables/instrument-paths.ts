import { dataModel } from '@cherenkit/core';
import { fillPlaceholders } from '@cherenkit/tables';

/** Path of the table of telescopes. */
export const { path: LAYOUT } = dataModel.LAYOUT;
/** Path of the table of optics. */
export const { path: OPTICS } = dataModel.OPTICS;

/** Columns of the layout with numbers of cameras and optics, which are arbitrary: two files may number them differently. */
export const NUMBERS_OF_PARTS: ReadonlySet<string> = new Set(['camera_index', 'optics_index']);

/** Paths of the tables of a camera. */
export function cameraTables(camera: number | string): [geometry: string, readout: string] {
  return [fillPlaceholders(dataModel.GEOMETRY.path, { camera }), fillPlaceholders(dataModel.READOUT.path, { camera })];
}

/** Paths of the tables of a camera that has one number in a file and another one in a second file, kind by kind. */
export function pairedCameraTables(camera: number, other: number): [path: string, otherPath: string][] {
  const otherTables = cameraTables(other);
  return cameraTables(camera).map((path, i) => [path, otherTables[i]]);
}
