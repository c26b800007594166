import { Column, Table, TYPED_ARRAYS, type ColumnValues, type ElementType, type NumericType } from '@cherenkit/tables';
import fc from 'fast-check';

const TYPES: readonly ElementType[] = [...(Object.keys(TYPED_ARRAYS) as NumericType[]), 'string'];

/** Elements of a type: few distinct values, so that some are equal, and the limits of the range. */
function arbitraryElement(type: ElementType): fc.Arbitrary<number | bigint | string> {
  switch (type) {
    case 'string':
      return fc.constantFrom('', 'a', 'LSTCam', 'größer', 'z');
    case 'bool':
      return fc.constantFrom(0, 1);
    case 'float32':
    case 'float64':
      return fc.oneof(fc.constantFrom(0, -0, 1.5, -2, NaN, Infinity, -Infinity), fc.float());
    case 'int64':
      return fc.oneof(fc.bigInt(-3n, 3n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n));
    case 'uint64':
      return fc.oneof(fc.bigInt(0n, 3n), fc.bigInt(0n, 2n ** 64n - 1n));
    default:
      return type.startsWith('u') ? fc.constantFrom(0, 1, 2, 200) : fc.constantFrom(0, 1, 2, -100);
  }
}

/** The elements as values of a column of this type. */
export function valuesOf(type: ElementType, elements: readonly (number | bigint | string)[]): ColumnValues {
  if (type === 'string') return elements as string[];
  return (TYPED_ARRAYS[type] as Float64ArrayConstructor).from(elements as number[]);
}

/** A column of any type and shape with the given number of rows. */
export function arbitraryColumn(
  name: string,
  nRows: number,
  types: readonly ElementType[] = TYPES,
  shapes: readonly (readonly number[])[] = [[], [3], [2, 2]],
): fc.Arbitrary<Column> {
  return fc
    .record({
      type: fc.constantFrom(...types),
      shape: fc.constantFrom(...shapes),
      unit: fc.constantFrom(undefined, 'TeV', 'deg'),
    })
    .chain(({ type, shape, unit }) => {
      const length = nRows * shape.reduce((product, size) => product * size, 1);
      return fc
        .array(arbitraryElement(type), { minLength: length, maxLength: length })
        .map((elements) => new Column({ name, type, shape, unit }, valuesOf(type, elements)));
    });
}

/** A table of up to twelve rows and one to four columns of any types. */
export const arbitraryTable: fc.Arbitrary<Table> = fc
  .record({ nRows: fc.nat(12), nColumns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ nRows, nColumns }) =>
    fc.tuple(...Array.from({ length: nColumns }, (_, i) => arbitraryColumn(`c${i}`, nRows))),
  )
  .map((columns) => new Table(columns, { TAB_VER: 2n }));

/** All stored elements of a row, column by column, which no method of Table may change. */
export function storedRow(table: Table, row: number): unknown[] {
  return [...table.columns.values()].map(({ values, count }) =>
    Array.from({ length: count }, (_, i) => values[row * count + i]),
  );
}

/** All stored elements of a table, row by row. */
export function storedRows(table: Table): unknown[][] {
  return Array.from({ length: table.nRows }, (_, row) => storedRow(table, row));
}
