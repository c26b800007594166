import {
  CellArray,
  DECLARED_FIELDS,
  Quantity,
  TextArray,
  Unit,
  UnitArray,
  type ArrayValue,
  type DeclaredField,
  type Scope,
} from '@cherenkit/expression';
import { invalidColumn, type Column } from './column.js';
import type { TableData } from './table-data.js';
import { toMjdTai } from './tai-time.js';

/** Options of {@link tableScope}. */
export interface TableScopeOptions {
  /**
   * Value of columns with a unit in expressions. `plain` (default), as in ctapipe's quality queries over tables: plain
   * numbers in the column's unit, except when combined with a quantity (`hillas_length > 12 * u.arcmin`) and as
   * `name.quantity`. `quantity`, as in ctapipe's feature generator: always quantities.
   */
  readonly units?: 'plain' | 'quantity';
  /** Values of further names, such as `subarray`. Columns take precedence. */
  readonly values?: ReadonlyMap<string, object>;
}

/**
 * Scope of expressions over a table: each column is an array with one value per row.
 *
 * 64-bit integers are converted to float64, which must be exact. Enumerations are integers; their members are available
 * by name (`event_type == EventType.SUBARRAY`). Times have the attributes `mjd` and `unix_tai`. Text can be compared
 * with text. Columns with several values per row can be reduced with `axis=1` (`np.count_nonzero(tels_with_trigger,
 * axis=1) > 2`).
 */
export function tableScope({ columns }: TableData, { units = 'plain', values: others }: TableScopeOptions = {}): Scope {
  const enumerations = new Map<string, object>();
  for (const { meaning } of columns.values()) {
    if (meaning?.kind === 'enumeration') enumerations.set(meaning.enumeration.name, meaning.enumeration.members);
  }
  const values = new Map<string, unknown>();
  return {
    get(name) {
      const column = columns.get(name);
      if (!column) return enumerations.get(name) ?? others?.get(name);
      if (!values.has(name)) values.set(name, valueOfColumn(column, units));
      return values.get(name);
    },
    keys: () => [...columns.keys(), ...enumerations.keys(), ...(others?.keys() ?? [])],
  };
}

/** Times of a column in expressions, in formats with astropy's names. */
class Times {
  readonly #column: Column;

  constructor(column: Column) {
    this.#column = column;
  }

  /** Modified Julian dates in TAI, days. */
  get mjd(): Float64Array {
    return this.#each((row) => toMjdTai(this.#column.timeAt(row)));
  }

  /** Seconds since 1970 in TAI. */
  get unixTai(): Float64Array {
    return this.#each((row) => {
      const { seconds, quarterNanoseconds } = this.#column.timeAt(row);
      return seconds + quarterNanoseconds / 4e9;
    });
  }

  get [DECLARED_FIELDS](): ReadonlyMap<string, DeclaredField> {
    return TIME_FIELDS;
  }

  #each(value: (row: number) => number): Float64Array {
    return Float64Array.from({ length: this.#column.length }, (_, row) => value(row));
  }
}

const TIME_FIELDS: ReadonlyMap<string, DeclaredField> = new Map([
  ['mjd', {}],
  ['unixTai', {}],
]);

function valueOfColumn(column: Column, units: 'plain' | 'quantity'): unknown {
  const { values, shape, count, unit, meaning } = column;
  if (meaning?.kind === 'time') return new Times(column);
  if (Array.isArray(values)) {
    if (shape.length === 0) return new TextArray(values as readonly string[]);
    throw invalidColumn(column.name, 'expressions do not support several texts per row');
  }
  const numbers = arrayOf(column);
  if (shape.length > 0) {
    return new CellArray(numbers, count, units === 'quantity' && unit !== undefined ? unitOf(column, unit) : undefined);
  }
  if (unit === undefined) return numbers;
  const parsed = unitOf(column, unit);
  return units === 'quantity' ? new Quantity(numbers, parsed) : new UnitArray(numbers, parsed);
}

/** Converts types that expressions do not support: uint8, since a Uint8Array is a mask, and bigint. */
function arrayOf({ name, type, values }: Column): ArrayValue {
  if (type === 'uint8') return Uint16Array.from(values as Uint8Array);
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values as ArrayValue;
  const numbers = new Float64Array(values.length);
  for (let row = 0; row < numbers.length; row++) {
    numbers[row] = Number(values[row]);
    if (!Number.isSafeInteger(numbers[row])) {
      throw invalidColumn(name, `expected integers up to 2^53 for an expression, found ${values[row]} in row ${row}`);
    }
  }
  return numbers;
}

function unitOf({ name }: Column, unit: string): Unit {
  try {
    return Unit.parse(unit);
  } catch (error) {
    throw invalidColumn(name, `its unit cannot be used in expressions: ${(error as Error).message}`);
  }
}
