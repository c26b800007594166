// Runs the tests as they were built last, several files at a time: all, or those of the given files and folders of test/.
// All other arguments go to mocha.
//
// usage: node scripts/run-tests.mjs [test/io | test/readme.test.ts | --grep muon | ...]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'test');

/** These take longest. Begun last, they would keep one core busy while the others have nothing left to do. */
const BEGUN_FIRST = ['cherenkit/process-against-ctapipe', 'cherenkit/simulate-against-ctapipe', 'cherenkit/memory'];

const isPath = (argument) => !argument.startsWith('-') && resolve(argument).startsWith(sources) && existsSync(argument);
const missing = process.argv.slice(2).find((argument) => /^test\/|\.test\.ts$/.test(argument) && !existsSync(argument));
if (missing !== undefined) {
  console.error(`There is no ${missing}.`);
  process.exit(2);
}
const paths = process.argv.slice(2).filter(isPath);
const options = process.argv.slice(2).filter((argument) => !isPath(argument));

// Those that have a source: what was compiled from one that is gone stays in dist.
const wanted = readdirSync(sources, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && !/^(dist|plugin-example)\b/.test(file))
  .filter(
    (file) => paths.length === 0 || paths.some((path) => `${join(sources, file)}/`.startsWith(`${resolve(path)}/`)),
  )
  .map((file) => file.slice(0, -'.test.ts'.length))
  .sort((a, b) => BEGUN_FIRST.includes(b) - BEGUN_FIRST.includes(a) || a.localeCompare(b));
const files = wanted.map((name) => relative(process.cwd(), join(sources, 'dist', `${name}.test.js`)));
// Tests of installed packages share one installation, which lasts as long as their process.
const shareProcess = wanted.every((name) => name.startsWith('installed/'));
if (files.length > 1 && !shareProcess) options.push('--parallel', '--jobs', String(availableParallelism()));

const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const { status } = spawnSync(process.execPath, [mocha, ...options, ...files], { stdio: 'inherit' });
process.exitCode = status ?? 1;
