import { columnFrom, Table, type Column, type TableMeta } from '@cherenkit/tables';

/** Axis of a result. */
export interface ResultAxis {
  /** Prefix of its two columns: `ENERG` for `ENERG_LO` and `ENERG_HI`. */
  readonly name: string;
  /** VOUnit string. */
  readonly unit?: string;
  readonly edges: Float64Array;
}

/** Values of a result per bin. */
export interface ResultColumn {
  readonly name: string;
  /** VOUnit string. */
  readonly unit?: string;
  /** In the order of memory of which the first axis is the fastest. */
  readonly values: Float64Array;
}

/** An instrument response or a benchmark: values in bins of some axes. It becomes a table of one row. */
export interface BinnedResult {
  /** EXTNAME of the table. */
  readonly name: string;
  /** The first is the fastest in memory. */
  readonly axes: readonly ResultAxis[];
  readonly columns: readonly ResultColumn[];
  /** Keywords of the table. */
  readonly header: TableMeta;
}

/** Table of one row, as GADF stores responses: lower and upper edges per axis, then the values. */
export function resultTable({ axes, columns, header }: BinnedResult): Table {
  const edges = axes.flatMap(({ name, unit, edges: all }): Column[] => {
    const n = all.length - 1;
    const column = (suffix: string, values: Float64Array): Column =>
      columnFrom(`${name}_${suffix}`, { values, unit, shape: [n] });
    return [column('LO', all.slice(0, n)), column('HI', all.slice(1))];
  });
  const shape = axes.map(({ edges: all }) => all.length - 1).reverse();
  const values = columns.map(({ name, unit, values: all }) => columnFrom(name, { values: all, unit, shape }));
  return new Table([...edges, ...values], header);
}

/** Kind of a response in the format GADF. */
export interface GadfKind {
  /** HDUCLAS2. */
  readonly response: 'EFF_AREA' | 'EDISP' | 'PSF' | 'BKG' | 'RAD_MAX';
  /** HDUCLAS4. */
  readonly form: string;
  /** HDUCLAS3: whether a cut on the direction was applied. */
  readonly isPointLike: boolean;
}

/** Version of the format GADF that is written. */
const GADF_VERSION = '0.3';

/**
 * Makes a response with the keywords of the format GADF. Source: gamma-astro-data-formats 0.3; pyirf 0.14 `io.gadf`.
 *
 * @param values - the first axis is the fastest
 */
export function gadfResponse(
  name: string,
  kind: GadfKind,
  axes: readonly ResultAxis[],
  column: ResultColumn,
): BinnedResult {
  const header = {
    HDUDOC: 'https://github.com/open-gamma-ray-astro/gamma-astro-data-formats',
    HDUVERS: GADF_VERSION,
    HDUCLASS: 'GADF',
    HDUCLAS1: 'RESPONSE',
    HDUCLAS2: kind.response,
    HDUCLAS3: kind.isPointLike ? 'POINT-LIKE' : 'FULL-ENCLOSURE',
    HDUCLAS4: kind.form,
    [`CREF${2 * axes.length + 1}`]: `(${axes.map((axis) => `${axis.name}_LO:${axis.name}_HI`).join(',')})`,
    // Those without radial symmetry.
    ...(kind.form.endsWith('_3D') && { FOVALIGN: 'ALTAZ' }),
  };
  return { name, axes, columns: [column], header };
}

/** Axis of energies in TeV. */
export function energyAxis(edges: Float64Array): ResultAxis {
  return { name: 'ENERG', unit: 'TeV', edges };
}

/** Axis of angles to the pointing in deg. */
export function offsetAxis(edges: Float64Array): ResultAxis {
  return { name: 'THETA', unit: 'deg', edges };
}
