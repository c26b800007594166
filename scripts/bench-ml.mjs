// Benchmarks machine learning: `cherenkit apply-models` with three models, training and evaluation of trees. Compares with ctapipe and
// scikit-learn if $CTAPIPE_PYTHON is set; the programs alternate.
//
// usage: npm run bench -- ml [DIR] [--runs 3] [--rows 200000] [--only apply|train|boosting]
//
// DIR has gamma.dl2.h5 and proton.dl2.h5. Default: $CHERENKIT_TEST_DATA/reference/ml, whose configurations are used for the models that ctapipe
// trains and applies; the same models are applied here after conversion. Without ctapipe, those of the reference are applied.
// Times are CPU seconds, medians of all runs; with two threads they are seconds, the least of all runs. Requires /proc.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { determination, RandomStream } from '@cherenkit/kernels';
import * as ml from '@cherenkit/plugin-ml';
import { buildComponent } from '@cherenkit/testing';
import { measureProcess } from './measure-process.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMAND = join(ROOT, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const PYTHON_PART = join(ROOT, 'scripts', 'bench_ml.py');
const N_FEATURES = 25;
const MODELS = ['energy', 'classifier', 'disp'];
const ESTIMATORS = [
  [
    'boosting, 100 x 31 leaves',
    'HistGradientBoostingRegressor',
    { max_iter: 100, early_stopping: false, random_state: 0 },
  ],
  ['extra trees, 10, depth 10', 'ExtraTreesRegressor', { n_estimators: 10, max_depth: 10, random_state: 0 }],
  ['extra trees, 10, full', 'ExtraTreesRegressor', { n_estimators: 10, random_state: 0 }],
];

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    rows: { type: 'string', default: '200000' },
    only: { type: 'string' },
  },
});
const python = process.env.CTAPIPE_PYTHON;
const runs = Number(options.runs);
const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-ml-'));
try {
  if (options.only === undefined || options.only === 'apply') await benchApply();
  if (options.only !== 'apply') await benchTraining();
} finally {
  rmSync(scratch, { recursive: true });
}

async function benchApply() {
  const reference = join(process.env.CHERENKIT_TEST_DATA ?? '../shared', 'reference', 'ml');
  const inputs = positionals[0] ? resolve(process.env.INIT_CWD ?? '.', positionals[0]) : reference;
  const [gamma, proton] = ['gamma', 'proton'].map((name) => join(inputs, `${name}.dl2.h5`));
  const models = (suffix, folder) => MODELS.flatMap((name) => ['-r', join(folder, `${name}.${suffix}`)]);
  const common = ['-i', gamma, '-o', 'out.h5', '--overwrite', '-q'];
  const apply = [COMMAND, 'apply-models', ...common];
  const programs = [['cherenkit', process.execPath, [...apply, ...models('onnx', python ? scratch : reference)]]];
  if (python) {
    runPython(['models', reference, gamma, proton, scratch]);
    const converter = join(ROOT, 'converter', 'export_models_to_onnx.py');
    for (const name of MODELS) {
      const { status } = spawnSync(python, [converter, join(scratch, `${name}.pkl`), join(scratch, `${name}.onnx`)]);
      if (status !== 0) throw new Error(`${converter} ended with ${status}`);
    }
    const main = 'from ctapipe.tools.apply_models import main; main()';
    programs.push(['ctapipe', python, ['-c', main, ...common, ...models('pkl', scratch)]]);
  }
  const measured = programs.map(() => []);
  for (let turn = 0; turn < runs; turn++) {
    for (const [i, [, file, args]] of programs.entries()) measured[i].push(await measureProcess(file, args, scratch));
  }
  console.log(`apply-models, three models, ${gamma}`);
  const cpus = programs.map(([name], i) => {
    const [cpu, memory] = ['cpu', 'memory'].map((key) => median(measured[i].map((run) => run[key])));
    console.log(`  ${name.padEnd(12)} ${cpu.toFixed(2)} s of CPU time, ${(memory / 1e6).toFixed(0)} MB`);
    return cpu;
  });
  if (cpus.length > 1) console.log(`  ctapipe / cherenkit: ${(cpus[1] / cpus[0]).toFixed(1)}`);
}

