import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { areaUnderRoc, relativeErrors } from '@cherenkit/kernels';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { ModelFiles } from '@cherenkit/plugin-ml';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { runCtapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { cherenkit, type Outcome } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const TYPES = ['LST_LST_LSTCam', 'MST_MST_NectarCam'];

const FEATURES = [
  'hillas_intensity',
  'hillas_length',
  'hillas_width',
  'hillas_r',
  'timing_slope',
  'leakage_intensity_width_2',
  'concentration_cog',
  'area',
  'HillasReconstructor_tel_impact_distance',
  'HillasReconstructor_h_max',
  'n_telescopes',
];

const COMMON = {
  features: FEATURES,
  QualityQuery: {
    quality_criteria: [
      ['valid', 'HillasReconstructor_is_valid'],
      ['bright', 'hillas_intensity > 50'],
      ['wide', 'hillas_width > 0'],
    ],
  },
  FeatureGenerator: {
    features: [
      ['area', 'hillas_width * hillas_length'],
      ['n_telescopes', 'subarray.multiplicity(HillasReconstructor_telescopes)'],
    ],
  },
};

const EXTRA_TREES = { n_estimators: 10, min_samples_leaf: 2, random_state: 1 };
const BOOSTING = { max_iter: 20, random_state: 1 };

const CONFIGURATION = {
  EnergyRegressor: { ...COMMON, model_cls: 'ExtraTreesRegressor', model_config: EXTRA_TREES, log_target: true },
  ParticleClassifier: { ...COMMON, model_cls: 'RandomForestClassifier', model_config: EXTRA_TREES },
  DispReconstructor: {
    ...COMMON,
    norm_cls: 'HistGradientBoostingRegressor',
    norm_config: BOOSTING,
    sign_cls: 'HistGradientBoostingClassifier',
    sign_config: BOOSTING,
    stereo_combiner_cls: 'StereoDispCombiner',
  },
  CrossValidator: { n_cross_validations: 3 },
};

/** Metrics in the description of a model. */
class JsonBins {
  readonly #types: readonly Record<string, never>[];

  constructor(json: object) {
    this.#types = (json as { readonly telescope_types: readonly Record<string, never>[] }).telescope_types;
  }

  ofType(i: number): readonly Record<string, unknown>[] {
    return this.#types[i]['cross_validation_by_energy'];
  }

  metrics(i: number): Record<string, { readonly mean: number }> {
    return this.#types[i]['cross_validation'];
  }
}

/** Evaluates all models of a file with onnxruntime, on rows of a JSON file, after checking the file. */
const RUNTIME = `
import json, sys, numpy as np, onnx, onnxruntime
path, rows = sys.argv[1:]
onnx.checker.check_model(onnx.load(path), full_check=True)
session = onnxruntime.InferenceSession(path)
X = np.array(json.load(open(rows)), np.float32)
result = {}
for entry, output in zip(session.get_inputs(), session.get_outputs()):
    feed = {i.name: X if i.name == entry.name else X[:0] for i in session.get_inputs()}
    result[entry.name] = session.run([output.name], feed)[0].ravel().tolist()
print(json.dumps(result))`;

describe('cherenkit train', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const run = (...args: readonly string[]): Promise<Outcome> => cherenkit(args, folder.path);
  const succeed = async (...args: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode, stderr).to.equal(0);
  };

  before(async () => {
    writeFileSync(folder.join('train.json'), JSON.stringify(CONFIGURATION));
    for (const [particle, seed] of [
      ['gamma', 5],
      ['proton', 6],
    ] as const) {
      const url = `toymodel:?array=north&events=100&seed=${seed}&particle=${particle}`;
      await succeed('process', '-i', url, '-o', `${particle}.h5`, '--write-parameters', '--write-showers', '-q');
    }
    await succeed(
      'train',
      'energy',
      '-i',
      'gamma.h5',
      '-c',
      'train.json',
      '-o',
      'energy.onnx',
      '--cv-output',
      'energy.cv.h5',
    );
    const particle = ['--signal', 'gamma.h5', '--background', 'proton.h5', '-c', 'train.json', '-o', 'particle.onnx'];
    await succeed('train', 'particle', ...particle, '--cv-output', 'particle.cv.h5');
    await succeed(
      'train',
      'disp',
      '-i',
      'gamma.h5',
      '-c',
      'train.json',
      '-o',
      'disp.onnx',
      '--cv-output',
      'disp.cv.h5',
    );
  });

  it('gives models that predict showers', async () => {
    const models = ['energy', 'particle', 'disp'].flatMap((name) => ['-r', `${name}.onnx`]);
    await succeed('apply-models', '-i', 'gamma.h5', '-o', 'gamma.ml.h5', ...models);
    const file = folder.join('gamma.ml.h5');
    const showers = await readTable(file, '/simulation/event/subarray/shower');
    const energies = (await readTable(file, '/dl2/event/subarray/energy/ExtraTreesRegressor')).join(showers, [
      'obs_id',
      'event_id',
    ]);
    const valid = energies.filter('ExtraTreesRegressor_is_valid');
    expect(valid.nRows).to.be.above(80);
    const { resolution } = relativeErrors(valid.numbers('true_energy'), valid.numbers('ExtraTreesRegressor_energy'));
    expect(resolution).to.be.below(0.3); // of the events of which they were trained
    const directions = await readTable(file, '/dl2/event/subarray/geometry/disp');
    expect(directions.filter('disp_is_valid').nRows).to.equal(valid.nRows);
  });

  it('keeps the telescopes of an event in one fold, and predicts each event once', async () => {
    for (const name of ['energy', 'particle', 'disp']) {
      await using file = await Hdf5File.open(folder.join(`${name}.cv.h5`));
      const paths = await file.paths('/cv_predictions');
      expect(paths).to.have.members(TYPES.map((type) => `/cv_predictions/${type}`));
      for (const path of paths) {
        const table = await readTable(file, path);
        const foldOf = new Map<string, number>();
        const rows = new Set<string>();
        for (const { truth, obs_id: obsId, event_id: eventId, tel_id: telId, cv_fold: fold } of table.toJSON()) {
          const event = `${name === 'particle' ? String(truth) : ''}:${String(obsId)}:${String(eventId)}`;
          expect(foldOf.get(event) ?? fold).to.equal(fold);
          foldOf.set(event, Number(fold));
          rows.add(`${event}:${String(telId)}`);
        }
        expect(rows.size).to.equal(table.nRows);
        expect(new Set(table.numbers('cv_fold')).size).to.equal(3);
      }
    }
    const scores = await readTable(folder.join('particle.cv.h5'), `/cv_predictions/${TYPES[1]}`);
    expect(areaUnderRoc(scores.numbers('truth'), scores.numbers('RandomForestClassifier_prediction'))).to.be.above(0.6);
  });

  it('judges predictions per energy bin, and those of array events', async () => {
    for (const [name, metrics] of [
      ['energy', ['bias', 'resolution']],
      ['particle', ['ROC AUC']],
      ['disp', ['accuracy', 'angular resolution']],
    ] as const) {
      const { json } = new ModelFiles().read(folder.join(`${name}.onnx`)).description;
      expect(json).to.have.nested.property('telescope_types[0].cross_validation').that.includes.keys(metrics);
      const bins = new JsonBins(json).ofType(0);
      expect(bins.length).to.be.above(2);
      const table = await readTable(folder.join(`${name}.cv.h5`), `/cv_predictions/${TYPES[0]}`);
      for (const { n_events: nEvents, true_energy_range_tev: range, ...values } of bins) {
        const [from, to] = range as readonly [number, number];
        expect(to / from).to.be.closeTo(10 ** 0.2, 1e-9);
        expect(nEvents).to.equal(table.filter(`true_energy >= ${from} and true_energy < ${to}`).nRows);
        expect(values).to.have.all.keys(metrics);
      }
    }
    const { json } = new ModelFiles().read(folder.join('disp.onnx')).description;
    const { json: energies } = new ModelFiles().read(folder.join('energy.onnx')).description;
    const ofArray = (description: object, metric: string): number =>
      (description as Record<string, { metrics: Record<string, number> }>)['array_cross_validation'].metrics[metric];
    // Several telescopes together are better than one.
    const { mean } = new JsonBins(energies).metrics(1)['resolution'];
    expect(ofArray(energies, 'resolution')).to.be.below(mean);
    expect(ofArray(json, 'angular resolution')).to.be.below(new JsonBins(json).metrics(1)['angular resolution'].mean);
    const { stdout } = await run('model', 'show', 'disp.onnx');
    expect(stdout).to.match(/^ {2}MST_MST_NectarCam: .*accuracy 0\.\d+ ± 0\.\d+, angular resolution 0\.\d+ ±/m);
    expect(stdout).to.match(/^ {2}array events: angular resolution 0\.\d+$/m);
  });

  it('refuses existing outputs before it trains', async () => {
    for (const flag of ['--cv-output', '--report-page']) {
      const { exitCode, stderr } = await run(
        ...['train', 'energy', '-i', 'gamma.h5', '-c', 'train.json', '-o', 'new.onnx', flag, 'energy.cv.h5'],
      );
      expect(stderr).to.match(/^error\[OUTPUT_EXISTS\]: .*energy\.cv\.h5/);
      expect(exitCode).to.equal(2);
      expect(folder.has('new.onnx')).to.equal(false);
    }
  });

  it('gives the same bytes for any number of threads', async () => {
    const args = ['train', 'energy', '-i', 'gamma.h5', '-c', 'train.json', '--overwrite', '-o'];
    for (const [threads, ofWorkers] of [
      ['1', /Worker threads trained, or helped to train, 0 of \d+ estimators/],
      ['3', /Worker threads trained, or helped to train, [1-9]\d* of \d+ estimators/],
    ] as const) {
      const { stderr } = await run(...args, 'threads.onnx', '--n-jobs', threads, '--log-level', 'DEBUG');
      expect(stderr).to.match(ofWorkers);
      expect(readFileSync(folder.join('threads.onnx')).equals(readFileSync(folder.join('energy.onnx')))).to.equal(true);
    }
  });

  it('trains fewer models than there are threads', async () => {
    const args = ['train', 'disp', '-i', 'gamma.h5', '-c', 'train.json', '--folds', '0', '--overwrite', '-o'];
    await succeed(...args, 'one.onnx', '--n-jobs', '1');
    for (const threads of ['4', '8']) {
      await succeed(...args, 'many.onnx', '--n-jobs', threads);
      expect(readFileSync(folder.join('many.onnx')).equals(readFileSync(folder.join('one.onnx')))).to.equal(true);
    }
  });

  it('gives the same bytes again, also for other sizes of chunks', async () => {
    await succeed('train', 'energy', '-i', 'gamma.h5', '-c', 'train.json', '-o', 'again.onnx', '--chunk-size', '7');
    expect(readFileSync(folder.join('again.onnx')).equals(readFileSync(folder.join('energy.onnx')))).to.equal(true);
  });

  it('warns of events unlike those of the training', async () => {
    const options = ['-c', 'train.json', '-o', 'narrow.onnx', '--folds', '0', '--n-events', '20'];
    await succeed('train', 'energy', '-i', 'gamma.h5', ...options);
    const apply = ['apply-models', '-i', 'gamma.h5', '-o', 'ranges.h5', '--overwrite', '-r'];
    const { stderr } = await run(...apply, 'narrow.onnx');
    expect(stderr).to.match(/narrow\.onnx: features are outside of the ranges .* hillas_\w+ \(\d+\.\d %\)/);
    expect((await run(...apply, 'energy.onnx')).stderr).to.equal('');
  });

  it('uses the allowed telescopes only', async () => {
    const options = ['-c', 'train.json', '-o', 'some.onnx', '--cv-output', 'some.cv.h5'];
    await succeed('train', 'energy', '-i', 'gamma.h5', ...options, '--EventSource.allowed_tels', '[2, 7, 9]');
    const { json } = new ModelFiles().read(folder.join('some.onnx')).description;
    expect(json).to.have.nested.property('array_cross_validation.n_events').above(10);
    const telIds = await Promise.all(
      TYPES.map(async (type) =>
        (await readTable(folder.join('some.cv.h5'), `/cv_predictions/${type}`)).numbers('tel_id'),
      ),
    );
    expect(telIds.map((ids) => [...new Set(ids)].sort())).to.deep.equal([[2], [7, 9]]);
  });

  it('takes the signal of the configuration, and warns of particles that are not of the signal', async () => {
    const files = { input_url_signal: 'gamma.h5', input_url_background: 'proton.h5', output_path: 'configured.onnx' };
    writeFileSync(folder.join('files.json'), JSON.stringify({ TrainParticleClassifier: files }));
    const options = ['-c', 'train.json', '-c', 'files.json', '--folds', '0'];
    const { stderr } = await run('train', 'particle', ...options);
    expect(stderr).to.equal('');
    expect(folder.has('configured.onnx')).to.equal(true);
    // The command line takes precedence.
    const other = ['--signal', 'proton.h5', '--background', 'gamma.h5', '--overwrite'];
    const { exitCode, stderr: warnings } = await run('train', 'particle', ...options, ...other);
    expect(exitCode, warnings).to.equal(0);
    expect(warnings).to.match(
      /proton\.h5: \d+ telescope events of the signal have the particle id 101, and count as background, since ParticleClassifier\.positive_class is 0/,
    );
    expect(warnings).to.match(
      /gamma\.h5: \d+ telescope events of the background have the particle id 0, and count as signal/,
    );
  });

  it('stores how a model was trained', async () => {
    const { json } = new ModelFiles().read(folder.join('disp.onnx')).description;
    expect(json).to.have.nested.property('training.inputs[0].name', 'gamma.h5');
    expect(json).to.have.nested.property('training.project_disp', false);
    expect(json).to.have.nested.property('stereo_combiner.n_tel_combinations', 2);
    expect(json).to.have.nested.property('telescope_types[0].roles.norm.parameters.learning_rate', 0.1);
    expect(json).to.have.nested.property('telescope_types[0].cross_validation.accuracy.mean').within(0.5, 1);
    expect(json).to.have.nested.property('feature_units.hillas_width', 'deg');
    const { stdout } = await run('model', 'show', 'disp.onnx');
    expect(stdout).to.match(/^disp\.onnx: DispReconstructor, results disp$/m);
    expect(stdout).to.match(/LST_LST_LSTCam, sign: HistGradientBoostingClassifier \(.*max_iter 20.*\), \d+ trees/);
    const { stdout: shown } = await run('model', 'show', 'disp.onnx', '--json');
    expect(JSON.parse(shown)).to.have.nested.property('disp\\.onnx.format', 1);
  });

  it('reads the first array events of the input only', async () => {
    const options = ['-c', 'train.json', '--folds', '0', '--overwrite'];
    const nEvents = async (...more: string[]): Promise<number> => {
      await succeed('train', 'energy', '-i', 'gamma.h5', '-o', 'first.onnx', ...options, ...more);
      const { json } = new ModelFiles().read(folder.join('first.onnx')).description;
      const { telescope_types: types } = json as { readonly telescope_types: readonly { readonly n_events: number }[] };
      return types.reduce((sum, { n_events: count }) => sum + count, 0);
    };
    const [all, first] = [await nEvents(), await nEvents('--max-events', '40')];
    expect(first).to.be.within(1, all - 1);
    expect(await nEvents('-m', '40', '--chunk-size', '7')).to.equal(first);
    expect(await nEvents('-m', '1000000')).to.equal(all);
  });

  it('samples events, and weighs them', async () => {
    const options = ['-c', 'train.json', '-o', 'sampled.onnx', '--overwrite', '--folds', '0'];
    const rules = `[["type", "*", 40], ["type", "MST*", 50]]`;
    await succeed('train', 'energy', '-i', 'gamma.h5', ...options, '--n-events', rules);
    const { json } = new ModelFiles().read(folder.join('sampled.onnx')).description;
    expect(json).to.have.nested.property('telescope_types[0].n_events', 40);
    expect(json).to.have.nested.property('telescope_types[1].n_events', 50);
    const sampled = readFileSync(folder.join('sampled.onnx'));
    const weights = ['--n-events', rules, '--event-weights', 'true_energy**-1'];
    await succeed('train', 'energy', '-i', 'gamma.h5', ...options, ...weights);
    expect(readFileSync(folder.join('sampled.onnx')).equals(sampled)).to.equal(false);
  });

  it('gives models that onnxruntime evaluates to the same', async function () {
    skipWithoutCtapipe.call(this);
    const rows = Array.from({ length: 100 }, (_, row) =>
      FEATURES.map((__, i) => Math.fround(((row * (i + 3)) % 17) / (i + 1))),
    );
    writeFileSync(folder.join('rows.json'), JSON.stringify(rows));
    for (const name of ['energy', 'particle', 'disp']) {
      const path = folder.join(`${name}.onnx`);
      const { stdout, stderr } = await runCtapipePython(['-c', RUNTIME, path, folder.join('rows.json')], {
        cwd: folder.path,
      });
      if (/No module named '?onnx/.test(stderr)) this.skip();
      const outputs = JSON.parse(stdout) as Record<string, number[]>;
      const { description, estimators } = new ModelFiles().read(path);
      for (const { type, roles } of description.telescopeTypes) {
        for (const [role, { input }] of roles) {
          const predicted = estimators.get(type)?.get(role)?.predict(Float32Array.from(rows.flat()));
          predicted?.forEach((value, row) =>
            expect(outputs[input][row]).to.be.closeTo(value, 1e-6 * (1 + Math.abs(value))),
          );
        }
      }
    }
  });

  it('reads the configurations and events of ctapipe', async function () {
    skipWithoutTestData.call(this);
    const path = (name: string): string => inTestData('reference', 'ml', name);
    const files = [
      '-i',
      path('gamma.dl2.h5'),
      '-c',
      path('energy.yaml'),
      '-o',
      'theirs.onnx',
      '--cv-output',
      'theirs.cv.h5',
    ];
    await succeed('train', 'energy', ...files);
    for (const type of TYPES) {
      const [ours, theirs] = [folder.join('theirs.cv.h5'), path('energy.cv.h5')];
      const [mine, reference] = await Promise.all(
        [ours, theirs].map((file) => readTable(file, `/cv_predictions/${type}`)),
      );
      // The same events, in other folds.
      const sorted = (values: Float64Array): Float64Array => values.slice().sort();
      expect(sorted(mine.numbers('truth'))).to.deep.equal(sorted(reference.numbers('truth')));
    }
  });

  const refuses = async (
    changes: object,
    code: string,
    exitCode: number,
    message: RegExp,
    ...more: readonly string[]
  ) => {
    writeFileSync(folder.join('wrong.json'), JSON.stringify(changes));
    const outcome = await run(
      'train',
      'energy',
      '-i',
      'gamma.h5',
      '-c',
      'train.json',
      '-c',
      'wrong.json',
      '-o',
      'no.onnx',
      ...more,
    );
    expect(outcome.stderr.replace(/\s+/g, ' ')).to.match(message);
    expect(outcome.stderr).to.include(`error[${code}]`);
    expect(outcome.exitCode).to.equal(exitCode);
    expect(existsSync(folder.join('no.onnx'))).to.equal(false);
  };

  it('refuses unknown estimators, parameters and values, and lists those that there are', async () => {
    const parameters = (config: object) => ({ EnergyRegressor: { model_config: config } });
    const unknown =
      /EnergyRegressor\.model_config: ExtraTreesRegressor has no parameter n_tree; its parameters are n_estimators, max_depth/;
    await refuses(parameters({ n_tree: 3 }), 'ESTIMATOR_PARAMETER_INVALID', 2, unknown);
    const value = /EnergyRegressor\.model_config\.max_depth: expected an integer of at least 1, or null, found "deep"/;
    await refuses(parameters({ max_depth: 'deep' }), 'ESTIMATOR_PARAMETER_INVALID', 2, value);
    const task = /model_cls is ExtraTreesClassifier, an estimator for classification; expected one for regression/;
    await refuses(
      { EnergyRegressor: { model_cls: 'ExtraTreesClassifier', model_config: {} } },
      'ESTIMATOR_UNSUITABLE',
      2,
      task,
    );
    await refuses({ EnergyRegressor: { model_cls: 'MLPRegressor' } }, 'CONFIGURATION_INVALID', 2, /MLPRegressor/);
    await refuses(
      { EnergyRegressor: { model_cls: null } },
      'ESTIMATOR_NOT_GIVEN',
      2,
      /EnergyRegressor\.model_cls is not set/,
    );
    await refuses({ CrossValidator: { n_cross_validations: 1 } }, 'FOLDS_INVALID', 2, /n_cross_validations is 1/);
  });

  it('refuses missing features, too few events and a single class', async () => {
    const missing =
      /gamma\.h5: EnergyRegressor needs the column hillas_with, which the file does not have; did you mean "hillas_width"\?/;
    await refuses({ EnergyRegressor: { features: ['hillas_with'] } }, 'FEATURE_MISSING', 2, missing);
    await refuses({ EnergyRegressor: { features: [] } }, 'FEATURE_MISSING', 2, /EnergyRegressor\.features is empty/);
    const none = { EnergyRegressor: { QualityQuery: { quality_criteria: [['none', 'hillas_intensity < 0']] } } };
    await refuses(
      none,
      'TOO_FEW_EVENTS',
      65,
      /gamma\.h5: no telescope event of type LST_LST_LSTCam meets the quality criteria/,
    );
    await refuses({}, 'TOO_FEW_EVENTS', 65, /LST_LST_LSTCam: 2 telescope events for 3 folds/, '--n-events', '2');
    const weight = /gamma\.h5: the event weight 0 - true_energy is -.*expected at least 0/;
    await refuses({}, 'EVENT_WEIGHT_NEGATIVE', 2, weight, '--event-weights', '0 - true_energy');
    const noSignal = await run('train', 'particle', '--background', 'proton.h5', '-c', 'train.json', '-o', 'no.onnx');
    expect(noSignal.stderr).to.match(
      /No input: give --signal FILE, or set TrainParticleClassifier\.input_url_signal\./,
    );
    const one = ['--signal', 'gamma.h5', '--background', 'gamma.h5', '-c', 'train.json', '-o', 'no.onnx'];
    const { exitCode, stderr } = await run('train', 'particle', ...one);
    expect([exitCode, stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 65 && /are of one class/.test(text),
    );
  });
});
