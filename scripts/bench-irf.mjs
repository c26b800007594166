// Benchmarks cuts and instrument responses: CPU time and peak memory of `cherenkit optimize-event-selection` and `compute-irf`,
// compared with ctapipe's programs if $CTAPIPE_PYTHON is set.
//
// usage: npm run bench -- irf DIR [--runs 1]
//
// DIR has gamma_diffuse.dl2.h5, proton.dl2.h5 and electron.dl2.h5, such as those of `make_irf_reference.py inputs DIR --scale 43`: 0.7
// million events. The programs alternate; medians are printed. Requires /proc.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureProcess } from './measure-process.mjs';

const COMMAND = fileURLToPath(new URL('../packages/cherenkit/bin/cherenkit.js', import.meta.url));
const MODULES = { 'optimize-event-selection': 'optimize_event_selection', 'compute-irf': 'compute_irf' };

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { runs: { type: 'string', default: '1' } },
});
if (positionals.length !== 1) throw new Error('usage: npm run bench -- irf DIR [--runs 1]');
const inputs = resolve(process.env.INIT_CWD ?? '.', positionals[0]);

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-irf-'));
try {
  const config = join(scratch, 'bins.yaml');
  writeFileSync(config, 'DefaultFoVOffsetBins:\n  fov_offset_n_bins: 3\n');
  const of = (flag, kind) => [`--${flag}-file=${join(inputs, `${kind}.dl2.h5`)}`];
  const gammas = of('gamma', 'gamma_diffuse');
  const all = [...gammas, ...of('proton', 'proton'), ...of('electron', 'electron')];
  const percentile = '--EventSelectionOptimizer.optimization_algorithm=PercentileCuts';
  const responses = ['--cuts=cuts.fits', '--output=irf.fits', '--benchmark-output=benchmarks.fits'];
  const tasks = [
    ['percentile cuts', 'optimize-event-selection', [...gammas, percentile, '--output=cuts.fits']],
    ['responses and benchmarks', 'compute-irf', [...all, `--config=${config}`, ...responses]],
    ['grid of 576 cuts', 'optimize-event-selection', [...all, '--output=grid.fits']],
  ];
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  for (const [title, command, args] of tasks) {
    const programs = [['cherenkit', process.execPath, [COMMAND, command, ...args, '--overwrite', '--quiet']]];
    if (process.env.CTAPIPE_PYTHON) {
      const main = `from ctapipe.tools.${MODULES[command]} import main; main()`;
      programs.push(['ctapipe', process.env.CTAPIPE_PYTHON, ['-c', main, ...args, '--overwrite', '--quiet']]);
    }
    const measured = programs.map(() => []);
    for (let turn = 0; turn < Number(options.runs); turn++) {
      for (const [i, [, file, own]] of programs.entries()) measured[i].push(await measureProcess(file, own, scratch));
    }
    const results = programs.map(([name], i) => {
      const [cpu, memory] = ['cpu', 'memory'].map((key) => median(measured[i].map((run) => run[key])));
      return `${name} ${cpu.toFixed(1)} s of CPU time, ${(memory / 1e6).toFixed(0)} MB`;
    });
    console.log(`${title.padEnd(26)} ${results.join('; ')}`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
