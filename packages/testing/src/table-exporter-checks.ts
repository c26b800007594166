import { Table, type ComponentClass, type TableExporter } from '@cherenkit/core';
import { buildComponent } from './build-component.js';
import type { ConformanceCheck, ConformanceOptions } from './conformance-check.js';
import { firstDifference, snapshotOf } from './first-difference.js';
import { ensure } from './test-case.js';

/** Checks for table exporters. */
export function tableExporterChecks(
  component: ComponentClass<TableExporter>,
  options: ConformanceOptions,
): ConformanceCheck[] {
  return [
    {
      name: 'declares the extension of its files',
      run: () => {
        const isDeclared = component.recognises.some(({ extension }) => /^\.[a-z0-9.]+$/.test(extension ?? ''));
        ensure(isDeclared, "static recognises has no extension in lower case, such as [{ extension: '.csv' }]");
        return Promise.resolve();
      },
    },
    {
      name: 'writes columns of all types, and does not modify tables',
      run: async () => {
        const table = tableOfAllTypes();
        const before = snapshotOf(table);
        const bytes = await written(component, table, [table.slice(0, 1), table.slice(1)], options);
        ensure(bytes.length > 0, 'the file is empty');
        const difference = firstDifference(snapshotOf(table), before, 'table');
        ensure(difference === undefined, `modified by write(): ${difference}`);
      },
    },
    {
      name: 'writes the same bytes for the same tables',
      run: async () => {
        const table = tableOfAllTypes();
        const [first, second] = [
          await written(component, table, [table], options),
          await written(component, table, [table], options),
        ];
        const difference = firstDifference(snapshotOf(second), snapshotOf(first), 'bytes');
        ensure(difference === undefined, `the second file differs: ${difference}`);
      },
    },
    {
      name: 'writes tables without rows',
      run: async () => {
        const table = tableOfAllTypes().slice(0, 0);
        await written(component, table, [table], options);
        await written(component, table, [], options);
      },
    },
  ];
}

async function written(
  component: ComponentClass<TableExporter>,
  header: Table,
  tables: readonly Table[],
  options: ConformanceOptions,
): Promise<Uint8Array> {
  const parts: number[] = [];
  const exporter = await buildComponent(component, options);
  await exporter.open(
    { append: (bytes) => void parts.push(...bytes) },
    [...header.columns.values()].map((column) => column.header),
  );
  for (const table of tables) await exporter.write(table);
  await exporter.finish();
  return Uint8Array.from(parts);
}

/** Three rows: a column of each type, and one of arrays. */
function tableOfAllTypes(): Table {
  return Table.of({
    int8: Int8Array.of(-128, 0, 127),
    uint8: Uint8Array.of(0, 1, 255),
    int16: Int16Array.of(-32_768, 0, 32_767),
    uint16: Uint16Array.of(0, 1, 65_535),
    int32: Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1),
    uint32: Uint32Array.of(0, 1, 2 ** 32 - 1),
    int64: BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n),
    uint64: BigUint64Array.of(0n, 1n, 2n ** 64n - 1n),
    float32: Float32Array.of(NaN, -Infinity, 1.5),
    float64: Float64Array.of(NaN, -Infinity, 1e300),
    bool: [true, false, true],
    text: ['', 'a "b", c', 'ü'],
    image: { values: Float32Array.of(1, NaN, 3, Infinity, 5, 6), shape: [2], unit: 'TeV', description: 'Charge.' },
  });
}
