import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openFile } from '@cherenkit/io';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import { writeModel, type WritableModel } from '@cherenkit/plugin-ml';
import type { Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../../support/compare-tables.js';
import { skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { randomModel } from '../../support/random-model.js';
import { cherenkit, type Outcome } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

/** Makes the ids and times of output files depend on the observation blocks only. */
const REPRODUCIBLE = { SOURCE_DATE_EPOCH: '1700000000' };

const MODELS = ['energy', 'classifier', 'disp'];
const TYPES = ['LST_LST_LSTCam', 'MST_MST_NectarCam'];

const reference = (name: string): string => inTestData('reference', 'ml', name);

/** The largest difference of two numbers of a column, as ctapipe and Cherenkit may have them. */
function expectSameNumbers(table: Table, expected: Table, name: string, tolerance: number): void {
  const [ours, theirs] = [table, expected].map((each) => each.column(name).values as ArrayLike<number>);
  expect(ours.length, name).to.equal(theirs.length);
  for (let i = 0; i < theirs.length; i++) {
    if (Number.isNaN(theirs[i])) expect(ours[i], `${name}[${i}]`).to.be.NaN;
    else {
      // The root of 1 minus the length of a mean vector, which is rounding for a single telescope.
      const least = name.endsWith('ang_distance_uncert') ? 1 : 1e-3;
      const expected = Number(theirs[i]);
      expect(Number(ours[i]), `${name}[${i}]`).to.be.closeTo(expected, tolerance * (Math.abs(expected) + least));
    }
  }
}

/** Requires all results of models in two files to be equal. @returns the number of tables */
async function expectSameResults(path: string, expectedPath: string, tolerance: number): Promise<number> {
  await using file = await Hdf5File.open(path);
  await using expectedFile = await Hdf5File.open(expectedPath);
  const paths = (await expectedFile.paths('/dl2/event')).filter((each) => !each.includes('HillasReconstructor'));
  for (const each of paths) {
    const [table, expected] = [await readTable(file, each), await readTable(expectedFile, each)];
    expect(table.names, each).to.deep.equal(expected.names);
    for (const name of expected.names) {
      expect(table.column(name).unit, name).to.equal(expected.column(name).unit);
      expect(table.column(name).type, `${each} ${name}`).to.equal(expected.column(name).type);
      expectSameNumbers(table, expected, name, tolerance);
    }
  }
  return paths.length;
}

/** The chunks of a table as they are stored. */
async function storedChunks(path: string, table: string): Promise<Buffer[]> {
  await using file = await openFile(path);
  const reader = await Hdf5Reader.open(file);
  const chunks: Buffer[] = [];
  for await (const { bytes } of (await reader.table(table)).storedChunks()) chunks.push(Buffer.from(bytes));
  return chunks;
}

describe('cherenkit apply-models', function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  const toy = folder.join('toy.dl2.h5');
  after(() => folder[Symbol.dispose]());

  const run = (...args: readonly string[]): Promise<Outcome> => cherenkit(args, folder.path, REPRODUCIBLE);
  const apply = async (output: string, models: readonly string[], ...args: readonly string[]): Promise<Outcome> => {
    const given = models.flatMap((model) => ['-r', model]);
    return await run('apply-models', '-i', toy, '-o', output, ...given, ...args);
  };
  const model = (name: string, given: WritableModel): string => {
    writeFileSync(folder.join(name), writeModel(given, '1.2.3'));
    return name;
  };
  const energy = { types: TYPES, prefix: 'Energy' };
  const names = (): { energy: string; classifier: string; disp: string } => ({
    energy: model('energy.onnx', randomModel(energy)),
    classifier: model(
      'classifier.onnx',
      randomModel({
        types: TYPES,
        reconstructor: 'ParticleClassifier',
        prefix: 'Classifier',
        features: ['Energy_energy', 'Energy_tel_energy', 'n_lsts'],
        featureUnits: new Map(),
        generatedFeatures: [['n_lsts', 'subarray.multiplicity(tels_with_trigger, "LST_LST_LSTCam")']],
        combiner: { className: 'StereoMeanCombiner', traits: { weights: 'containment-weighted-intensity' } },
      }),
    ),
    disp: model(
      'disp.onnx',
      randomModel({
        types: TYPES,
        reconstructor: 'DispReconstructor',
        prefix: 'disp',
        unit: 'deg',
        combiner: { className: 'StereoDispCombiner', traits: { weights: 'intensity', n_tel_combinations: 3 } },
      }),
    ),
  });

  before(async () => {
    const url = 'toymodel:?array=north&events=12&seed=3';
    const { exitCode, stderr } = await run('process', '-i', url, '-o', toy, '--write-parameters', '--write-showers');
    expect(exitCode, stderr).to.equal(0);
  });

  for (const particle of ['gamma', 'proton']) {
    it(`gives what ctapipe gives with the converted models: ${particle}`, async function () {
      skipWithoutTestData.call(this);
      const models = MODELS.flatMap((name) => ['-r', reference(`${name}.onnx`)]);
      const output = `${particle}.ml.dl2.h5`;
      const input = reference(`${particle}.dl2.h5`);
      const { exitCode, stderr, stdout } = await run('apply-models', '-i', input, '-o', output, ...models);
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.match(/\d+ events, 3 models/);
      expect(await expectSameResults(folder.join(output), reference(output), 1e-6)).to.equal(55);
    });
  }

  it('writes the tables and attributes of ctapipe, but for declared differences', async function () {
    skipWithoutCtapipeOrTestData.call(this);
    const models = MODELS.flatMap((name) => ['-r', reference(`${name}.onnx`)]);
    const args = ['-i', reference('gamma.dl2.h5'), '-o', 'whole.ml.dl2.h5', ...models];
    expect((await run('apply-models', ...args)).exitCode).to.equal(0);
    await expectSameTables(reference('gamma.ml.dl2.h5'), folder.join('whole.ml.dl2.h5'));
  });

  it('gives the same for events as ctapipe', async function () {
    skipWithoutTestData.call(this);
    const options = MODELS.flatMap((name, i) => {
      const reconstructor = ['EnergyRegressor', 'ParticleClassifier', 'DispReconstructor'][i];
      return ['--reconstructor', reconstructor, `--${reconstructor}.load_path=${reference(`${name}.onnx`)}`];
    });
    const args = ['-i', reference('gamma.dl2.h5'), '-o', 'events.h5', '-m', '20', '--write-showers', '--recompute-dl2'];
    const all = ['--reconstructor', 'HillasReconstructor', ...options];
    const { exitCode, stderr } = await run('process', ...args, ...all);
    expect(exitCode, stderr).to.equal(0);
    const path = reference('gamma.eventwise.dl2.h5');
    expect(await expectSameResults(folder.join('events.h5'), path, 1e-6)).to.be.above(50);
  });

  it('gives the same for events and for tables', async () => {
    const { energy: first, classifier, disp } = names();
    expect(await apply('tables.h5', [first, classifier, disp])).to.include({ exitCode: 0, stderr: '' });
    const reconstructors = { EnergyRegressor: first, ParticleClassifier: classifier, DispReconstructor: disp };
    const options = Object.entries(reconstructors).flatMap(([name, path]) => [
      '--reconstructor',
      name,
      `--${name}.load_path=${path}`,
    ]);
    const args = ['-i', toy, '-o', 'events.h5', '--write-showers', '--recompute-dl2', '--overwrite'];
    const { exitCode, stderr } = await run('process', ...args, '--reconstructor', 'HillasReconstructor', ...options);
    expect(exitCode, stderr).to.equal(0);
    const results = { energy: 'Energy', particle_type: 'Classifier', geometry: 'disp' };
    for (const [property, prefix] of Object.entries(results)) {
      const path = `/dl2/event/subarray/${property}/${prefix}`;
      const [table, events] = [
        await readTable(folder.join('tables.h5'), path),
        await readTable(folder.join('events.h5'), path),
      ];
      // The pointing in files is float32; uncertainties of energies have another definition.
      for (const name of table.names.filter((each) => !each.endsWith('energy_uncert'))) {
        expectSameNumbers(table, events, name, 1e-5);
      }
    }
  });

  it('gives the same for any size of chunks', async () => {
    const { energy: first, classifier, disp } = names();
    const outputs: Buffer[] = [];
    for (const size of ['1', '5', '10000']) {
      const { exitCode, stderr } = await apply(
        'chunks.h5',
        [first, classifier, disp],
        '--chunk-size',
        size,
        '--overwrite',
      );
      expect(exitCode, stderr).to.equal(0);
      outputs.push(readFileSync(folder.join('chunks.h5')));
    }
    for (const path of ['/dl2/event/subarray/geometry/disp', '/dl2/event/subarray/energy/Energy']) {
      const tables = await Promise.all(outputs.map((bytes) => readTable(bytes, path)));
      expect(tables[1].toJSON()).to.deep.equal(tables[0].toJSON());
      expect(tables[2].toJSON()).to.deep.equal(tables[0].toJSON());
    }
  });

  it('replaces predictions of the same name, and keeps all other tables', async () => {
    const { energy: first } = names();
    expect((await apply('once.h5', [first])).exitCode).to.equal(0);
    const again = await run('apply-models', '-i', 'once.h5', '-r', first, '-o', 'twice.h5');
    expect(again).to.include({ exitCode: 0, stderr: '' });
    await using once = await Hdf5File.open(folder.join('once.h5'));
    await using twice = await Hdf5File.open(folder.join('twice.h5'));
    expect(await twice.paths('/')).to.deep.equal(await once.paths('/'));
    const path = '/dl2/event/subarray/energy/Energy';
    expect((await readTable(twice, path)).toJSON()).to.deep.equal((await readTable(once, path)).toJSON());
  });

  const expectRefused = ({ exitCode, stderr }: Outcome, code: string, status: number, message: RegExp): void => {
    expect(stderr.replace(/\s+/g, ' ')).to.match(message);
    expect(stderr).to.include(`error[${code}]`);
    expect(exitCode).to.equal(status);
    expect(existsSync(folder.join('refused.h5'))).to.equal(false);
  };

  it('copies the chunks of other tables as they are stored, and finds damaged ones', async () => {
    const path = '/simulation/event/subarray/shower';
    const { energy: given } = names();
    const { exitCode: code, stderr: text } = await apply('copied.h5', [given]);
    expect(code, text).to.equal(0);
    const [source, copy] = [await storedChunks(toy, path), await storedChunks(folder.join('copied.h5'), path)];
    expect(source).to.have.length.above(0);
    expect(copy).to.deep.equal(source);

    const bytes = readFileSync(toy);
    const at = bytes.indexOf(source[0] ?? '');
    bytes[at + 40] ^= 0xff;
    writeFileSync(folder.join('damaged.h5'), bytes);
    const { exitCode, stderr } = await run('apply-models', '-i', 'damaged.h5', '-o', 'none.h5', '-r', given);
    expect(stderr).to.match(/HDF5_CORRUPT/);
    expect(exitCode).to.equal(65);
    expect(folder.has('none.h5')).to.equal(false);
  });

  it('names the columns that are missing', async () => {
    const { classifier } = names();
    const message =
      /classifier\.onnx needs the columns Energy_energy, Energy_tel_energy, which the input does not have/;
    expectRefused(await apply('refused.h5', [classifier]), 'FEATURE_MISSING', 2, message);
    const misspelt = model(
      'misspelt.onnx',
      randomModel({ ...energy, features: ['hillas_with'], generatedFeatures: [] }),
    );
    const hint =
      /misspelt\.onnx needs the column hillas_with, which the input does not have; did you mean "hillas_width"\?/;
    expectRefused(await apply('refused.h5', [misspelt]), 'FEATURE_MISSING', 2, hint);
  });

  it('names the telescopes without model, and leaves them out if it may', async () => {
    const only = model('lst.onnx', randomModel({ ...energy, types: ['LST_LST_LSTCam'] }));
    const message =
      /lst\.onnx has no model for telescopes of type MST_MST_NectarCam of the array .* models for LST_LST_LSTCam/;
    expectRefused(await apply('refused.h5', [only]), 'MODEL_TELESCOPE_UNKNOWN', 2, message);
    const { exitCode, stderr } = await apply('lst.h5', [only], '--skip-missing-models');
    expect([exitCode, stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 0 && message.test(text.replace(/\s+/g, ' ')),
    );
    await using file = await Hdf5File.open(folder.join('lst.h5'));
    const paths = (await file.paths('/dl2/event/telescope/energy')).map((path) => Number(path.slice(-3)));
    expect(paths.every((telId) => telId <= 4)).to.equal(true);
  });

  it('refuses models that are missing, damaged, twice, or not given', async () => {
    const { energy: first } = names();
    writeFileSync(folder.join('damaged.onnx'), readFileSync(folder.join(first)).subarray(0, 3000));
    expectRefused(await apply('refused.h5', ['damaged.onnx']), 'MODEL_CORRUPT', 65, /damaged\.onnx: .* is damaged/);
    expectRefused(await apply('refused.h5', ['no.onnx']), 'INPUT_MISSING', 66, /no\.onnx: the model does not exist/);
    mkdirSync(folder.join('models'));
    expectRefused(await apply('refused.h5', ['models']), 'INPUT_MISSING', 66, /models: it is a directory/);
    expectRefused(await run('model', 'show', '/dev/zero'), 'INPUT_MISSING', 66, /\/dev\/zero: it is no regular file/);
    expectRefused(await apply('refused.h5', [first, first]), 'RECONSTRUCTOR_TWICE', 2, /results of the same name/);
    expectRefused(await apply('refused.h5', []), 'MODEL_NOT_GIVEN', 2, /give --reconstructor FILE/);
    const wrong = ['--reconstructor', 'ParticleClassifier', `--ParticleClassifier.load_path=${first}`];
    const process = ['process', '-i', toy, '-o', 'refused.h5', '--write-showers', '--recompute-dl2'];
    expectRefused(await run(...process, ...wrong), 'MODEL_OTHER_KIND', 2, /is a model of EnergyRegressor/);
    const without = ['--reconstructor', 'EnergyRegressor'];
    expectRefused(await run(...process, ...without), 'MODEL_NOT_GIVEN', 2, /set EnergyRegressor\.load_path/);
  });

  it('names the table of telescope events that a file lacks', async function () {
    skipWithoutTestData.call(this);
    const input = inTestData('reference', 'irf', 'gamma_point.dl2.h5');
    const outcome = await run('apply-models', '-i', input, '-r', reference('energy.onnx'), '-o', 'refused.h5');
    expectRefused(outcome, 'HDF5_TABLE_MISSING', 65, /telescope\/trigger, .*Process the original data again/);
  });
});
