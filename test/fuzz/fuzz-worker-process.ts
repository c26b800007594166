import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MutantReport } from './run-mutants.js';
import type { Corpus } from './fuzz-corpus.js';
import type { Recipe } from './recipe.js';

/** CPU time that a mutant may take, s. */
export const CPU_LIMIT = 2;
/** Memory that a mutant may take beyond the undamaged file, MB. */
export const MEMORY_LIMIT = 256;
/**
 * A worker that goes beyond this is ended: the mutant fails, and the machine is spared. CPU time in s, memory in MB, and the
 * seconds in which it does not use the processor: it waits for something that never comes.
 */
const KILL = { cpu: 10, memory: 1024, idle: 120 } as const;
const POLL_MILLISECONDS = 100;
const CLOCK_TICKS = 100;

/** Process that runs one mutant after the other. */
export class FuzzWorker {
  #child: ChildProcess | undefined;
  /** Memory of each undamaged file, MB. */
  readonly #baseMemory = new Map<string, number>();

  /**
   * @param limits - CPU time in s and memory in MB that a mutant may take
   * @param kill - limits from which the worker is ended
   */
  constructor(
    private readonly corpus: Corpus,
    private readonly limits = { cpu: CPU_LIMIT, memory: MEMORY_LIMIT },
    private readonly kill: Readonly<Record<keyof typeof KILL, number>> = KILL,
  ) {}

  /**
   * Runs a mutant; a process that it ends is replaced by a new one for the next mutant. A mutant that exceeds a limit is run once
   * more in a new process, since memory and garbage of the mutants before may be the cause.
   */
  async run(recipe: Recipe): Promise<MutantReport> {
    const report = await this.#run(recipe);
    if (report.kind !== 'fault' || !report.detail.includes('expected at most')) return report;
    this.close();
    return this.#run(recipe);
  }

  async #run(recipe: Recipe): Promise<MutantReport> {
    if (!this.#baseMemory.has(recipe.base) || this.#child === undefined) await this.#runBase(recipe.base);
    return limited(await this.#request(recipe), this.#baseMemory.get(recipe.base) ?? 0, this.limits);
  }

  close(): void {
    this.#child?.disconnect();
    this.#child = undefined;
  }

  async #runBase(base: string): Promise<void> {
    if (this.#child === undefined) this.#baseMemory.clear();
    for (const writesFile of [false, true]) {
      const { kind, detail, memory } = await this.#request({ base, damage: [], writesFile });
      if (kind !== 'tables' && !this.corpus.isRefused(base)) throw new Error(`${base}, undamaged: ${kind} ${detail}`);
      this.#baseMemory.set(base, Math.max(this.#baseMemory.get(base) ?? 0, memory[1]));
    }
  }

  #start(): ChildProcess {
    const execArgv = ['--expose-gc', '--max-old-space-size=1500'];
    return fork(fileURLToPath(new URL('run-mutants.js', import.meta.url)), {
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  }

  #request(recipe: Recipe): Promise<MutantReport> {
    const child = (this.#child ??= this.#start());
    return new Promise((resolve) => {
      let stderr = '';
      let killed = '';
      const before = usageOf(child);
      let [latestCpu, latestUse] = [before.cpu, performance.now()];
      const onError = (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000));
      const poll = setInterval(() => {
        const now = usageOf(child);
        if (now.cpu > latestCpu) [latestCpu, latestUse] = [now.cpu, performance.now()];
        const idle = (performance.now() - latestUse) / 1000;
        if (now.cpu - before.cpu > this.kill.cpu) killed = `${this.kill.cpu} s of CPU time`;
        if (now.memory > (this.#baseMemory.get(recipe.base) ?? now.memory) + this.kill.memory)
          killed = `${now.memory.toFixed(0)} MB of memory`;
        if (idle > this.kill.idle) killed = `${idle.toFixed(0)} s without using the processor`;
        if (killed !== '') child.kill('SIGKILL');
      }, POLL_MILLISECONDS);
      const finish = (report: MutantReport) => {
        clearInterval(poll);
        child.off('message', onReport).off('exit', onExit);
        child.stderr?.off('data', onError);
        resolve(report);
      };
      const onReport = (report: unknown) => finish(report as MutantReport);
      const onExit = (code: number | null, signal: string | null) => {
        this.#child = undefined;
        const detail = killed === '' ? `process ended: ${signal ?? code}\n${stderr}` : `ended after ${killed}`;
        finish({ kind: 'fault', detail, cpu: usageOf(child).cpu, memory: [0, 0] });
      };
      child.on('message', onReport).on('exit', onExit);
      child.stderr?.on('data', onError);
      child.send({ recipe, path: this.corpus.pathOf(recipe.base) });
    });
  }
}

function limited(
  report: MutantReport,
  baseMemory: number,
  limits: { readonly cpu: number; readonly memory: number },
): MutantReport {
  if (report.kind === 'fault') return report;
  const grown = report.memory[1] - baseMemory;
  const found: string[] = [];
  if (report.cpu > limits.cpu) found.push(`${report.cpu.toFixed(1)} s of CPU time, expected at most ${limits.cpu}`);
  if (grown > limits.memory)
    found.push(`${grown.toFixed(0)} MB more than undamaged, expected at most ${limits.memory}`);
  return found.length === 0
    ? report
    : { ...report, kind: 'fault', detail: `${found.join('; ')} (${report.kind} ${report.detail})` };
}

/** CPU time in seconds and memory in MB of a process; zeros without /proc. */
function usageOf({ pid }: ChildProcess): { readonly cpu: number; readonly memory: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return {
      cpu: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS,
      memory: (Number(fields[21]) * 4096) / 2 ** 20,
    };
  } catch {
    return { cpu: 0, memory: 0 };
  }
}
