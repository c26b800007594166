import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createSink } from '@cherenkit/io';
import { Hdf5File, Hdf5Writer, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { Column, columnFrom, Table, type ColumnInput } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const TRIGGER = '/dl1/event/subarray/trigger';
const LAYOUT = '/configuration/instrument/subarray/layout';
const GEOMETRY = '/dl2/event/subarray/geometry/HillasReconstructor';

describe('tools for HDF5 files', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const run = async (...args: readonly string[]): Promise<Outcome> => cherenkit(args, folder.path);

  before(async function () {
    this.timeout(60_000);
    const flags = ['--write-images', '--write-showers', '--quiet'];
    const { stderr, exitCode } = await run('process', '-i', 'toymodel:?events=3', '-o', 'toy.h5', ...flags);
    expect(exitCode, stderr).to.equal(0);
  });

  /** Copies the tables of toy.h5 with changes. */
  async function changed(
    output: string,
    changes: Readonly<Record<string, (table: Table) => Table | undefined>>,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await using file = await Hdf5File.open(folder.join('toy.h5'));
    await using sink = createSink(folder.join(output), { overwrite: true });
    const writer = new Hdf5Writer(sink);
    for (const path of await file.paths()) {
      const table = await readTable(file, path);
      const written = path in changes ? changes[path](table) : table;
      if (written) writeTable(writer, path, written);
    }
    const root = [...(await file.attributes('/', /^CTA /))].map(([name, value]) => [name, String(value)] as const);
    writer.setAttributes('/', { ...Object.fromEntries(root), ...attributes });
    await writer.finish();
  }

  describe('cherenkit check', () => {
    it('finds no problems in a file of cherenkit process', async () => {
      const { stdout, exitCode } = await run('check', 'toy.h5');
      expect(stdout).to.match(/^toy\.h5: no problems \(\d+ tables, 3 events\)\n$/);
      expect(exitCode).to.equal(0);
    });

    it('finds events that occur twice or are missing, and values that are not finite', async () => {
      await changed('changed.h5', {
        [TRIGGER]: (table) => table.take([0, 1, 1]),
        [GEOMETRY]: (table) => {
          const alt = table.column('HillasReconstructor_alt');
          const values = Float64Array.from({ length: table.nRows }, () => NaN);
          const valid = Uint8Array.from({ length: table.nRows }, () => 1);
          const others = [...table.columns.values()].map((column) => {
            if (column.name === alt.name) return columnFrom(alt.name, { values, unit: 'deg', description: 'altitude' });
            if (column.name !== 'HillasReconstructor_is_valid') return column;
            return columnFrom(column.name, { type: 'bool', values: valid, description: 'valid' });
          });
          return new Table(others, table.meta);
        },
        '/simulation/event/subarray/shower': () => undefined,
      });
      const { stdout, exitCode } = await run('check', 'changed.h5');
      expect(exitCode).to.equal(65);
      expect(stdout).to.match(/- \/dl1\/event\/subarray\/trigger: obs_id, event_id 1 \d+ occurs more than once\n/);
      expect(stdout).to.match(
        /HillasReconstructor: HillasReconstructor_alt is not finite in rows 0; 1; 2, which are valid/,
      );
      expect(stdout).to.match(/event 1 \d+ \(obs_id, event_id\) is not in \/dl1\/event\/subarray\/trigger/);
    });

    const SHOWER = '/simulation/event/subarray/shower';
    const without = (): undefined => undefined;
    /** Replaces the first value of a column. */
    const set =
      (name: string, value: number) =>
      (table: Table): Table => {
        const column = table.column(name);
        const values = (column.values as Float64Array).slice();
        values[0] = typeof values[0] === 'bigint' ? (BigInt(value) as never) : value;
        return new Table(
          [...table.columns.values()].map((each) => (each === column ? new Column(column, values) : each)),
          table.meta,
        );
      };
    const DAMAGES: readonly [path: string, change: (table: Table) => Table | undefined, problem: string][] = [
      ['/configuration/instrument/telescope/optics', without, 'telescope/optics is missing'],
      ['/configuration/instrument/telescope/camera/readout_0', without, 'camera/readout_0 is missing'],
      ['/configuration/observation/observation_block', without, 'observation_block is missing'],
      ['/configuration/simulation/run', without, '/configuration/simulation/run is missing'],
      [SHOWER, without, `${SHOWER} is missing`],
      [SHOWER, set('true_energy', NaN), 'true_energy is not finite in row 0'],
      [SHOWER, set('true_x_max', Infinity), 'true_x_max is infinite in row 0'],
      [SHOWER, (table) => table.without('true_alt'), 'column true_alt (float64) is missing'],
      [LAYOUT, set('camera_index', 42), 'camera/geometry_42 is missing'],
      [LAYOUT, set('optics_index', 42), 'optics_index is 42, but there are '],
      ['/dl1/event/telescope/parameters/tel_001', set('tel_id', 9), 'tel_id is 9, expected 1'],
      ['/dl1/event/telescope/trigger', (table) => table.slice(1, table.nRows), 'tels_with_trigger of event 1 '],
    ];

    it('finds missing tables and columns, and tables that contradict each other', async function () {
      this.timeout(60_000);
      for (const [path, change, problem] of DAMAGES) {
        await changed('changed.h5', { [path]: change });
        expect((await run('check', 'changed.h5')).stdout, path).to.include(problem);
      }
    });

    it('names a missing table of telescope triggers, also if no table of telescopes is left', async () => {
      await using file = await Hdf5File.open(folder.join('toy.h5'));
      const ofTelescopes = (await file.paths()).filter((path) => path.includes('/event/telescope/'));
      await changed('changed.h5', Object.fromEntries(ofTelescopes.map((path) => [path, without])));
      expect((await run('check', 'changed.h5')).stdout).to.include('/dl1/event/telescope/trigger is missing');
    });

    it('compares the version and the data levels with the tables', async () => {
      await changed(
        'changed.h5',
        {},
        { 'CTA PRODUCT DATA LEVELS': 'R0,DL2', 'CTA PRODUCT DATA MODEL VERSION': 'v99.0.0' },
      );
      const { stdout } = await run('check', 'changed.h5');
      expect(stdout).to.include('CTA PRODUCT DATA MODEL VERSION is v99.0.0, expected one of v4.0.0, ');
      expect(stdout).to.include('DATA LEVELS lists R0, but no such table has rows');
      expect(stdout).to.include('DATA LEVELS lacks DL1_IMAGES, of /dl1/event/telescope/images/tel_001');
    });

    it('finds no problems in files of ctapipe', async function () {
      skipWithoutTestData.call(this);
      this.timeout(60_000);
      const files = [
        ['data', 'hdf5', 'gamma_600.v4.0.0.dl2.h5'],
        ['data', 'hdf5', 'gamma_600.v7.6.0.tel2.r0_r1_fixed_point.h5'],
        ['reference', 'gamma_diffuse_north_alpha_602.dl2.h5'],
        ['reference', 'proton_north_alpha_700.some_tels.dl2.h5'],
        ['reference', 'ml', 'gamma.ml.dl2.h5'],
        ['reference', 'monitoring', 'twopass.h5'],
        ['reference', 'monitoring', 'flatfield.dl1.h5'],
        ['reference', 'tables', 'merge_600_obs11.no_images.h5'],
      ].map((parts) => inTestData(...parts));
      const { stdout } = await run('check', ...files);
      expect(stdout.match(/: no problems \(/g), stdout).to.have.length(files.length);
    });

    it('accepts the type that the sum of true images has in files that ctapipe made of HDF5', async () => {
      await changed('changed.h5', {
        '/simulation/event/telescope/images/tel_001': (table) => {
          const columns = [...table.columns.values()].map((column) => {
            if (column.name !== 'true_image_sum') return column;
            const values = BigInt64Array.from(column.values as Int32Array, BigInt);
            return columnFrom(column.name, { values, description: column.description });
          });
          return new Table(columns, table.meta);
        },
      });
      expect((await run('check', 'changed.h5')).stdout).to.match(/^changed\.h5: no problems /);
    });

    it('exits with 66 if a file is missing, and checks the others', async () => {
      writeFileSync(folder.join('short.h5'), 'nothing');
      const { stdout, exitCode } = await run('check', 'none.h5', 'toy.h5', 'short.h5');
      expect(stdout).to.include('- Cannot read none.h5').and.include('toy.h5: no problems').and.include('short.h5: 1 ');
      expect(exitCode).to.equal(66);
      expect((await run('check', 'short.h5')).exitCode).to.equal(65);
    });

    it('finds damaged rows by their checksum', async () => {
      const bytes = readFileSync(folder.join('toy.h5'));
      for (let i = 130; i < 150; i++) bytes[i] ^= 0x55;
      writeFileSync(folder.join('damaged.h5'), bytes);
      const { stdout, exitCode } = await run('check', 'damaged.h5', 'toy.h5');
      expect(exitCode).to.equal(65);
      expect(stdout)
        .to.match(/^damaged\.h5: \d+ problems? /)
        .and.include('toy.h5: no problems');
    });
  });

  describe('cherenkit check --salvage', () => {
    it('copies an undamaged file, with its attributes', async () => {
      const { stdout, exitCode } = await run('check', 'toy.h5', '--salvage', 'saved.h5');
      expect(stdout).to.match(/^toy\.h5: \d+ tables with \d+ rows were copied to saved\.h5, nothing is lost\n$/);
      expect(exitCode).to.equal(0);
      expect((await run('diff', 'toy.h5', 'saved.h5')).stdout).to.match(/ 0 differences\n$/);
    });

    it('leaves out rows of damaged chunks, and prints them', async () => {
      const bytes = readFileSync(folder.join('toy.h5'));
      for (let i = 130; i < 150; i++) bytes[i] ^= 0x55;
      writeFileSync(folder.join('damaged.h5'), bytes);
      const { stdout, exitCode } = await run('check', 'damaged.h5', '--salvage', 'part.h5');
      expect(exitCode).to.equal(65);
      const [, path = '', nLost] = /^- (\/\S+): (\d+) of \d+ rows \(byte \d+: wrong checksum/m.exec(stdout) ?? [];
      expect((await readTable(folder.join('part.h5'), path)).nRows).to.equal(
        (await readTable(folder.join('toy.h5'), path)).nRows - Number(nLost),
      );
      expect(stdout.split('\n')).to.have.length(3);
    });

    it('saves what is left of truncated files of ctapipe', async function () {
      skipWithoutTestData.call(this);
      const original = inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5');
      const bytes = readFileSync(original);
      writeFileSync(folder.join('short.h5'), bytes.subarray(0, Math.floor(0.97 * bytes.length)));
      expect((await run('check', 'short.h5')).stdout).to.include('it is truncated, expected');
      const { stdout } = await run('check', 'short.h5', '--salvage', 'rest.h5');
      expect(stdout).to.include('- /dl1/event/telescope/images/tel_007: 1 of 1 rows (byte ');
      await using saved = await Hdf5File.open(folder.join('rest.h5'));
      await using complete = await Hdf5File.open(original);
      for (const path of await saved.paths()) {
        if (stdout.includes(`- ${path}: `)) continue;
        const [rows, expected] = [await readTable(saved, path), await readTable(complete, path)];
        expect(rows.toRows(), path).to.deep.equal(expected.toRows());
      }
    });

    it('writes no file if nothing can be saved', async () => {
      writeFileSync(folder.join('start.h5'), readFileSync(folder.join('toy.h5')).subarray(0, 5000));
      const { stderr, exitCode } = await run('check', 'start.h5', '--salvage', 'nothing.h5');
      expect(stderr).to.match(
        /^error\[NOTHING_SALVAGED\]:\nstart\.h5: no row can be saved\. No file was written\.\n- /,
      );
      expect(exitCode).to.equal(65);
      expect(existsSync(folder.join('nothing.h5'))).to.equal(false);
      expect((await run('check', 'toy.h5', 'start.h5', '--salvage', 'x.h5')).stderr).to.match(
        /^error\[INPUT_NOT_NAMED\]/,
      );
    });
  });

  describe('cherenkit diff', () => {
    it('finds no differences between copies', async () => {
      copyFileSync(folder.join('toy.h5'), folder.join('copy.h5'));
      const { stdout, exitCode } = await run('diff', 'toy.h5', 'copy.h5');
      expect(stdout).to.match(/^\d+ tables are equal, 0 differences\n$/);
      expect(exitCode).to.equal(0);
    });

    it('lists tables, rows, columns and values that differ, and exits with 1', async () => {
      await changed('changed.h5', {
        [TRIGGER]: (table) => table.take([0, 1]),
        '/simulation/event/subarray/shower': (table) => table.without('true_x_max'),
        '/dl1/service/image_statistics': () => undefined,
        [GEOMETRY]: (table) => {
          const column = table.column('HillasReconstructor_core_x');
          const values = Float64Array.from(column.values as Float64Array, (value) => value * (1 + 1e-6));
          const { unit, description } = column;
          const scaled = columnFrom(column.name, { values, unit, description });
          return new Table([...table.without(column.name).columns.values(), scaled], table.meta);
        },
      });
      const { stdout, exitCode } = await run('diff', 'toy.h5', 'changed.h5');
      expect(exitCode).to.equal(1);
      expect(stdout).to.include('/dl1/event/subarray/trigger has 3 and 2 rows\n');
      expect(stdout).to.include('/simulation/event/subarray/shower: column true_x_max is only in the first file\n');
      expect(stdout).to.include('/dl1/service/image_statistics is only in the first file\n');
      expect(stdout).to.match(
        /HillasReconstructor_core_x differs in \d of 3 values, by up to 0\.000001 \(relative\); first in row 0: /,
      );
      const tolerant = await run('diff', 'toy.h5', 'changed.h5', '--rtol', '1e-5');
      expect(tolerant.stdout).to.not.include('core_x differs');
    });

    it('compares times as instants', async () => {
      const withTime = (file: string, ...words: readonly number[]): Promise<void> =>
        changed(file, {
          [TRIGGER]: (table) => {
            const values = Uint32Array.from({ length: 2 * table.nRows }, (_, i) => words[i % 2]);
            return new Table(
              [...table.columns.values()].map((column) =>
                column.name === 'time' ? new Column(column.header, values) : column,
              ),
              table.meta,
            );
          },
        });
      await withTime('carried.h5', 1_600_000_001, 0);
      await withTime('rounded.h5', 1_600_000_000, 4_000_000_000);
      expect((await run('diff', 'carried.h5', 'rounded.h5')).stdout).to.match(/ 0 differences\n$/);
      await withTime('later.h5', 1_600_000_001, 1);
      expect((await run('diff', 'carried.h5', 'later.h5')).stdout).to.include(
        'time differs in 3 of 3 values; first in row 0: 1600000001.00000000000 and 1600000001.00000000025\n',
      );
    });

    it('says in which file an attribute is', async () => {
      await changed('changed.h5', {}, { EXTRA: '' });
      const only = 'attribute EXTRA is only in the';
      expect((await run('diff', 'toy.h5', 'changed.h5')).stdout).to.include(`/: ${only} second file\n`);
      expect((await run('diff', 'changed.h5', 'toy.h5')).stdout).to.include(`/: ${only} first file\n`);
    });

    it('recognizes rows and columns in another order, and names attributes by their column', async () => {
      await changed('changed.h5', {
        '/dl1/event/telescope/trigger': (table) =>
          table.take(Array.from({ length: table.nRows }, (_, i) => table.nRows - 1 - i)),
        '/simulation/event/subarray/shower': (table) => new Table([...table.columns.values()].reverse(), table.meta),
      });
      const { stdout } = await run('diff', 'toy.h5', 'changed.h5');
      expect(stdout).to.include('/dl1/event/telescope/trigger has the same rows in another order\n');
      expect(stdout).to.include('/simulation/event/subarray/shower: the columns are in another order\n');
      expect(stdout).to.not.match(/differs|shower: attribute/);
      const { stdout: text, exitCode } = await run('diff', 'toy.h5', 'changed.h5', '--json');
      expect(exitCode).to.equal(1);
      const { nEqual, differences } = JSON.parse(text) as { nEqual: number; differences: string[] };
      expect(stdout).to.equal(
        `${differences.join('\n')}\n${nEqual} tables are equal, ${differences.length} differences\n`,
      );
    });

    describe('of files that number cameras and optics differently', () => {
      const CAMERA = '/configuration/instrument/telescope/camera';
      const swapped =
        (...names: readonly string[]) =>
        (table: Table): Table => {
          const columns = [...table.columns.values()].map((column) =>
            names.includes(column.name)
              ? new Column(
                  column,
                  (column.values as BigInt64Array).map((value) => 1n - value),
                )
              : column,
          );
          return new Table(columns, table.meta);
        };

      it('finds no differences if each telescope has the same camera and optics', async () => {
        const tables = new Map<string, Table>();
        for (const name of ['geometry_0', 'geometry_1', 'readout_0', 'readout_1']) {
          tables.set(name, await readTable(folder.join('toy.h5'), `${CAMERA}/${name}`));
        }
        const other = (name: string) => (): Table | undefined => tables.get(name);
        await changed('changed.h5', {
          [LAYOUT]: swapped('camera_index', 'optics_index'),
          '/configuration/instrument/telescope/optics': (table) => table.take([1, 0]),
          [`${CAMERA}/geometry_0`]: other('geometry_1'),
          [`${CAMERA}/geometry_1`]: other('geometry_0'),
          [`${CAMERA}/readout_0`]: other('readout_1'),
          [`${CAMERA}/readout_1`]: other('readout_0'),
        });
        expect((await run('diff', 'toy.h5', 'changed.h5')).stdout).to.not.include('/configuration/instrument/');
      });

      it('finds telescopes with other cameras or optics', async () => {
        await changed('changed.h5', { [LAYOUT]: swapped('camera_index', 'optics_index') });
        const { stdout, exitCode } = await run('diff', 'toy.h5', 'changed.h5');
        expect(stdout).to.include(`${CAMERA}/readout_0 (${CAMERA}/readout_1 in the second file) has 81 and 88 rows\n`);
        expect(stdout).to.match(
          /telescope\/optics: optics_name differs in 2 of 2 values; first in row 0: LST and MST\n/,
        );
        expect(exitCode).to.equal(1);
      });
    });

    it('needs two files', async () => {
      expect((await run('diff', 'toy.h5')).stderr).to.equal(
        'error[INPUT_NOT_NAMED]: Found 1 file, expected two: cherenkit diff A B.\n',
      );
    });
  });

  describe('cherenkit tables', () => {
    it('lists all tables with their rows', async () => {
      const { stdout } = await run('tables', 'toy.h5');
      expect(stdout).to.match(/^ +3 +5 {2}\/dl1\/event\/subarray\/trigger +one array event$/m);
    });

    it('lists the tables of a group', async () => {
      const { stdout } = await run('tables', 'toy.h5', 'dl1/event/subarray');
      expect(stdout.trim().split('\n')).to.have.length(2);
      expect(stdout).to.include(' /dl1/event/subarray/trigger ');
    });

    it('shows columns, first rows and statistics of a table', async () => {
      const { stdout } = await run('tables', 'toy.h5', '/simulation/event/subarray/shower', '--rows', '1');
      expect(stdout).to.match(/^\/simulation\/event\/subarray\/shower: 3 rows, 11 columns\n/);
      expect(stdout).to.match(/^ {2}true_energy \/ TeV +float64 +Energy of the primary particle$/m);
      expect(stdout).to.include('Table of 1 row and 11 columns').and.include('Statistics\n');
    });

    it('suggests tables for a path that does not exist', async () => {
      const { stderr, exitCode } = await run('tables', 'toy.h5', '/dl1/event/subarray/triger');
      expect(stderr).to.match(/^error\[TABLE_UNKNOWN\]: .*did you mean "\/dl1\/event\/subarray\/trigger"/);
      expect(exitCode).to.equal(2);
    });
  });

  describe('cherenkit export', () => {
    const SHOWER = '/simulation/event/subarray/shower';

    it('writes CSV', async () => {
      const { stdout, stderr, exitCode } = await run('export', 'toy.h5', '--table', SHOWER, '-o', 'showers.csv');
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.match(/^showers\.csv: \d+ rows?, \d+ columns, .* in \d/);
      const [header, ...lines] = readFileSync(folder.join('showers.csv'), 'utf8').trim().split('\n');
      const table = await readTable(folder.join('toy.h5'), SHOWER);
      expect(header).to.equal(table.names.join(','));
      expect(lines.map((line) => Number(line.split(',')[2]))).to.deep.equal([...table.numbers('true_energy')]);
    });

    it('writes Parquet: values, lists and units, tables one after the other', async () => {
      const flags = ['--columns', 'event_id', '--columns', 'image', '--columns', 'is_valid', '--chunk-rows', '2'];
      const tables = '/dl1/event/telescope/images/*';
      const { stderr, exitCode } = await run('export', 'toy.h5', '--table', tables, '-o', 'images.parquet', ...flags);
      expect(exitCode, stderr).to.equal(0);
      const rows = await parquetReadObjects({ file: parquet('images.parquet') });
      await using file = await Hdf5File.open(folder.join('toy.h5'));
      const paths = (await file.paths()).filter((path) => path.startsWith('/dl1/event/telescope/images/tel'));
      let at = 0;
      for (const path of paths) {
        const table = await readTable(file, path);
        const { values, count } = table.column('image');
        for (let row = 0; row < table.nRows; row++, at++) {
          expect(rows[at]['event_id']).to.equal(table.column('event_id').values[row]);
          expect(rows[at]['is_valid']).to.equal(true);
          expect(rows[at]['image']).to.deep.equal([...values.slice(row * count, (row + 1) * count)]);
        }
      }
      expect(rows.length).to.equal(at);
      await run('export', 'toy.h5', '--table', SHOWER, '-o', 'showers.parquet');
      const [{ value = '' }] = parquetMetadata(parquet('showers.parquet')).key_value_metadata ?? [];
      expect(JSON.parse(value)).to.have.nested.property('columns.true_energy.unit', 'TeV');
    });

    it('writes CSV to standard output', async () => {
      const written = await run('export', 'toy.h5', '--table', SHOWER, '-o', '-', '--chunk-rows', '1');
      expect(written.exitCode, written.stderr).to.equal(0);
      expect(written.stdout).to.equal(readFileSync(folder.join('showers.csv'), 'utf8'));
      const refused = await run('export', 'toy.h5', '--table', SHOWER, '-o', '-', '--format', 'parquet');
      expect(refused.stderr).to.match(/^error\[EXPORT_FORMAT_UNKNOWN\]: Standard output/);
      expect(refused.exitCode).to.equal(2);
    });

    it('describes shapes, enumerations, masks and times in the metadata of Parquet', async () => {
      await using sink = createSink(folder.join('shapes.h5'), { overwrite: true });
      const writer = new Hdf5Writer(sink);
      writeTable(writer, '/waveforms', Table.of({ waveform: { values: new Uint16Array(24), shape: [2, 3, 4] } }));
      await writer.finish();
      await run('export', 'shapes.h5', '--table', '/waveforms', '-o', 'waveforms.parquet');
      await run('export', 'toy.h5', '--table', '/dl1/event/subarray/trigger', '-o', 'trigger.parquet');
      const described = (name: string): unknown => {
        const [{ value = '' }] = parquetMetadata(parquet(name)).key_value_metadata ?? [];
        return JSON.parse(value);
      };
      expect(described('waveforms.parquet')).to.deep.equal({
        columns: { waveform: { type: 'uint16', shape: [2, 3, 4] } },
      });
      const layout = await readTable(folder.join('toy.h5'), '/configuration/instrument/subarray/layout');
      const trigger = described('trigger.parquet');
      expect(trigger).to.have.nested.property('columns.event_type.enumeration.members.SUBARRAY', 32);
      expect(trigger).to.have.deep.nested.property('columns.tels_with_trigger.telescopes', [
        ...layout.numbers('tel_id'),
      ]);
      expect(trigger).to.have.nested.property('columns.time.scale', 'tai');
    });

    it('keeps the type and the extreme values of each column', async () => {
      const columns = {
        int8: Int8Array.of(-128, 127),
        uint8: Uint8Array.of(0, 255),
        int16: Int16Array.of(-(2 ** 15), 2 ** 15 - 1),
        uint16: Uint16Array.of(0, 2 ** 16 - 1),
        int32: Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
        uint32: Uint32Array.of(0, 2 ** 32 - 1),
        int64: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n),
        uint64: BigUint64Array.of(0n, 2n ** 64n - 1n),
        float32: Float32Array.of(1.5, -Infinity),
        float64: Float64Array.of(Infinity, 1e300),
        string: ['a,"b"', 'ü'],
      };
      await using sink = createSink(folder.join('types.h5'), { overwrite: true });
      const writer = new Hdf5Writer(sink);
      const described = Object.entries(columns).map(([name, values]) => [name, { values, description: name }] as const);
      writeTable(writer, '/types', Table.of(Object.fromEntries(described)));
      await writer.finish();
      for (const format of ['parquet', 'csv']) {
        const { stderr, exitCode } = await run('export', 'types.h5', '--table', '/types', '-o', `types.${format}`);
        expect(exitCode, stderr).to.equal(0);
      }
      const types = Object.fromEntries(
        parquetMetadata(parquet('types.parquet')).schema.map(({ name, converted_type: type }) => [name, type] as const),
      );
      expect(types).to.include({
        int8: 'INT_8',
        uint8: 'UINT_8',
        int16: 'INT_16',
        uint16: 'UINT_16',
        uint64: 'UINT_64',
      });
      const rows = (await parquetReadObjects({ file: parquet('types.parquet') })) as Record<string, unknown>[];
      expect(rows.map(({ int16, uint16 }) => [int16, uint16])).to.deep.equal([
        [-32768, 0],
        [32767, 65535],
      ]);
      expect(rows.map(({ int64, uint64, float32 }) => [int64, uint64, float32])).to.deep.equal([
        [columns.int64[0], 0n, 1.5],
        [columns.int64[1], columns.uint64[1], -Infinity],
      ]);
      expect(readFileSync(folder.join('types.csv'), 'utf8')).to.match(/18446744073709551615,-inf,1e\+300,ü\n$/);
    });

    it('warns of texts that are not UTF-8', async () => {
      await using sink = createSink(folder.join('utf8.h5'), { overwrite: true });
      const filters = { compression: 'blosc:zstd', level: 0, fletcher32: false } as const;
      const writer = new Hdf5Writer(sink, { filters });
      const texts = (values: string[]): ColumnInput => ({ type: 'string', values, description: 'text' });
      writeTable(writer, '/texts', Table.of({ name: texts(['J\u00e4ger', 'M\u00fcller']), other: texts(['a', 'b']) }));
      await writer.finish();
      const bytes = readFileSync(folder.join('utf8.h5'), 'latin1').replace('J\u00c3\u00a4', 'J\u00e4\u0000');
      writeFileSync(folder.join('latin1.h5'), bytes, 'latin1');
      const exported = (name: string): Promise<Outcome> =>
        run('export', name, '--table', '/texts', '-o', '-', '--chunk-rows', '1');
      expect((await exported('utf8.h5')).stderr).to.equal('');
      const { stderr, exitCode } = await exported('latin1.h5');
      expect(exitCode).to.equal(0);
      expect(stderr.match(/latin1\.h5: \/texts: column name has texts that are not UTF-8/g)).to.have.length(1);
      expect(stderr).not.to.include('column other');
    });

    it('refuses unknown tables, columns and formats', async () => {
      const refused = async (...args: readonly string[]): Promise<string> =>
        (await run('export', 'toy.h5', ...args)).stderr;
      expect(await refused('--table', '/none', '-o', 'x.csv')).to.match(/^error\[TABLE_UNKNOWN\]/);
      const misspelt = SHOWER.replace('shower', 'showers');
      expect(await refused('--table', misspelt, '-o', 'x.csv')).to.include(`did you mean "${SHOWER}"`);
      expect(await refused('--table', SHOWER, '-o', 'x.xls')).to.match(/^error\[EXPORT_FORMAT_UNKNOWN\]/);
      expect(await refused('--table', SHOWER, '-o', 'x.csv', '--columns', 'energy')).to.match(
        /^error\[TABLE_COLUMN_UNKNOWN\]/,
      );
      expect(await refused('--table', '/dl1/event/*', '-o', 'x.csv')).to.match(/^error\[TABLES_DIFFER\]/);
    });

    function parquet(name: string): ArrayBuffer {
      return Uint8Array.from(readFileSync(folder.join(name))).buffer;
    }
  });

  describe('cherenkit fileinfo', () => {
    it('prints metadata nested, flat, as JSON and as a table', async () => {
      expect((await run('fileinfo', 'toy.h5')).stdout).to.include('toy.h5:\n    CTA:\n        ACTIVITY:\n');
      expect((await run('fileinfo', 'toy.h5', '--flat')).stdout).to.include('    CTA PRODUCT DATA LEVELS: DL1_IMAGES,');
      const json = JSON.parse((await run('fileinfo', 'toy.h5', '--json')).stdout) as Record<string, { CTA: object }>;
      expect(json['toy.h5'].CTA).to.include.keys('ACTIVITY', 'PRODUCT');
      writeFileSync(folder.join('x.txt'), 'text');
      const { exitCode } = await run('fileinfo', 'toy.h5', 'toy.h5', '-o', 'files.csv');
      expect(exitCode).to.equal(2);
      const { stdout } = await run('fileinfo', 'toy.h5', 'x.txt', '-o', 'files.csv');
      expect(stdout).to.match(/^files\.csv: 2 files, 1 without metadata, \d+ columns, .*B, in \d/);
      await run('fileinfo', 'toy.h5', '-o', 'files.csv', '--overwrite');
      expect(readFileSync(folder.join('files.csv'), 'utf8')).to.match(/^CTA ACTIVITY ID,.*,PATH\n.*,toy\.h5\n$/s);
    });

    it('prints what ctapipe-fileinfo prints', async function () {
      skipWithoutCtapipeOrTestData.call(this);
      this.timeout(60_000);
      const files = ['gct_checs_muons', 'proton_north_alpha_700'].map((name) =>
        inTestData('reference', `${name}.dl2.h5`),
      );
      for (const flags of [[], ['--flat']]) {
        const code = 'from ctapipe.tools.fileinfo import main; main()';
        const expected = await ctapipePython(['-c', code, ...flags, ...files, folder.path], { cwd: folder.path });
        expect((await run('fileinfo', ...flags, ...files, folder.path)).stdout).to.equal(expected);
      }
    });
  });
});
