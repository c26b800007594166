// Benchmarks `cherenkit calculate-pixel-statistics`: CPU time and peak memory for two numbers of events, compared with ctapipe if
// $CTAPIPE_PYTHON is set.
//
// usage: npm run bench -- statistics [--events 3000] [--runs 3] [--chunk-size 500] [--aggregator SigmaClippingAggregator]
//
// The input are flat fields of one telescope with 1764 pixels, of the toy model, a fifth of the events in the first file and all in
// the second. The programs alternate; medians are printed. Requires /proc.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureProcess } from './measure-process.mjs';

const COMMAND = fileURLToPath(new URL('../packages/cherenkit/bin/cherenkit.js', import.meta.url));
const CTAPIPE = 'from ctapipe.tools.calculate_pixel_stats import main; main()';

const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    events: { type: 'string', default: '3000' },
    runs: { type: 'string', default: '3' },
    'chunk-size': { type: 'string', default: '500' },
    aggregator: { type: 'string', default: 'SigmaClippingAggregator' },
  },
});
const sizes = [Math.ceil(Number(options.events) / 5), Number(options.events)];
const configuration = {
  PixelStatisticsCalculator: {
    stats_aggregator_type: [['type', '*', options.aggregator]],
    outlier_detector_list: [
      { apply_to: 'median', name: 'MedianOutlierDetector', config: { median_range_factors: [-0.5, 0.5] } },
      { apply_to: 'std', name: 'StdOutlierDetector', config: { std_range_factors: [-5.0, 5.0] } },
    ],
  },
  SizeChunking: { chunk_size: Number(options['chunk-size']) },
};

/** Writes flat fields of the first telescope. */
function writeFlatFields(path, nEvents) {
  const source = `toymodel:?array=flashcam&calibration=${2 * nEvents}&events=1&min_telescopes=1`;
  const flags = ['-t', '1', '--write-images', '--no-write-parameters', '--EventTypeFilter.allowed_types=["FLATFIELD"]'];
  const args = [COMMAND, 'process', '-i', source, '-o', path, ...flags, '--quiet'];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`cherenkit process ended with ${status}`);
}

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-statistics-'));
try {
  const config = join(scratch, 'statistics.json');
  writeFileSync(config, JSON.stringify(configuration));
  const programs = [
    { name: 'cherenkit', file: process.execPath, args: [COMMAND, 'calculate-pixel-statistics', '--no-progress'] },
    ...(process.env.CTAPIPE_PYTHON
      ? [{ name: 'ctapipe', file: process.env.CTAPIPE_PYTHON, args: ['-c', CTAPIPE] }]
      : []),
  ];
  const cpu = programs.map(() => []);
  for (const nEvents of sizes) {
    const input = join(scratch, `flatfields_${nEvents}.dl1.h5`);
    writeFlatFields(input, nEvents);
    const measured = programs.map(() => []);
    for (let run = 0; run < Number(options.runs); run++) {
      for (const [i, { name, file, args }] of programs.entries()) {
        const output = join(scratch, `${name}.h5`);
        const flags = ['-i', input, '-o', output, '-c', config, '--overwrite', '--quiet'];
        measured[i].push(await measureProcess(file, [...args, ...flags], scratch));
      }
    }
    for (const [i, { name }] of programs.entries()) {
      const [seconds, memory] = ['cpu', 'memory'].map((key) => median(measured[i].map((run) => run[key])));
      cpu[i].push(seconds);
      console.log(
        `${name.padEnd(10)} ${nEvents} events: ${seconds.toFixed(2)} s of CPU time, peak memory ${(memory / 1e6).toFixed(0)} MB`,
      );
    }
  }
  const perEvent = cpu.map(([less, more]) => (more - less) / (sizes[1] - sizes[0]));
  for (const [i, { name }] of programs.entries()) {
    console.log(`${name.padEnd(10)} per further event: ${(1000 * perEvent[i]).toFixed(3)} ms of CPU time`);
  }
  if (programs.length > 1) {
    const [whole, further] = [cpu[1][1] / cpu[0][1], perEvent[1] / perEvent[0]];
    console.log(
      `cherenkit is ${whole.toFixed(1)} times as fast for ${sizes[1]} events, ${further.toFixed(1)} times per further event`,
    );
  } else {
    console.log('Set CTAPIPE_PYTHON to a Python with ctapipe to compare with it.');
  }
} finally {
  rmSync(scratch, { recursive: true });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
