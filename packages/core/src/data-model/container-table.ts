import { snakeCase } from '@cherenkit/expression';
import { isIn, type ColumnSpec, type DataModelVersion, type TableSpec, type WriteCondition } from '@cherenkit/tables';
import type { ContainerClass, Field, FieldColumn, NumberType } from '../event/index.js';

/** Differences of a column from its field. */
export interface ColumnChange extends Pick<
  ColumnSpec,
  'earlier' | 'isOptional' | 'mayBeFixedPoint' | 'otherTypes' | 'since' | 'written'
> {
  /** The type of the column in ctapipe's files, if it differs from the field's. */
  readonly type?: NumberType;
}

/** Part of a table: the columns of one container. */
export interface ContainerPart {
  /** The class of the container; alternatives by name: `{ 'telescope frame': A, 'camera frame': B }`. */
  readonly type: ContainerClass | Readonly<Record<string, ContainerClass>>;
  /** Replaces the prefix of the container in the names of its columns; may contain `{algorithm}`. */
  readonly prefix?: string;
  /** Precedes the prefix of the container: `true` makes `true_hillas_width`. */
  readonly beforePrefix?: string;
  /** Fields that are not written. */
  readonly omit?: readonly string[];
  /** Differences of columns from their fields, by field. */
  readonly columns?: Readonly<Record<string, ColumnChange>>;
  /** Further columns of other writers or older files. */
  readonly others?: readonly ColumnSpec[];
}

/** Specification of a table whose rows are made of containers. Their fields describe the columns. */
export interface ContainerTableSpec extends TableSpec {
  readonly parts: readonly ContainerPart[];
}

/**
 * Name of the column of a field: `prod_site_B_total` for `prodSiteBTotal`. As in ctapipe, a single letter between two words
 * is upper-case.
 */
export function columnName(field: string, prefix = ''): string {
  const name = snakeCase(field).replace(/_[a-z](?=_)/g, (letter) => letter.toUpperCase());
  return prefix === '' ? name : `${prefix}_${name}`;
}

/** Prefix of the column names of a container in a part of a table. */
export function prefixOf({ prefix, beforePrefix }: ContainerPart, container: { readonly prefix: string }): string {
  return prefix ?? (beforePrefix === undefined ? container.prefix : `${beforePrefix}_${container.prefix}`);
}

/** Makes the specification of a table of containers, with the columns of their fields. */
export function containerTable(
  spec: Omit<ContainerTableSpec, 'columns' | 'origin' | 'hasDescriptions'>,
): ContainerTableSpec {
  return {
    ...spec,
    columns: spec.parts.flatMap(columnsOfPart),
    origin: spec.path.startsWith('/cherenkit/') ? 'cherenkit' : 'ctapipe',
    hasDescriptions: true,
  };
}

/**
 * Replaces the container of the last part of a table, for algorithms whose results have further fields.
 *
 * @param type - container class of the last part
 */
export function extendTable(spec: ContainerTableSpec, type: ContainerClass): ContainerTableSpec {
  const parts = spec.parts.map((part, i) => (i === spec.parts.length - 1 ? { ...part, type } : part));
  return containerTable({ ...spec, parts });
}

function columnsOfPart(part: ContainerPart): ColumnSpec[] {
  const { type, others = [] } = part;
  if (typeof type === 'function') return [...columnsOfClass(part, type), ...others];
  const variants = Object.entries(type).flatMap(([variant, container]) =>
    columnsOfClass(part, container).map((column): ColumnSpec => ({ ...column, variant })),
  );
  return [...variants, ...others];
}

function columnsOfClass(part: ContainerPart, type: ContainerClass): ColumnSpec[] {
  const { omit = [], columns = {} } = part;
  return Object.entries(type.fields).flatMap(([name, field]): ColumnSpec[] => {
    const column = omit.includes(name) ? undefined : columnOfField(field);
    if (!column) return [];
    const { type: changed = column.type, ...rest } = columns[name] ?? {};
    return [{ ...column, name: columnName(name, prefixOf(part, type)), type: changed, ...rest }];
  });
}

type NamelessColumn = Omit<ColumnSpec, 'name'>;

function columnOfField({ column, description, required }: Field): NamelessColumn | undefined {
  if (column === undefined) return undefined;
  const isRequired = required === true && { isRequired: true };
  return { description, ...isRequired, ...storageOf(column) };
}

function storageOf(column: FieldColumn): Omit<NamelessColumn, 'description'> {
  switch (column.type) {
    case 'bool':
    case 'string':
      return { type: column.type };
    case 'enumeration':
      return { type: 'int64', meaning: { kind: 'enumeration', enumeration: column.enumeration } };
    case 'time': {
      const meaning = { kind: 'time', format: column.format } as const;
      return column.format === 'mjd' ? { type: 'float64', meaning } : { type: 'uint32', dims: ['2'], meaning };
    }
    case 'telescopes':
      return { type: 'bool', dims: ['n_telescopes'], meaning: { kind: 'telescopes' } };
    case 'array':
      return { type: column.element, dims: column.dims ?? ['n'], unit: column.unit };
    case 'waveforms': {
      const [type = 'float32', ...otherTypes] = column.elements;
      return { type, otherTypes, dims: ['n_channels', 'n_pixels', 'n_samples'] };
    }
    default:
      return { type: column.type, unit: column.unit };
  }
}

/** Whether all conditions for writing a table or a column hold, and the version of the data model has it. */
export function isWritten(
  spec: Pick<ColumnSpec, 'written' | 'since' | 'until'>,
  conditions: ReadonlySet<WriteCondition>,
  version: DataModelVersion,
): boolean {
  return isIn(spec, version) && (spec.written ?? []).every((condition) => conditions.has(condition));
}
