import { hasBrand } from './brand.js';
import { Fault } from './expression-error.js';
import type { ArrayValue } from './expression-value.js';
import type { Unit } from './unit.js';

const UNIT_ARRAY_BRAND = Symbol.for('cherenkit.expression.UnitArray');

/**
 * Column with a unit, as in astropy's `Table`: plain numbers when combined with plain numbers, a quantity when combined
 * with quantities. `hillas_length > 0.2` compares in the column's unit, `hillas_length > 12 * u.arcmin` converts.
 */
export class UnitArray {
  static [Symbol.hasInstance](value: unknown): value is UnitArray {
    return hasBrand(value, UNIT_ARRAY_BRAND);
  }

  get [UNIT_ARRAY_BRAND](): true {
    return true;
  }

  constructor(
    readonly value: ArrayValue,
    readonly unit: Unit,
  ) {}
}

/**
 * Checks two operands whose plain numbers are added or compared.
 *
 * @throws Fault if both have units, and these differ
 */
export function checkSameUnit(a: unknown, b: unknown): void {
  if (!(a instanceof UnitArray) || !(b instanceof UnitArray)) return;
  if (a.unit.convertsTo(b.unit) && a.unit.factorTo(b.unit) === 1) return;
  throw new Fault(
    `cannot combine a column in ${a.unit.name} with a column in ${b.unit.name}; use .quantity to convert units`,
  );
}

const TEXT_ARRAY_BRAND = Symbol.for('cherenkit.expression.TextArray');

/** Column of text, one per row; comparisons with text give a mask. */
export class TextArray {
  static [Symbol.hasInstance](value: unknown): value is TextArray {
    return hasBrand(value, TEXT_ARRAY_BRAND);
  }

  get [TEXT_ARRAY_BRAND](): true {
    return true;
  }

  constructor(readonly values: readonly string[]) {}
}

const CELL_ARRAY_BRAND = Symbol.for('cherenkit.expression.CellArray');

/** Column with several numbers per row, which can be reduced with `axis=1`. */
export class CellArray {
  static [Symbol.hasInstance](value: unknown): value is CellArray {
    return hasBrand(value, CELL_ARRAY_BRAND);
  }

  get [CELL_ARRAY_BRAND](): true {
    return true;
  }

  constructor(
    readonly values: ArrayValue,
    /** Numbers per row. */
    readonly count: number,
    /** Unit of the numbers of one place of all rows, `x[:, 0]`; operations on all numbers are of plain numbers. */
    readonly unit?: Unit,
  ) {}

  get nRows(): number {
    return this.values.length / this.count;
  }

  /** The numbers of each row, as views into the same memory. */
  *rows(): Generator<ArrayValue> {
    for (let row = 0; row < this.nRows; row++) {
      yield this.values.subarray(row * this.count, (row + 1) * this.count);
    }
  }
}

/**
 * Applies an operation element by element if one or both operands have several numbers per row; returns undefined
 * otherwise.
 *
 * @throws Fault unless the other operand is a single number or has the same number of values per row
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
    throw new Fault(
      `expected a single number or ${cells.count} numbers per row, to combine with ${cells.count} per row`,
    );
  };
  return new CellArray(operate(numbersOf(a), numbersOf(b)) as ArrayValue, cells.count);
}
