import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProductionManifest } from '@cherenkit/core';
import { TemporaryFolder } from '@cherenkit/testing';
import { differentTables } from '../support/different-tables.js';
import { COMMAND } from '../support/run-command.js';
import { seededRandom } from './random-recipe.js';

/** How the process of a shard ends before it is done: by a signal at a random time, or since its file may not grow. */
const ENDINGS = ['SIGKILL', 'SIGTERM', 'full disk'] as const;
type Ending = (typeof ENDINGS)[number];

/** Fraction of the processes that are ended, of the first submission and of later ones. */
const ENDED = [0.4, 0.2] as const;
/** Submissions after which the production has to be complete. */
const MOST_ROUNDS = 20;
/** Unit of `ulimit -f` of POSIX shells, bytes. */
const BLOCK = 512;

/** An input of {@link killShards}. */
export interface ShardedInput {
  readonly input: string;
  /** Events per shard. */
  readonly nEvents: number;
  /** Configuration of `cherenkit process`, YAML. */
  readonly configuration: string;
}

/** Result of {@link killShards}. */
export interface ShardsReport {
  readonly nShards: number;
  /** Number of processes by how they ended: `SIGKILL, no output`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of submissions. */
  readonly nRounds: number;
  /** Descriptions of what must not happen. */
  readonly faults: readonly string[];
}

/**
 * Processes the shards of productions, of which some processes are killed at random times or run out of space, and submits those
 * again that `cherenkit verify --resubmit` names, until all outputs are valid. The merged outputs have to equal those of single runs,
 * table by table and byte by byte, and nothing else may be left.
 */
export async function killShards(inputs: readonly ShardedInput[], seed: number): Promise<ShardsReport> {
  const random = seededRandom(seed, 0);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  let [nShards, nRounds] = [0, 0];
  for (const production of inputs) {
    using folder = new TemporaryFolder();
    const report = await killProduction(production, folder, random, counts);
    nShards += report.nShards;
    nRounds += report.nRounds;
    faults.push(...report.faults.map((fault) => `seed ${seed}, ${production.input}: ${fault}`));
  }
  return { nShards, counts, nRounds, faults };
}

async function killProduction(
  { input, nEvents, configuration }: ShardedInput,
  folder: TemporaryFolder,
  random: () => number,
  counts: Map<string, number>,
): Promise<Omit<ShardsReport, 'counts'>> {
  writeFileSync(folder.join('c.yaml'), configuration);
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { ending, stdout, stderr } = await outcomeOf(start(args, folder.path));
    if (ending !== '0') throw new Error(`cherenkit ${args.join(' ')} ended with ${ending}: ${stderr}`);
    return stdout;
  };
  const begun = performance.now();
  await succeed('process', '-i', input, '-c', 'c.yaml', '-o', 'single.h5');
  let duration = performance.now() - begun;
  await succeed(
    'plan',
    input,
    '-c',
    'c.yaml',
    '-o',
    'm.json',
    '--target-events',
    String(nEvents),
    '--output-dir',
    'out',
  );
  const { shards } = JSON.parse(readFileSync(folder.join('m.json'), 'utf8')) as ProductionManifest;
  const faults: string[] = [];
  let outputBytes = 2 ** 18;

  for (let round = 0; round <= MOST_ROUNDS; round++) {
    const { stdout } = await outcomeOf(start(['verify', 'm.json', '--resubmit'], folder.path));
    const numbers = numbersOf(stdout);
    if (numbers.length === 0) {
      await succeed('merge', '--manifest', 'm.json', '-o', 'merged.h5');
      const different = await differentTables(folder.join('merged.h5'), folder.join('single.h5'));
      faults.push(...different.map((path) => `${path} differs`));
      const left = readdirSync(folder.join('out')).filter(
        (file) => !shards.some(({ output }) => output === `out/${file}`),
      );
      if (left.length > 0) faults.push(`${left.join(', ')} is left`);
      return { nShards: shards.length, nRounds: round, faults };
    }
    for (const number of numbers) {
      const isEnded = random() < (round === 0 ? ENDED[0] : ENDED[1]);
      const ending = isEnded ? ENDINGS[Math.floor(random() * ENDINGS.length)] : undefined;
      const limit = ending === 'full disk' ? Math.floor((random() * outputBytes) / BLOCK) : undefined;
      const args = ['process', '--shard', `m.json#${number}`, '--if-needed', '--threads', '1'];
      const started = performance.now();
      const found = await endedRun(start(args, folder.path, limit), ending, random() * duration);
      // Shorter than the run over all events.
      if (ending === undefined) duration = performance.now() - started;
      if (ending === undefined && found !== '0') faults.push(`shard ${number} ended with ${found}`);
      const output = statSync(folder.join(shards[number]?.output ?? ''), { throwIfNoEntry: false });
      if (output) outputBytes = output.size;
      const outcome = `${ending ?? 'undisturbed'}: ${found}, ${output ? 'whole output' : 'no output'}`;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
  }
  return {
    nShards: shards.length,
    nRounds: MOST_ROUNDS,
    faults: [...faults, `not complete after ${MOST_ROUNDS} rounds`],
  };
}

/** Starts the command, on request with a limit of the size of its files in blocks. */
function start(args: readonly string[], cwd: string, fileBlocks?: number): ChildProcess {
  const command = [process.execPath, COMMAND, ...args];
  return fileBlocks === undefined
    ? spawn(command[0] ?? '', command.slice(1), { cwd })
    : spawn('sh', ['-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'sh', ...command], { cwd });
}

/** Waits for the end of a process, which is killed after a delay. @returns exit code or signal */
async function endedRun(child: ChildProcess, ending: Ending | undefined, delay: number): Promise<string> {
  const outcome = outcomeOf(child);
  if (ending === 'SIGKILL' || ending === 'SIGTERM') {
    await Promise.race([sleep(delay), outcome]);
    child.kill(ending);
  }
  return (await outcome).ending;
}

interface ProcessOutcome {
  readonly ending: string;
  readonly stdout: string;
  readonly stderr: string;
}

function outcomeOf(child: ChildProcess): Promise<ProcessOutcome> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ ending: signal ?? String(code), stdout, stderr }));
  });
}

/** The numbers of a job array of Slurm: `0-2,7`. */
function numbersOf(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [first = NaN, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}
