// Runs the built tests, several files in parallel: all, or those of the given files and folders of test/. Other arguments are
// passed to mocha. With --repeat-failed, files with failed tests are run once more, one after the other: what a test measures may
// depend on the other tests that run at the same time.
//
// usage: node scripts/run-tests.mjs [test/io | test/readme.test.ts | --grep muon | --repeat-failed | ...]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'test');

/** Slowest test files, started first so that the parallel processes finish at about the same time. */
const STARTED_FIRST = [
  'fuzz/damaged-files',
  'cherenkit/process-against-ctapipe',
  'cherenkit/simulate-against-ctapipe',
  'cherenkit/memory',
];

const isPath = (argument) => !argument.startsWith('-') && resolve(argument).startsWith(sources) && existsSync(argument);
const missing = process.argv.slice(2).find((argument) => /^test\/|\.test\.ts$/.test(argument) && !existsSync(argument));
if (missing !== undefined) {
  console.error(`${missing} does not exist. Expected files or folders of test/.`);
  process.exit(2);
}
const paths = process.argv.slice(2).filter(isPath);
const repeatFailed = process.argv.includes('--repeat-failed');
const options = process.argv.slice(2).filter((argument) => !isPath(argument) && argument !== '--repeat-failed');

// Only tests that have a source: dist may contain outputs of deleted sources.
const wanted = readdirSync(sources, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && !/^(dist|plugin-example)\b/.test(file))
  .filter(
    (file) => paths.length === 0 || paths.some((path) => `${join(sources, file)}/`.startsWith(`${resolve(path)}/`)),
  )
  .map((file) => file.slice(0, -'.test.ts'.length))
  .sort((a, b) => STARTED_FIRST.includes(b) - STARTED_FIRST.includes(a) || a.localeCompare(b));
const files = wanted.map((name) => relative(process.cwd(), join(sources, 'dist', `${name}.test.js`)));
// Tests of installed packages share one installation, which is removed when their process ends.
const shareProcess = wanted.every((name) => name.startsWith('installed/'));
const parallel = files.length > 1 && !shareProcess ? ['--parallel', '--jobs', String(availableParallelism())] : [];

const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = join(root, 'scripts', 'failed-files-reporter.cjs');
const folder = mkdtempSync(join(tmpdir(), 'cherenkit-tests-'));

/** Runs test files; returns the exit status and the files with failed tests. */
function run(testFiles, ...more) {
  const list = join(folder, `failed-${readdirSync(folder).length}`);
  const { status } = spawnSync(process.execPath, [mocha, '--reporter', reporter, ...options, ...more, ...testFiles], {
    stdio: 'inherit',
    env: { ...process.env, FAILED_TEST_FILES: list },
  });
  const failed = existsSync(list) ? [...new Set(readFileSync(list, 'utf8').split('\n').filter(Boolean))] : [];
  return { status: status ?? 1, failed };
}

try {
  const { status, failed } = run(files, ...parallel);
  process.exitCode = status;
  if (repeatFailed && status !== 0 && failed.length > 0) {
    console.log(`Repeating ${failed.map((file) => relative(root, file)).join(', ')}`);
    process.exitCode = run(failed).status;
  }
} finally {
  rmSync(folder, { recursive: true });
}
