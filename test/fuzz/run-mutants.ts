import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { runMutant, type MutantOutcome } from './mutant-run.js';
import { applyRecipe, isConfiguration, type Recipe } from './recipe.js';

/** A mutant to run: sent to the worker. */
interface MutantRequest {
  readonly recipe: Recipe;
  readonly path: string;
}

/** What a mutant did: sent by the worker. */
export interface MutantReport extends MutantOutcome {
  /** CPU time, s. */
  readonly cpu: number;
  /** Memory before the mutant and at most during its run, MB. */
  readonly memory: readonly [before: number, peak: number];
}

/** Collects garbage where more than this lies about, so that the peak is that of the mutant, MB. */
const GARBAGE = 64;

/** Size from which mutants are files, bytes. */
const LARGE = 2 ** 22;

const bases = new Map<string, Uint8Array>();
const folder = new TemporaryFolder();
let least = Infinity;

function baseOf(path: string): Uint8Array {
  const known = bases.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(path);
  bases.set(path, bytes);
  return bytes;
}

const memory = (): number => process.memoryUsage.rss() / 2 ** 20;

function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Only Linux resets it: elsewhere the peak of the process counts.
  }
}

function peak(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

/** The damaged file: its bytes or, if it is large, the path of a file with them, so that they need no memory here. */
async function makeInput({ base, damage }: Recipe, path: string): Promise<Uint8Array | string> {
  const bytes = await applyRecipe(baseOf(path), damage);
  if (bytes.length < LARGE || isConfiguration(base)) return bytes;
  writeFileSync(folder.join('mutant.simtel'), bytes);
  return folder.join('mutant.simtel');
}

async function run({ recipe, path }: MutantRequest): Promise<MutantReport> {
  const input = await makeInput(recipe, path);
  if (memory() > least + GARBAGE) global.gc?.();
  const before = memory();
  least = Math.min(least, before);
  resetPeak();
  const started = process.cpuUsage();
  const outcome = await runMutant(recipe.base, input, folder.path, recipe);
  const { user, system } = process.cpuUsage(started);
  return { ...outcome, cpu: (user + system) / 1e6, memory: [before, peak()] };
}

process.on('message', (request: MutantRequest) => {
  run(request).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      throw error;
    },
  );
});
process.on('disconnect', () => {
  folder[Symbol.dispose]();
  process.exit();
});
