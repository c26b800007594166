import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArrowTableExporter } from '@cherenkit/plugin-arrow';
import { Table } from '@cherenkit/tables';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { DataType, tableFromIPC, type Vector } from 'apache-arrow';
import { expect } from 'chai';
import fc from 'fast-check';
import { cherenkit } from '../support/run-command.js';
import { ctapipePython, runCtapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData } from '../support/test-data.js';
import { arbitraryTable } from '../tables/arbitrary-table.js';

async function written(header: Table, tables: readonly Table[]): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  const exporter = await buildComponent(ArrowTableExporter);
  const columns = [...header.columns.values()].map((column) => column.header);
  await exporter.open({ append: (bytes) => void parts.push(bytes.slice()) }, columns);
  for (const table of tables) exporter.write(table);
  exporter.finish();
  return parts;
}

const PLUGIN = join(REPOSITORY_ROOT, 'packages', 'plugin-arrow');

/** The elements of a cell, in C order; booleans as 0 and 1, as tables store them. */
function elementsOf(cell: unknown): unknown[] {
  if (typeof cell === 'object' && cell !== null && Symbol.iterator in cell) {
    return [...(cell as Iterable<unknown>)].flatMap(elementsOf);
  }
  return [typeof cell === 'boolean' ? Number(cell) : cell];
}

describe('ArrowTableExporter', () => {
  it('writes tables that the library of Arrow reads: all types, shapes and values', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(arbitraryTable, fc.nat(12), async (table, at) => {
        const parts = [table.slice(0, Math.min(at, table.nRows)), table.slice(Math.min(at, table.nRows))];
        const read = tableFromIPC(Buffer.concat(await written(table, parts)));
        expect(read.numRows).to.equal(table.nRows);
        expect(read.schema.fields.map(({ name }) => name)).to.deep.equal(table.names);
        for (const { name, unit, values, count, shape } of table.columns.values()) {
          const field = read.schema.fields.find((each) => each.name === name);
          expect(field?.metadata.get('unit')).to.equal(unit);
          expect(DataType.isFixedSizeList(field?.type)).to.equal(shape.length > 0);
          const vector = read.getChild(name) as Vector;
          for (let row = 0; row < table.nRows; row++) {
            const cell = Array.from({ length: count }, (_, i) => values[row * count + i]);
            expect(elementsOf(vector.get(row))).to.deep.equal(cell);
          }
        }
      }),
    );
  });

  it('appends each batch at once, without copies of the arrays', async () => {
    const image = new Float32Array(300_000);
    const table = Table.of({ image: { values: image, shape: [1000] } });
    const appended: Uint8Array[] = [];
    const exporter = await buildComponent(ArrowTableExporter);
    await exporter.open({ append: (bytes) => void appended.push(bytes) }, [table.column('image').header]);
    exporter.write(table);
    expect(appended.some(({ buffer }) => buffer === image.buffer)).to.equal(true);
    const before = appended.length;
    exporter.write(table);
    expect(appended.length).to.be.above(before);
    exporter.finish();
  });

  it('stores times as timestamps in TAI, and unknown ones as null', async () => {
    const time = { kind: 'time', format: 'ctao_high_res' } as const;
    const values = Uint32Array.of(1_700_000_000, 4_000_000, 0, 0, 1_700_000_000, 3_999_999_999);
    const table = Table.of({ time: { values, type: 'uint32', shape: [2], meaning: time } });
    const read = tableFromIPC(Buffer.concat(await written(table, [table])));
    const [chunk] = read.getChild('time')?.data ?? [];
    expect(chunk.nullCount).to.equal(1);
    expect([...(chunk.values as BigInt64Array)]).to.deep.equal([
      1_700_000_000_001_000_000n,
      0n,
      1_700_000_001_000_000_000n,
    ]);
    expect(read.schema.fields[0].metadata.get('scale')).to.equal('tai');
  });
});

/** Compares each column of an Arrow file, read by pyarrow, with the columns that ctapipe reads from the HDF5 file. */
const COMPARE = `
import json, sys
import numpy as np
import pyarrow as pa
from ctapipe.io import read_table
arrow = pa.ipc.open_file(pa.memory_map(sys.argv[2])).read_all()
arrow.validate(full=True)
tables = [read_table(sys.argv[1], path) for path in sys.argv[3:]]
differences = [] if arrow.column_names == tables[0].colnames else ['names']
for name in arrow.column_names:
    field, column = arrow.field(name), tables[0][name]
    metadata = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    if metadata.get('scale') == 'tai':
        found = arrow[name].combine_chunks().cast(pa.int64()).to_numpy() / 1e9
        expected = np.concatenate([table[name].unix_tai for table in tables])
        if not np.allclose(found, expected, rtol=0, atol=1e-6):
            differences.append(f'{name}: times')
        continue
    # Tables that astropy wrote have descriptions that read_table omits.
    if column.info.description and metadata.get('description') != column.info.description:
        differences.append(f'{name}: description')
    if metadata.get('unit', '') != (column.unit.to_string('vounit') if column.unit else ''):
        differences.append(f'{name}: unit {metadata.get("unit")}')
    flat = arrow[name].combine_chunks()
    while pa.types.is_fixed_size_list(flat.type):
        flat = flat.flatten()
    expected = np.concatenate([np.asarray(table[name]) for table in tables])
    found = flat.to_numpy(zero_copy_only=False)
    if expected.dtype.kind not in 'US' and found.dtype != expected.dtype:
        differences.append(f'{name}: {found.dtype}, expected {expected.dtype}')
    if not np.array_equal(found.reshape(expected.shape), expected, equal_nan=expected.dtype.kind == 'f'):
        differences.append(f'{name}: values')
print(json.dumps([len(arrow), differences]))
`;

describe('cherenkit export to Arrow', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  it('gives pyarrow the columns that ctapipe reads, with types, units, descriptions and values', async function () {
    skipWithoutCtapipeOrTestData.call(this);
    this.timeout(120_000);
    const options = { cwd: folder.path };
    if ((await runCtapipePython(['-c', 'import pyarrow'], options)).status !== 0) {
      console.log('      skipped: the Python of CTAPIPE_PYTHON has no pyarrow');
      return this.skip();
    }
    writeFileSync(folder.join('compare.py'), COMPARE);
    const input = inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5');
    const telescopes = ['003', '007'];
    const groups = [
      ['/dl1/event/subarray/trigger'],
      ['/simulation/event/subarray/shower'],
      ['/configuration/instrument/subarray/layout'],
      ['/dl2/event/subarray/geometry/HillasReconstructor'],
      telescopes.map((tel) => `/dl1/event/telescope/images/tel_${tel}`),
      telescopes.map((tel) => `/dl1/event/telescope/parameters/tel_${tel}`),
    ];
    for (const paths of groups) {
      const tables = paths.flatMap((path) => ['--table', path]);
      const flags = ['-o', 'out.arrow', '--overwrite', '--chunk-rows', '1', '--plugin', PLUGIN];
      const { exitCode, stderr } = await cherenkit(['export', input, ...tables, ...flags], folder.path);
      expect(exitCode, stderr).to.equal(0);
      const output = await ctapipePython(['compare.py', input, 'out.arrow', ...paths], options);
      const [nRows, differences] = JSON.parse(output.trim().split('\n').at(-1) ?? '') as [number, string[]];
      expect(differences, paths.join()).to.deep.equal([]);
      expect(nRows).to.be.above(0);
    }
  });
});
