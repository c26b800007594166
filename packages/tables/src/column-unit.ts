/**
 * The units that columns have, and what one of each is in memory's units
 * (rad, m, ns, TeV, g/cm2; per-unit and squared ones of these).
 *
 * The spelling is that of the VOUnit strings in ctapipe's files. Conversion happens in the table reader and writer
 * and where a quality criterion sees a value, nowhere else.
 */
const MEMORY_UNITS_PER_COLUMN_UNIT = {
  rad: 1,
  deg: Math.PI / 180,
  'deg**2': (Math.PI / 180) ** 2,
  'deg**-1': 180 / Math.PI,
  m: 1,
  km: 1e3,
  nm: 1e-9,
  'm**-1': 1,
  'm**2': 1,
  ns: 1,
  min: 60e9,
  TeV: 1,
  GHz: 1,
  uT: 1,
  'g.cm**-2': 1,
  'g.cm**-3': 1,
} as const;

export type ColumnUnit = keyof typeof MEMORY_UNITS_PER_COLUMN_UNIT;

/** The unit in memory for a column's unit: `rad` for `deg`. */
export function memoryUnitOf(unit: ColumnUnit): string {
  switch (unit) {
    case 'km':
    case 'nm':
      return 'm';
    case 'min':
      return 'ns';
    default:
      return unit.replace('deg', 'rad');
  }
}

/** The size of a column's unit in the unit in memory: 0.01745... for `deg`. */
export function memoryUnitsPer(unit: ColumnUnit): number {
  return MEMORY_UNITS_PER_COLUMN_UNIT[unit];
}
