import type { FilterOptions, StoredColumn, StoredType } from '@cherenkit/plugin-hdf5/internal';
import fc from 'fast-check';

type Element = number | bigint | boolean | string;

/** A table of random columns and rows; `rows[i][j]` is the cell of row i in column j. */
export interface RandomTable {
  readonly columns: StoredColumn[];
  readonly rows: (Element | Element[])[][];
  readonly chunkBytes: number;
}

const range = (bits: number, signed: boolean) =>
  signed
    ? fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
    : fc.integer({ min: 0, max: 2 ** bits - 1 });

// Strings without NUL, which terminates them, and short enough for S12 in UTF-8.
const text = fc.string({ unit: 'grapheme', maxLength: 4 }).filter((value) => {
  return !value.includes('\0') && new TextEncoder().encode(value).length <= 12;
});

const ELEMENTS: Record<string, fc.Arbitrary<Element>> = {
  int8: range(8, true),
  uint8: range(8, false),
  int16: range(16, true),
  uint16: range(16, false),
  int32: range(32, true),
  uint32: range(32, false),
  int64: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  uint64: fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  float32: fc.float(),
  float64: fc.double(),
  bool: fc.boolean(),
  S12: text,
};

const column = fc.record({
  type: fc.constantFrom(...(Object.keys(ELEMENTS) as StoredType[])),
  shape: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
});

/** Tables of all types and shapes, with many chunks of a few rows each. */
export const randomTable: fc.Arbitrary<RandomTable> = fc
  .record({
    columns: fc.array(column, { minLength: 1, maxLength: 8 }),
    nRows: fc.nat(40),
    chunkBytes: fc.integer({ min: 1, max: 4096 }),
  })
  .chain(({ columns, nRows, chunkBytes }) => {
    const cells = columns.map(({ type, shape }) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const element = ELEMENTS[type];
      return shape.length === 0 ? element : fc.array(element, { minLength: count, maxLength: count });
    });
    return fc.record({
      columns: fc.constant(columns.map((each, i) => ({ ...each, name: `column_${i}` }))),
      rows: fc.array(fc.tuple(...cells), { minLength: nRows, maxLength: nRows }),
      chunkBytes: fc.constant(chunkBytes),
    });
  });

/** All chunk filters. */
export const randomFilters: fc.Arbitrary<FilterOptions> = fc.record({
  compression: fc.constantFrom('blosc:zstd', 'zlib'),
  level: fc.nat(9),
  fletcher32: fc.boolean(),
});

const TYPED = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** The cells of a column as returned by a reader, converted by the rules of typed arrays. */
export function expectedColumn({ columns, rows }: RandomTable, index: number): unknown[] {
  const { type } = columns[index];
  const values = rows.flatMap((row) => row[index]);
  if (type === 'int64' || type === 'uint64') return values.map((value) => BigInt(value as bigint));
  if (type === 'bool') return values.map(Number);
  if (type.startsWith('S')) return values;
  return Array.from(TYPED[type as keyof typeof TYPED].from(values as number[]));
}
