// Starts many runs of `cherenkit process` at once, whose outputs are in one folder, and checks that each output is that of a run by
// itself and that nothing else is left. Run a build first.
//
// usage: npm run fuzz:load -- [--count 200]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { differentTables } from '../test/dist/support/different-tables.js';

const command = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } });
const count = Number(values.count);
/** Runs of the same input write the same bytes. */
const N_INPUTS = 4;
const folder = mkdtempSync(join(tmpdir(), 'cherenkit-load-'));

/** Runs the command. Returns its exit code and standard error. */
function run(seed, output) {
  const args = [
    'process',
    '-i',
    `toymodel:?events=3&seed=${seed}`,
    '-o',
    output,
    '--write-showers',
    '--threads',
    '1',
    '-q',
  ];
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ending: signal ?? code, stderr }));
  });
}

const faults = [];
try {
  for (let seed = 0; seed < N_INPUTS; seed++) {
    const { ending, stderr } = await run(seed, `alone-${seed}.dl2.h5`);
    if (ending !== 0) throw new Error(`a run by itself ended with ${ending}: ${stderr}`);
  }
  const started = performance.now();
  const numbers = Array.from({ length: count }, (_, i) => i);
  const endings = await Promise.all(numbers.map((i) => run(i % N_INPUTS, nameOf(i))));
  const seconds = (performance.now() - started) / 1000;
  const expected = new Set(Array.from({ length: N_INPUTS }, (_, seed) => `alone-${seed}.dl2.h5`));
  for (const [i, { ending, stderr }] of endings.entries()) {
    expected.add(nameOf(i));
    if (ending !== 0 || stderr !== '') faults.push(`${nameOf(i)} ended with ${ending}: ${stderr}`);
    if (ending !== 0) continue;
    const different = await differentTables(join(folder, nameOf(i)), join(folder, `alone-${i % N_INPUTS}.dl2.h5`));
    if (different.length > 0) faults.push(`${nameOf(i)} differs from a run by itself: ${different.join(', ')}`);
  }
  for (const name of readdirSync(folder)) if (!expected.has(name)) faults.push(`${name} is left`);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  console.log(`${count} runs at once in ${seconds.toFixed(0)} s: ${faults.length} faults`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = faults.length === 0 ? 0 : 1;

function nameOf(i) {
  return `run-${String(i).padStart(3, '0')}.dl2.h5`;
}
