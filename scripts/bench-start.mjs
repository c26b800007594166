// Benchmarks the start of the command: CPU time in units of `node -e 0`, and number of loaded modules.
//
// usage: npm run bench -- start [--runs 9] [--node PATH]
//
// `cherenkit process --max-events 1` processes a toy array, or a file if $CHERENKIT_TEST_DATA is set.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const COMMAND = fileURLToPath(new URL('../packages/cherenkit/bin/cherenkit.js', import.meta.url));

/** Preloaded script that appends the URL of each loaded module, except Node's own, to a file. */
const COUNTING = `
import { appendFileSync } from 'node:fs';
import Module, { register } from 'node:module';
const log = (url) => url.startsWith('node:') || appendFileSync(process.env.LOADED_MODULES, url + '\\n');
register('data:text/javascript,' + encodeURIComponent(
  "import { appendFileSync } from 'node:fs'; export function load(url, context, next) {" +
  "if (!url.startsWith('node:') && !url.startsWith('data:')) appendFileSync(process.env.LOADED_MODULES, url + '\\\\n');" +
  'return next(url, context); }'));
process.on('exit', () => Object.keys(Module._cache).filter((file) => !file.endsWith('.json')).forEach(log));
`;

/** Prints CPU time and module count of `--version`, `--help` and `process`. */
export function benchStart({ node = process.execPath, runs = 9 } = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-start-'));
  try {
    const data = process.env.CHERENKIT_TEST_DATA;
    const input = data ? join(data, 'data', 'proton_north_alpha_700.simtel.zst') : 'toymodel:';
    const starts = {
      '--version': ['--version'],
      '--help': ['--help'],
      'process --max-events 1': `process -i ${input} -o ${join(scratch, 'a.h5')} --overwrite --quiet -m 1`.split(' '),
    };
    const counter = join(scratch, 'counter.mjs');
    writeFileSync(counter, COUNTING);
    const programs = [['-e', '0'], ...Object.values(starts).map((args) => [COMMAND, ...args])];
    const seconds = programs.map(() => []);
    for (let run = 0; run < runs; run++) {
      for (const [index, args] of programs.entries()) seconds[index].push(cpuSeconds(node, args));
    }
    const [floor, ...others] = seconds.map((each) => Math.min(...each));
    console.log(`\nCPU time of a start relative to node -e 0, ${(1000 * floor).toFixed(0)} ms:`);
    for (const [index, [name, args]] of Object.entries(starts).entries()) {
      const ratio = `${(others[index] / floor).toFixed(1)} times as much`;
      const modules = loadedModules(node, counter, args, join(scratch, `modules-${index}`));
      console.log(`  cherenkit ${name.padEnd(24)} ${ratio.padStart(20)}, ${modules} modules`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function cpuSeconds(node, args) {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', script, 'bash', node, ...args], { encoding: 'utf8' });
  const [user, system] = stderr.trim().split(' ').map(Number);
  return user + system;
}

function loadedModules(node, counter, args, list) {
  spawnSync(node, ['--import', counter, COMMAND, ...args], { env: { ...process.env, LOADED_MODULES: list } });
  const files = readFileSync(list, 'utf8').trim().split('\n');
  return new Set(files.map((file) => file.replace(/^file:\/\//, '')).filter((file) => file !== counter)).size;
}

if (process.argv[2] === 'start') {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string' }, node: { type: 'string' } },
  });
  benchStart({ node: values.node, runs: values.runs && Number(values.runs) });
}
