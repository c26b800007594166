// For benchmarks of single algorithms: how long a call takes here, how long the same takes ctapipe, and both in one table.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('.', import.meta.url));

/** Seconds that one call takes: the best of some rounds, after a warm-up, so that other programs count little. */
export function secondsPerCall(call, { rounds = 5, secondsPerRound = 0.2 } = {}) {
  let count = 1;
  for (let elapsed = 0; elapsed < secondsPerRound;) {
    elapsed = timed(call, count);
    if (elapsed < secondsPerRound) count *= 2;
  }
  const perCall = Array.from({ length: rounds }, () => timed(call, count) / count);
  return Math.min(...perCall);
}

function timed(call, count) {
  const begin = performance.now();
  for (let i = 0; i < count; i++) call();
  return (performance.now() - begin) / 1000;
}

/** What a Python script beside this one prints as JSON, run with $CTAPIPE_PYTHON; undefined where that is not set. */
export function fromCtapipe(script, args) {
  const python = process.env.CTAPIPE_PYTHON;
  if (!python) return undefined;
  const { status, stdout, stderr, error } = spawnSync(python, [join(scripts, script), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}

/**
 * Prints a row per algorithm: microseconds per telescope event here and, where known, with ctapipe.
 *
 * @param ours - seconds by name
 * @param theirs - likewise; undefined without ctapipe
 */
export function printSideBySide(title, ours, theirs) {
  const width = Math.max(...Object.keys(ours).map((name) => name.length));
  console.log(`${title}\n${'µs per telescope event'.padEnd(width)}  cherenkit    ctapipe    ratio`);
  for (const [name, seconds] of Object.entries(ours)) {
    const other = theirs?.[name];
    const columns = [microseconds(seconds).padStart(9), (other ? microseconds(other) : '-').padStart(9)];
    const ratio = other ? `${(other / seconds).toFixed(1)} x` : '';
    console.log(`${name.padEnd(width)}  ${columns.join('  ')}  ${ratio.padStart(7)}`);
  }
  console.log('');
}

function microseconds(seconds) {
  return (seconds * 1e6).toFixed(seconds < 1e-5 ? 1 : 0);
}
