import type { ColumnHeader, Meaning } from './column.js';
import type { DataModelVersion } from './data-model-version.js';
import { fillPlaceholders, type Placeholders } from './table-path.js';
import { columnsIn, type ColumnSpec, type TableSpec } from './table-spec.js';

/** A difference between a table and its specification. */
export interface Deviation {
  readonly kind: 'missing' | 'unknown' | 'type' | 'unit' | 'shape' | 'meaning';
  readonly column: string;
  readonly expected: string;
  readonly found: string;
}

/** Options of {@link checkTable}. */
export interface CheckOptions {
  /** Values of the placeholders in the path. */
  readonly placeholders?: Placeholders;
  readonly version: DataModelVersion;
  /** Known lengths of dimensions: `{ n_telescopes: 13 }`. Each other dimension needs one length within the table. */
  readonly dimensions?: Readonly<Record<string, number>>;
}

/**
 * Compares the columns of a table with its specification, in any order. Returns all deviations, an empty list if the
 * table conforms.
 */
export function checkTable(spec: TableSpec, columns: readonly ColumnHeader[], options: CheckOptions): Deviation[] {
  const { placeholders = {}, version } = options;
  const expected = expectedColumns(spec, columns, version, placeholders);
  const dimensions = new Map(Object.entries(options.dimensions ?? {}));
  const deviations: Deviation[] = [];
  for (const [name, column] of expected) {
    const found = columns.find((candidate) => candidate.name === name);
    if (found) deviations.push(...checkColumn(column, found, dimensions));
    else if (!column.isOptional && !column.written) {
      deviations.push({ kind: 'missing', column: name, expected: column.type, found: 'no column' });
    }
  }
  for (const { name, type } of columns) {
    if (expected.has(name) || spec.isExtensible) continue;
    deviations.push({ kind: 'unknown', column: name, expected: 'no column', found: type });
  }
  return deviations;
}

/** The columns of the specification by their names in this table, restricted to the variant that the table has. */
function expectedColumns(
  spec: TableSpec,
  columns: readonly ColumnHeader[],
  version: DataModelVersion,
  placeholders: Placeholders,
): Map<string, ColumnSpec> {
  const present = new Set(columns.map(({ name }) => name));
  const named = columnsIn(spec, version).map((column) => ({
    ...column,
    name: fillPlaceholders(column.name, placeholders),
  }));
  const variants = [...new Set(named.flatMap(({ variant }) => variant ?? []))];
  // Columns that occur in several variants do not identify the variant.
  const uniqueTo = (variant: string) =>
    named.filter(
      (column) => column.variant === variant && !named.some((other) => other !== column && other.name === column.name),
    );
  const chosen = variants.find((variant) => uniqueTo(variant).some(({ name }) => present.has(name))) ?? variants[0];
  return new Map(
    named
      .filter(({ variant }) => variant === undefined || variant === chosen)
      .map((column): [string, ColumnSpec] => [column.name, column]),
  );
}

function checkColumn(spec: ColumnSpec, found: ColumnHeader, dimensions: Map<string, number>): Deviation[] {
  const deviations: Deviation[] = [];
  const differ = (kind: Deviation['kind'], expected: string, got: string): void => {
    deviations.push({ kind, column: found.name, expected, found: got });
  };
  const isFixedPoint = spec.mayBeFixedPoint === true && found.meaning?.kind === 'fixed point';
  if (!isFixedPoint && found.type !== spec.type && !spec.otherTypes?.includes(found.type)) {
    differ('type', [spec.type, ...(spec.otherTypes ?? [])].join(' or '), found.type);
  }
  if (found.unit !== spec.unit) differ('unit', spec.unit ?? 'none', found.unit ?? 'none');
  // Tables written by ctapipe's merger or apply-models lack this attribute.
  const isPlainMask = spec.meaning?.kind === 'telescopes' && found.meaning === undefined;
  if (!isFixedPoint && !isPlainMask && meaningText(found.meaning) !== meaningText(spec.meaning)) {
    differ('meaning', meaningText(spec.meaning), meaningText(found.meaning));
  }
  const problem = shapeProblem(spec.dims ?? [], found.shape ?? [], dimensions);
  if (problem !== undefined) differ('shape', problem, `[${(found.shape ?? []).join(', ')}]`);
  return deviations;
}

/** The expected shape if the shape differs, else undefined. Adds the lengths of new dimensions to `dimensions`. */
function shapeProblem(
  dims: readonly string[],
  shape: readonly number[],
  dimensions: Map<string, number>,
): string | undefined {
  const nMissing = dims.length - shape.length;
  const nOptional = dims.filter((dim) => dim.endsWith('?')).length;
  const expected = `[${dims.join(', ')}]`;
  if (nMissing < 0 || nMissing > nOptional) return expected;
  const kept = dims.slice(nMissing).map((dim) => dim.replace('?', ''));
  for (const [i, dim] of kept.entries()) {
    const length = /^\d+$/.test(dim) ? Number(dim) : (dimensions.get(dim) ?? shape[i]);
    if (length !== shape[i]) return `${expected} with ${dim} = ${length}`;
    dimensions.set(dim, length);
  }
  return undefined;
}

function meaningText(meaning: Meaning | undefined): string {
  if (meaning === undefined) return 'plain values';
  switch (meaning.kind) {
    case 'time':
      return `time (${meaning.format})`;
    case 'enumeration':
      return meaning.enumeration.name;
    default:
      return meaning.kind;
  }
}
