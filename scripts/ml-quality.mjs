// Compares models trained here with those of scikit-learn: the same simulated events, parameters and seeds. Prints the tables of
// docs/machine-learning.md, and replaces them there with --write.
//
// usage: node scripts/ml-quality.mjs DIR [--events 1000] [--write]
//
// DIR has the samples of examples/energy-and-classes for training and tests (gamma.dl2.h5, test-gamma.dl2.h5, proton.dl2.h5,
// test-proton.dl2.h5); samples that are missing are simulated with the given number of events. Requires $CTAPIPE_PYTHON, a Python with
// scikit-learn. Each of five seeds selects 80 % of the array events for training, and is that of the estimators, too. The error is that of
// the mean over the seeds: their spread, and the deviation of bootstrap samples of the test events.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { altAzToTelescope, areaUnderRoc, RandomStream, relativeErrors } from '@cherenkit/kernels';
import * as ml from '@cherenkit/plugin-ml';
import { buildComponent } from '@cherenkit/testing';
import { Table } from '@cherenkit/tables';
import { TableLoader } from 'cherenkit';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMAND = join(ROOT, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const PAGE = join(ROOT, 'docs', 'machine-learning.md');
const [BEGIN, END] = ['<!-- quality: written by scripts/ml-quality.mjs -->', '<!-- end of quality -->'];

const SAMPLES = { gamma: 1, proton: 2, 'test-gamma': 3, 'test-proton': 4 };
const SEEDS = [1, 2, 3, 4, 5];
const N_BOOTSTRAP = 100;
const FEATURES = [
  ...['intensity', 'r', 'length', 'width', 'skewness', 'kurtosis'].map((name) => `hillas_${name}`),
  ...['timing_slope', 'timing_deviation', 'leakage_intensity_width_1', 'leakage_intensity_width_2'],
  ...['leakage_pixels_width_1', 'leakage_pixels_width_2', 'concentration_cog', 'concentration_core'],
  ...[
    'morphology_n_islands',
    'morphology_n_pixels',
    'peak_time_std',
    'intensity_max',
    'intensity_mean',
    'intensity_std',
  ],
  ...['intensity_skewness', 'intensity_kurtosis', 'area', 'n_telescopes'],
  ...['HillasReconstructor_tel_impact_distance', 'HillasReconstructor_average_intensity', 'HillasReconstructor_h_max'],
];
const QUALITY = [
  'HillasReconstructor_is_valid',
  'hillas_intensity > 50',
  'hillas_width > 0',
  'morphology_n_pixels > 3',
  'leakage_intensity_width_2 < 0.5',
];

/** Estimators by what the table calls them. */
const ESTIMATORS = [
  ['histogram boosting, the default', 'HistGradientBoosting', {}],
  ['extra trees, 100, 2 rows per leaf', 'ExtraTrees', { n_estimators: 100, min_samples_leaf: 2 }],
  ['random forest, 50, 2 rows per leaf', 'RandomForest', { n_estimators: 50, min_samples_leaf: 2 }],
  ["extra trees of ctapipe's configuration: 10, depth 10", 'ExtraTrees', { n_estimators: 10, max_depth: 10 }],
];

/** What is predicted. The particle type is trained with both samples. */
const TASKS = [
  {
    name: 'energy',
    samples: ['gamma'],
    task: 'Regressor',
    target: (table) => table.numbers('true_energy', 'TeV').map(Math.log),
    metrics: {
      bias: (truth, predicted) => relativeErrors(truth.map(Math.exp), predicted.map(Math.exp)).bias,
      resolution: (truth, predicted) => relativeErrors(truth.map(Math.exp), predicted.map(Math.exp)).resolution,
    },
  },
  {
    name: 'particle type',
    samples: ['gamma', 'proton'],
    task: 'Classifier',
    target: (table) => table.numbers('true_shower_primary_id').map((id) => Number(id === 0)),
    metrics: { '1 − AUC': (truth, predicted) => 1 - areaUnderRoc(truth, predicted) },
  },
  {
    name: 'sign of disp',
    samples: ['gamma'],
    task: 'Classifier',
    target: (table) => signs(table),
    metrics: {
      'wrong signs': (truth, predicted) =>
        predicted.filter((score, i) => score >= 0.5 !== (truth[i] === 1)).length / truth.length,
    },
  },
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '1000' }, write: { type: 'boolean', default: false } },
});
const python = process.env.CTAPIPE_PYTHON;
if (positionals.length !== 1 || !python) {
  console.error('usage: CTAPIPE_PYTHON=python node scripts/ml-quality.mjs DIR [--events 1000] [--write]');
  process.exit(2);
}
const folder = resolve(positionals[0]);
mkdirSync(folder, { recursive: true });
for (const [name, seed] of Object.entries(SAMPLES)) if (!existsSync(fileOf(name))) simulate(name, seed);

