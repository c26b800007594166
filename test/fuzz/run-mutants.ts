import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { runMutant, type MutantOutcome } from './mutant-run.js';
import { applyRecipe, decompressedBytes, isConfiguration, type Recipe } from './recipe.js';

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

/** Garbage is collected if there is more than this, MB. */
const GARBAGE = 64;

/** Size from which mutants are files, bytes. */
const LARGE = 2 ** 22;

const bases = new Map<string, Uint8Array>();
const folder = new TemporaryFolder();
/** Memory after the latest collection of garbage, MB. */
let retained = memory();

function baseOf(path: string): Uint8Array {
  const known = bases.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(path);
  bases.set(path, bytes);
  return bytes;
}

/** The content of a file, which is decompressed once and then kept as a file, since decompression takes most of the time. */
async function decompressedBase(path: string): Promise<Uint8Array> {
  const kept = folder.join(`${basename(path)}.content`);
  if (!existsSync(kept)) writeFileSync(kept, await decompressedBytes(baseOf(path)));
  return readFileSync(kept);
}

function memory(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

/** Frees the memory of the mutants before, so that the peak is that of this one. Array buffers are freed by other threads. */
async function collectGarbage(): Promise<void> {
  if (memory() <= retained + GARBAGE) return;
  for (let i = 0; i < 3 && memory() > retained + GARBAGE; i++) {
    global.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10 * i));
  }
  retained = memory();
}

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
  const bytes = await applyRecipe(baseOf(path), damage, () => decompressedBase(path));
  if (bytes.length < LARGE || isConfiguration(base)) return bytes;
  writeFileSync(folder.join('mutant.simtel'), bytes);
  return folder.join('mutant.simtel');
}

async function run({ recipe, path }: MutantRequest): Promise<MutantReport> {
  const input = await makeInput(recipe, path);
  await collectGarbage();
  const before = memory();
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