/** Trains and applies estimators on rows of a smooth function with noise: the first half for training, the other for tests. */
async function benchTraining() {
  const nRows = Number(options.rows);
  const random = new RandomStream(1);
  const rows = Float32Array.from({ length: 2 * nRows * N_FEATURES }, () => random.normal());
  const targets = Float64Array.from({ length: 2 * nRows }, (_, row) => {
    const x = rows.subarray(row * N_FEATURES, (row + 1) * N_FEATURES);
    return x[0] + x[1] * x[2] + Math.sin(2 * x[3]) + 0.5 * x[4] ** 2 + (x[5] > 0 ? x[6] : x[7]) + 0.3 * random.normal();
  });
  writeFileSync(join(scratch, 'rows.f32'), new Uint8Array(rows.buffer));
  writeFileSync(join(scratch, 'targets.f64'), new Uint8Array(targets.buffer));
  const [train, truth] = [targets.subarray(0, nRows), targets.subarray(nRows)];
  console.log(`training and evaluation, ${nRows} rows of ${N_FEATURES} features, one core`);
  for (const [title, className, parameters] of options.only === 'boosting' ? ESTIMATORS.slice(0, 1) : ESTIMATORS) {
    const estimator = await buildComponent(ml[className]);
    const all = estimator.parametersOf('', parameters);
    const results = { cherenkit: [], 'scikit-learn': [] };
    for (let turn = 0; turn < runs; turn++) {
      const [features, test] = [rows.subarray(0, nRows * N_FEATURES), rows.subarray(nRows * N_FEATURES)];
      const [trainTime, { trained }] = timed(() =>
        estimator.train({ features, nFeatures: N_FEATURES, targets: train }, all),
      );
      const [testTime, predicted] = timed(() => trained.predict(test));
      results.cherenkit.push({ train: trainTime, rate: nRows / testTime, r2: determination(truth, predicted) });
      if (python)
        results['scikit-learn'].push(
          JSON.parse(runPython(['train', scratch, JSON.stringify([className, parameters])])),
        );
    }
    console.log(`  ${title}`);
    const times = Object.entries(results).flatMap(([name, each]) => {
      if (each.length === 0) return [];
      const [trained, rate, r2] = ['train', 'rate', 'r2'].map((key) => median(each.map((run) => run[key])));
      console.log(
        `    ${name.padEnd(13)} trained in ${trained.toFixed(2)} s, evaluates ${Math.round(rate / 1000)} 000 rows/s, R2 ${r2.toFixed(4)}`,
      );
      return [trained];
    });
    if (times.length > 1) console.log(`    cherenkit / scikit-learn: ${(times[0] / times[1]).toFixed(2)}`);
    if (className.startsWith('HistGradientBoosting')) {
      await benchTwoThreads(estimator, all, { features: rows.subarray(0, nRows * N_FEATURES), targets: train }, [
        className,
        parameters,
      ]);
    }
  }
}

/** Trains an estimator in two threads, with the time that they take to start. */
async function benchTwoThreads(estimator, parameters, { features, targets }, task) {
  const seconds = { cherenkit: [], 'scikit-learn': [] };
  const training = { estimator, parameters, rows: { features, nFeatures: N_FEATURES, targets } };
  for (let turn = 0; turn < runs; turn++) {
    const begin = performance.now();
    await ml.trainInThreads([training], 1, 2).next();
    seconds.cherenkit.push((performance.now() - begin) / 1000);
    if (!python) continue;
    const { elapsed } = JSON.parse(runPython(['train', scratch, JSON.stringify(task)], { OMP_NUM_THREADS: '2' }));
    seconds['scikit-learn'].push(elapsed);
  }
  const least = Object.entries(seconds).flatMap(([name, each]) =>
    each.length === 0 ? [] : [`${name} ${Math.min(...each).toFixed(2)} s`],
  );
  console.log(`    two threads: ${least.join(', ')}`);
}

function timed(work) {
  const begin = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(begin);
  return [(user + system) / 1e6, result];
}

function runPython(args, environment = { OMP_NUM_THREADS: '1' }) {
  const { status, stdout, stderr } = spawnSync(python, [PYTHON_PART, ...args], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${PYTHON_PART} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
