import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TemporaryFolder } from '@cherenkit/testing';
import { COMMAND } from '../support/run-command.js';
import { seededRandom } from './random-recipe.js';

/** Signals that end a run, and whether the run removes its unfinished file itself. */
const SIGNALS: readonly { readonly signal: NodeJS.Signals; readonly cleansUp: boolean }[] = [
  { signal: 'SIGKILL', cleansUp: false },
  { signal: 'SIGTERM', cleansUp: true },
  { signal: 'SIGINT', cleansUp: true },
  { signal: 'SIGHUP', cleansUp: false },
  { signal: 'SIGQUIT', cleansUp: false },
];
/** Kills between two undisturbed runs, which must remove what the killed ones have left. */
const KILLS_PER_CHECK = 10;
const OUTPUT = 'events.h5';
const OLD = Buffer.from('output of an earlier run');

/** Result of {@link killRuns}. */
export interface KillReport {
  /** Number of kills by signal and outcome: `SIGTERM, no output`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Descriptions of what must not happen. */
  readonly faults: readonly string[];
}

/**
 * Starts `cherenkit process` and ends it with signals at random times, three times of four while it writes.
 *
 * After each kill the output has to be absent or as before, or complete with all its bytes; after the next undisturbed run
 * nothing but input and output may be there.
 *
 * @param input - file to process
 * @param onKill - called after each kill
 */
export async function killRuns(
  input: string,
  {
    count,
    seed,
    onKill = () => undefined,
  }: { count: number; seed: number; onKill?: (done: number, faults: number) => void },
): Promise<KillReport> {
  const random = seededRandom(seed, 0);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  using folder = new TemporaryFolder();
  const name = basename(input);
  copyFileSync(input, folder.join(name));
  const output = folder.join(OUTPUT);
  const start = (): ChildProcess =>
    spawn(process.execPath, [COMMAND, 'process', '-i', name, '-o', OUTPUT, '--overwrite', '--write-images'], {
      cwd: folder.path,
      // With a fixed time of creation, equal runs write equal bytes.
      env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' },
      stdio: 'ignore',
    });
  const leftovers = (): string[] => readdirSync(folder.path).filter((entry) => entry !== name && entry !== OUTPUT);

  const first = start();
  let firstFile = 0;
  const begun = performance.now();
  const watch = setInterval(() => {
    if (firstFile === 0 && leftovers().length > 0) firstFile = performance.now() - begun;
  }, 2);
  await exitOf(first);
  clearInterval(watch);
  let duration = performance.now() - begun;
  const whole = readFileSync(output);

  for (let i = 0; i < count;) {
    const { signal, cleansUp } = SIGNALS[Math.floor(random() * SIGNALS.length)];
    const hadOutput = random() < 0.5;
    if (hadOutput) writeFileSync(output, OLD);
    else rmSync(output, { force: true });
    const before = new Set(leftovers());
    const whileWriting = random() < 0.75;
    const delay = random() * (whileWriting ? duration - firstFile : duration);

    const child = start();
    const exit = exitOf(child);
    while (whileWriting && child.exitCode === null && leftovers().every((entry) => before.has(entry))) await sleep(2);
    await Promise.race([sleep(delay), exit]);
    const isKilled = child.kill(signal);
    const ending = await exit;
    if (!isKilled && ending === '0') continue; // it had ended before
    i++;

    const found = existsSync(output) ? readFileSync(output) : undefined;
    const isWhole = found !== undefined && whole.equals(found);
    const isUntouched = hadOutput ? found !== undefined && OLD.equals(found) : found === undefined;
    const place = `seed ${seed}, kill ${i}: ${signal}, ended with ${ending}`;
    if (!isWhole && !isUntouched) faults.push(`${place}: the output has ${found?.length} of ${whole.length} bytes`);
    if (ending === '0' && !isWhole) faults.push(`${place}: success without output`);
    if (!isKilled) faults.push(`${place}: not because of the signal`);
    if (/^\d/.test(ending) && ending !== '0' && isWhole) faults.push(`${place}: failure with output`);
    const left = leftovers().filter((entry) => !before.has(entry));
    if (cleansUp && ending !== signal && left.length > 0) faults.push(`${place}: ${left.join(', ')} is left`);
    const outcome = `${signal}, ${isWhole ? 'whole output' : 'no output'}${left.length > 0 ? ', unfinished file' : ''}`;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    onKill(i, faults.length);

    if (i % KILLS_PER_CHECK !== 0 && i < count) continue;
    const again = performance.now();
    const status = await exitOf(start());
    duration = Math.max(duration / 2, performance.now() - again);
    if (status !== '0' || !whole.equals(readFileSync(output)))
      faults.push(`${place}: the next run ended with ${status}`);
    if (leftovers().length > 0) {
      faults.push(`${place}: the next run left ${leftovers().join(', ')}`);
      for (const entry of leftovers()) rmSync(folder.join(entry));
    }
  }
  return { counts, faults };
}

/** Exit code or signal of a process that ends. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
  });
}
