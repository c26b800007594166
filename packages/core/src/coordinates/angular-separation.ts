import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { angularSeparation as separationOf, degrees, type Radians } from '@cherenkit/kernels';
import { columnFrom, type Column } from '@cherenkit/tables';

/**
 * Angle between two directions given by longitude and latitude, such as azimuth and altitude: of numbers in radians, or row by
 * row of columns in any units of angles. The column of the result is in degrees. Source: astropy `angular_separation`.
 *
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) for columns that are not angles or differ in length
 *
 * @example
 * ```ts
 * import { TableLoader, angularSeparation } from 'cherenkit';
 *
 * await using loader = await TableLoader.open('events.dl2.h5');
 * const events = await loader.readSubarrayEvents();
 * const [az, alt] = [events.column('HillasReconstructor_az'), events.column('HillasReconstructor_alt')];
 * const theta = angularSeparation(az, alt, events.column('true_az'), events.column('true_alt'));
 * const thetaSquared = theta.numbers('deg').map((angle) => angle ** 2);
 * ```
 */
export function angularSeparation(lon1: Column, lat1: Column, lon2: Column, lat2: Column): Column;
export function angularSeparation(lon1: Radians, lat1: Radians, lon2: Radians, lat2: Radians): Radians;
export function angularSeparation(
  lon1: Column | Radians,
  lat1: Column | Radians,
  lon2: Column | Radians,
  lat2: Column | Radians,
): Column | Radians {
  if (typeof lon1 === 'number') return separationOf(lon1, Number(lat1), Number(lon2), Number(lat2));
  const columns = [lon1, lat1, lon2, lat2].filter((each) => typeof each !== 'number');
  const different = columns.find(({ length }) => length !== lon1.length);
  if (different || columns.length < 4) {
    const found = different ? `${different.length} rows in column "${different.name}"` : 'a number';
    const message = `angularSeparation: expected four columns of ${lon1.length} rows, like column "${lon1.name}", found ${found}.`;
    throw new CherenkitError('TABLE_COLUMN_INVALID', ExitCode.USAGE, message);
  }
  const angles = columns.map((column) => column.numbers('rad'));
  const at = (i: number, row: number): Radians => angles[i]?.[row] ?? NaN;
  const values = Float64Array.from({ length: lon1.length }, (_, row) =>
    degrees(separationOf(at(0, row), at(1, row), at(2, row), at(3, row))),
  );
  const description = 'Angle between two directions';
  return columnFrom('angular_separation', { values, unit: 'deg', description });
}
