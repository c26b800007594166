import { altAzToNominal, angularSeparation, degrees } from '@cherenkit/kernels';
import { CellArray, UnitArray } from './column-value.js';
import { Fault } from './expression-error.js';
import { isArray, Quantity, toPlain, type Plain, type Value } from './expression-value.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
import { Unit } from './unit.js';

/** Angles of directions: one row of angles in radians after the other, of single angles and of columns. */
interface AngleRows {
  readonly nRows: number;
  /** Angle `index` of a row. */
  readonly at: (index: number, row: number) => number;
  readonly hasColumns: boolean;
  readonly hasUnits: boolean;
}

/** @throws Fault for columns of different lengths, and units that are not angles */
function angleRows(values: readonly Value[]): AngleRows {
  const angles = values.map(inRadians);
  const lengths = angles.flatMap((angle) => (isArray(angle) && angle.length !== 1 ? [angle.length] : []));
  const different = lengths.find((length) => length !== lengths[0]);
  if (different !== undefined) throw new Fault(`cannot combine arrays of length ${lengths[0]} and ${different}`);
  return {
    nRows: lengths[0] ?? 1,
    at(index, row) {
      const angle = angles[index] as Plain;
      return isArray(angle) ? (angle[angle.length === 1 ? 0 : row] as number) : Number(angle);
    },
    hasColumns: angles.some(isArray),
    hasUnits: values.some((value) => value instanceof Quantity || value instanceof UnitArray),
  };
}

/** Plain numbers are radians. */
function inRadians(value: Value): Plain {
  if (value instanceof UnitArray) return new Quantity(value.value, value.unit).in(Unit.rad);
  return value instanceof Quantity ? value.in(Unit.rad) : toPlain(value);
}

function separation(...values: Value[]): Value {
  const { nRows, at, hasColumns, hasUnits } = angleRows(values);
  const all = Float64Array.from({ length: nRows }, (_, row) =>
    angularSeparation(at(0, row), at(1, row), at(2, row), at(3, row)),
  );
  const result = hasColumns ? all : (all[0] as number);
  return hasUnits ? new Quantity(result, Unit.rad) : result;
}

function nominal(...values: Value[]): Value {
  const { nRows, at } = angleRows(values);
  const cells = new Float64Array(2 * nRows);
  for (let row = 0; row < nRows; row++) {
    const direction = { az: at(0, row), alt: at(1, row) };
    const { fovLon, fovLat } = altAzToNominal(direction, { az: at(2, row), alt: at(3, row) });
    cells.set([degrees(fovLon), degrees(fovLat)], 2 * row);
  }
  return new CellArray(cells, 2, Unit.named('deg'));
}

/** Functions of directions, which ctapipe 0.32 `EventPreprocessor` adds to expressions. */
export const DIRECTION_FUNCTIONS: Readonly<Record<string, LanguageFunction>> = {
  angular_separation: defineFunction('lon1 lat1 lon2 lat2', separation),
  altaz_to_nominal: defineFunction('az alt pointing_az pointing_alt', nominal),
};