const tables = new Map();
for (const name of Object.keys(SAMPLES)) tables.set(name, await read(fileOf(name)));
const types = [...tables.get('gamma').keys()];

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-ml-quality-'));
let results;
try {
  results = await compare();
} finally {
  rmSync(scratch, { recursive: true });
}
const text = describe(results);
console.log(text);
if (options.write) {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} lacks "${BEGIN}" before "${END}"`);
  writeFileSync(PAGE, `${page.slice(0, from)}${BEGIN}\n\n${text}\n\n${page.slice(to)}`);
}

function fileOf(name) {
  return join(folder, `${name}.dl2.h5`);
}

function simulate(name, seed) {
  const url = `toymodel:?array=north&particle=${name.replace('test-', '')}&events=${options.events}&seed=${seed}&view_cone_radius=2`;
  const args = ['process', '-i', url, '-o', fileOf(name), '--write-parameters', '--write-showers', '--quiet'];
  const { status } = spawnSync(process.execPath, [COMMAND, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Telescope events that meet the criteria and have all features, by telescope type. */
async function read(path) {
  const loader = await TableLoader.open(path, { pointing: true });
  const byType = await loader.readTelescopeEventsByType();
  await loader[Symbol.asyncDispose]();
  return new Map(
    [...byType].map(([type, table]) => {
      const extended = table
        .withColumn('area', 'hillas_width * hillas_length')
        .withColumn('n_telescopes', 'np.sum(HillasReconstructor_telescopes, axis=1)');
      const passing = QUALITY.reduce((rest, condition) => rest.filter(condition), extended);
      const columns = FEATURES.map((name) => passing.numbers(name));
      const isComplete = Array.from({ length: passing.nRows }, (_, row) =>
        columns.every((column) => !Number.isNaN(column[row])),
      );
      return [type, passing.filter(isComplete)];
    }),
  );
}

/** 1 where the source is on the positive side of the image axis, else 0. Source: ctapipe 0.32 `compute_true_disp`. */
function signs(table) {
  const [alt, az, trueAlt, trueAz, lon, lat, psi] = [
    ...['telescope_pointing_altitude', 'telescope_pointing_azimuth', 'true_alt', 'true_az'],
    ...['hillas_fov_lon', 'hillas_fov_lat', 'hillas_psi'],
  ].map((name) => table.numbers(name, 'rad'));
  return alt.map((_, row) => {
    const { fovLon, fovLat } = altAzToTelescope({ alt: trueAlt[row], az: trueAz[row] }, { alt: alt[row], az: az[row] });
    return Number(Math.cos(psi[row]) * (fovLon - lon[row]) + Math.sin(psi[row]) * (fovLat - lat[row]) > 0);
  });
}

function matrix(table) {
  const values = new Float32Array(table.nRows * FEATURES.length);
  FEATURES.forEach((name, feature) =>
    table.numbers(name).forEach((value, row) => (values[row * FEATURES.length + feature] = value)),
  );
  return values;
}

/** Rows of 80 % of the array events. */
function subset(table, classes, seed) {
  const random = new RandomStream(seed, 7);
  const isChosen = new Map();
  const [obsIds, eventIds] = ['obs_id', 'event_id'].map((name) => table.column(name).values);
  return Int32Array.from({ length: table.nRows }, (_, row) => row).filter((row) => {
    const key = `${classes[row]}:${obsIds[row]}:${eventIds[row]}`;
    if (!isChosen.has(key)) isChosen.set(key, random.uniform() < 0.8);
    return isChosen.get(key);
  });
}

/** Trains all estimators here and with scikit-learn, and computes the metrics of their predictions. */
async function compare() {
  const write = (name, values) => writeFileSync(join(scratch, name), new Uint8Array(values.buffer));
  const jobs = [];
  for (const [i, { samples, task, target }] of TASKS.entries()) {
    for (const [k, type] of types.entries()) {
      const stack = (prefix) =>
        Table.stack(
          samples.map((name) => tables.get(prefix + name).get(type)),
          { how: 'outer' },
        );
      const [train, test] = [stack(''), stack('test-')];
      const [x, y, testX, truth] = [matrix(train), target(train), matrix(test), target(test)];
      const place = `${i}.${k}`;
      write(`${place}.train`, x);
      write(`${place}.targets`, y);
      write(`${place}.test`, testX);
      for (const seed of SEEDS) {
        const rows = subset(train, train.numbers('true_shower_primary_id'), seed);
        write(`${place}.${seed}.chosen`, rows);
        const features = Float32Array.from({ length: rows.length * FEATURES.length }, (_, n) => {
          const row = Math.floor(n / FEATURES.length);
          return x[rows[row] * FEATURES.length + (n - row * FEATURES.length)];
        });
        const targets = Float64Array.from(rows, (row) => y[row]);
        for (const [j, [, family, parameters]] of ESTIMATORS.entries()) {
          const own = { ...parameters, random_state: seed };
          const estimator = await buildComponent(ml[family + task]);
          const { trained } = estimator.train(
            { features, nFeatures: FEATURES.length, targets },
            estimator.parametersOf('', own),
          );
          jobs.push({
            i,
            k,
            j,
            truth,
            ours: trained.predict(testX),
            className: family + task,
            parameters: own,
            nFeatures: FEATURES.length,
            train: `${place}.train`,
            test: `${place}.test`,
            targets: `${place}.targets`,
            chosen: `${place}.${seed}.chosen`,
            predictions: `${place}.${seed}.${j}.predictions`,
          });
        }
      }
    }
  }
  writeFileSync(
    join(scratch, 'tasks.json'),
    JSON.stringify(jobs, (name, value) => (['truth', 'ours'].includes(name) ? undefined : value)),
  );
  const script = join(ROOT, 'scripts', 'ml_quality.py');
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const { status } = spawnSync(python, [script, scratch], { stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
  return TASKS.flatMap(({ name, metrics }, i) =>
    Object.entries(metrics).flatMap(([metric, measure]) =>
      types.flatMap((type, k) =>
        ESTIMATORS.map(([estimator], j) => {
          const own = jobs.filter((job) => job.i === i && job.k === k && job.j === j);
          const theirs = own.map(
            ({ predictions }) => new Float64Array(readFileSync(join(scratch, predictions)).buffer),
          );
          const { truth } = own[0];
          const [here, there] = [own.map(({ ours }) => ours), theirs].map((all) => meanOf(all, truth, measure));
          return { name, metric, type, estimator, here, there };
        }),
      ),
    ),
  );
}

/** Mean of a metric over the seeds, and its error. */
function meanOf(predictions, truth, measure) {
  const values = predictions.map((each) => measure(truth, each));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = deviation(values) / Math.sqrt(values.length);
  const random = new RandomStream(1, 11);
  const samples = Array.from({ length: N_BOOTSTRAP }, () => {
    const rows = truth.map(() => Math.floor(random.uniform() * truth.length));
    return measure(
      rows.map((row) => truth[row]),
      rows.map((row) => predictions[0][row]),
    );
  });
  return { mean, error: Math.hypot(spread, deviation(samples)) };
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The tables as Markdown: a row per quantity and estimator, columns per telescope type. */
function describe(all) {
  const number = ({ mean, error }) => `${mean.toFixed(4)} ± ${error.toFixed(4)}`.replaceAll('-', '−');
  const short = types.map((type) => type.split('_')[0]);
  const nEvents = [...tables.get('gamma').values()].map((table, k) => `${table.nRows} of ${short[k]}s`).join(' and ');
  const find = (row, estimator, type) =>
    all.find(
      (each) =>
        each.name === row.name && each.metric === row.metric && each.estimator === estimator && each.type === type,
    );
  const quantities = all.filter(({ type, estimator }) => type === types[0] && estimator === ESTIMATORS[0][0]);
  const rows = quantities.flatMap((row) =>
    ESTIMATORS.map(([estimator]) => {
      const cells = types
        .map((type) => find(row, estimator, type))
        .flatMap(({ here, there }) => [here, there].map(number));
      return `| ${row.name}, ${row.metric} | ${estimator} | ${cells.join(' | ')} |`;
    }),
  );
  const differences = all.map(
    ({ here, there }) => Math.abs(here.mean - there.mean) / Math.max(here.error, there.error),
  );
  const [best, , , shipped] = ESTIMATORS.map(([name]) => name);
  const gains = quantities
    .filter(({ metric }) => metric !== 'bias')
    .map((row) => {
      const cells = types.flatMap((type) => {
        const [{ here }, { there }] = [best, shipped].map((estimator) => find(row, estimator, type));
        return [number(here), number(there), `${(100 * (there.mean / here.mean - 1)).toFixed(0)} %`.replace('-', '−')];
      });
      return `| ${row.name}, ${row.metric} | ${cells.join(' | ')} |`;
    });
  const line = (n) => `|${'---|'.repeat(n)}`;
  return [
    `Models trained here and with scikit-learn on the same toy gamma rays and protons (images of gamma rays: ${nEvents}, in five`,
    'selections of 80 % of the events), with the same parameters. Errors are those of the mean of five seeds, with the statistical error of the test events. The',
    `largest difference is ${Math.max(...differences).toFixed(1)} errors.`,
    '',
    `| | estimator | ${short.map((name) => `${name}, here | ${name}, scikit-learn`).join(' | ')} |`,
    line(2 + 2 * types.length),
    ...rows,
    '',
    'The default estimator here, and the configuration that ctapipe ships, trained with scikit-learn. All these numbers are better if they are smaller:',
    '',
    `| | ${short.map((name) => `${name}, default here | ${name}, ctapipe | larger by`).join(' | ')} |`,
    line(1 + 3 * types.length),
    ...gains,
  ].join('\n');
}
