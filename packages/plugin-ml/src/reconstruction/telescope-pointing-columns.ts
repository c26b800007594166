import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';

/** Columns of the pointing of the telescope. */
export const POINTING_COLUMNS = ['telescope_pointing_altitude', 'telescope_pointing_azimuth'] as const;

const ARRAY_COLUMNS = ['subarray_pointing_lat', 'subarray_pointing_lon'] as const;
const FRAME_COLUMN = 'subarray_pointing_frame';

/** Columns of the pointing of the array, of older files. */
export const ARRAY_POINTING_COLUMNS = [...ARRAY_COLUMNS, FRAME_COLUMN] as const;

/** Value of {@link FRAME_COLUMN} for horizontal coordinates. */
const ALTAZ = 0;

/**
 * Pointings of the rows of a table of telescope events, radians: those of the telescope, or else of the array. Source: ctapipe 0.32
 * `get_tel_pointing`.
 *
 * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) without either; POINTING_UNKNOWN (65) for a pointing of the array in other
 *   coordinates
 */
export function pointingsOf(table: Table): { readonly alt: Float64Array; readonly az: Float64Array } {
  const ofTelescope = POINTING_COLUMNS.every((name) => table.has(name));
  const ofArray = ARRAY_COLUMNS.every((name) => table.has(name));
  if (
    !ofTelescope &&
    ofArray &&
    table.has(FRAME_COLUMN) &&
    table.numbers(FRAME_COLUMN).some((frame) => frame !== ALTAZ)
  ) {
    const message = `${FRAME_COLUMN} is not ALTAZ: the pointing of the array is in other coordinates than altitude and azimuth. Process the original data again.`;
    throw new CherenkitError('POINTING_UNKNOWN', ExitCode.BAD_INPUT, message);
  }
  const [alt, az] = (ofTelescope || !ofArray ? POINTING_COLUMNS : ARRAY_COLUMNS).map((name) =>
    table.numbers(name, 'rad'),
  );
  return { alt, az };
}
