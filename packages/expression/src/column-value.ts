import { Fault } from './expression-error.js';
import type { ArrayValue } from './expression-value.js';
import type { Unit } from './unit.js';

/**
 * A column with a unit, as in astropy's `Table`: plain numbers beside plain numbers, a quantity beside quantities. `hillas_length > 0.2`
 * compares numbers in the column's unit, `hillas_length > 12 * u.arcmin` converts.
 */
export class UnitArray {
  constructor(
    readonly value: ArrayValue,
    readonly unit: Unit,
  ) {}
}

/**
 * Checks two operands whose plain numbers are to be added or compared.
 *
 * @throws Fault if both have units, and different ones
 */
export function checkSameUnit(a: unknown, b: unknown): void {
  if (!(a instanceof UnitArray) || !(b instanceof UnitArray)) return;
  if (a.unit.convertsTo(b.unit) && a.unit.factorTo(b.unit) === 1) return;
  throw new Fault(
    `a column in ${a.unit.name} meets a column in ${b.unit.name}; .quantity after their names converts where units do`,
  );
}

/** One text per row of a table; comparisons with a text yield a mask. */
export class TextArray {
  constructor(readonly values: readonly string[]) {}
}

/** Several numbers per row of a table, which can be reduced with `axis=1`. */
export class CellArray {
  constructor(
    readonly values: ArrayValue,
    /** Numbers per row. */
    readonly count: number,
  ) {}

  get nRows(): number {
    return this.values.length / this.count;
  }

  /** The numbers of each row, in the same memory. */
  *rows(): Generator<ArrayValue> {
    for (let row = 0; row < this.nRows; row++) {
      yield this.values.subarray(row * this.count, (row + 1) * this.count);
    }
  }
}

/**
 * Applies an operation element by element if one or both operands have several numbers per row; else returns undefined.
 *
 * @throws Fault if the other operand is neither a single number nor has as many numbers per row
 */
export function cellByCell<V>(
  a: V,
  b: V,
  operate: (a: V | ArrayValue, b: V | ArrayValue) => unknown,
): CellArray | undefined {
  const cells = a instanceof CellArray ? a : b instanceof CellArray ? b : undefined;
  if (cells === undefined) return undefined;
  const numbersOf = (value: V): V | ArrayValue => {
    if (value instanceof CellArray && value.count === cells.count) return value.values;
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    throw new Fault(`${cells.count} numbers per row can be combined with a single number, or with as many per row`);
  };
  return new CellArray(operate(numbersOf(a), numbersOf(b)) as ArrayValue, cells.count);
}
