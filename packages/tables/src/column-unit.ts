/**
 * Units of columns, with the factor that converts a value to the unit in memory (rad, m, ns, TeV, g/cm2; their squares
 * and inverses).
 *
 * They are spelled as the VOUnit strings in ctapipe's files. Values are converted in the table reader and writer and
 * where a quality criterion reads them, nowhere else.
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

/** Unit of a column, as a VOUnit string. */
export type ColumnUnit = keyof typeof MEMORY_UNITS_PER_COLUMN_UNIT;

/** Unit in memory for the unit of a column: `rad` for `deg`. */
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

/**
 * Factor from the unit of a column to the unit in memory: 0.01745... for `deg`. It is 1 for units of other programs' columns,
 * whose values are kept in their unit.
 */
export function memoryUnitsPer(unit: ColumnUnit): number {
  return (MEMORY_UNITS_PER_COLUMN_UNIT as Readonly<Record<string, number | undefined>>)[unit] ?? 1;
}

/** Spells a VOUnit string as in FITS and ECSV files: `g cm-2` for `g.cm**-2`. */
export function standardUnit(unit: string): string {
  return unit.replaceAll('**', '').replaceAll('.', ' ');
}
