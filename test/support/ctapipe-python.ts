import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';
import { REPOSITORY_ROOT } from './repository-root.js';
import { TEST_DATA } from './test-data.js';

/** A Python with ctapipe 0.32.0, hence PyTables, h5py and eventio. Tests that need it are skipped if it is not set. */
export const CTAPIPE_PYTHON = process.env['CTAPIPE_PYTHON'];

/** A Python with ctapipe 0.28.0. Tests that need it are skipped if it is not set. */
export const CTAPIPE_0_28_PYTHON = process.env['CTAPIPE_0_28_PYTHON'];

/** Skips a test, or a suite if used in `before`, unless ctapipe is available. */
export function skipWithoutCtapipe(this: Mocha.Context): void {
  if (CTAPIPE_PYTHON !== undefined) return;
  console.log('      skipped: set CTAPIPE_PYTHON to a Python with ctapipe');
  this.skip();
}

/** Skips a test, or a suite if used in `before`, unless ctapipe and the test data are available. */
export function skipWithoutCtapipeOrTestData(this: Mocha.Context): void {
  if (TEST_DATA !== undefined && CTAPIPE_PYTHON !== undefined) return;
  console.log('      skipped: set CHERENKIT_TEST_DATA, and CTAPIPE_PYTHON to a Python with ctapipe');
  this.skip();
}

/** The exit status and output of a Python script. */
export interface PythonOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PythonOptions {
  /** Working directory, where ctapipe also writes its provenance log. */
  readonly cwd: string;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

let server: CtapipeServer | undefined;

/**
 * Runs a script with the Python that has ctapipe: a file, or code after `-c`, and its arguments.
 *
 * Each script runs in its own process, forked from one that has imported ctapipe (`ctapipe_server.py`).
 */
export async function runCtapipePython(args: readonly string[], options: PythonOptions): Promise<PythonOutcome> {
  if (server?.hasEnded !== false) server = new CtapipeServer(CTAPIPE_PYTHON ?? 'python3');
  return server.run({ args, env: {}, ...options });
}

/** The output of a script that must succeed. @throws Error with its output otherwise */
export async function ctapipePython(args: readonly string[], options: PythonOptions): Promise<string> {
  const { status, stdout, stderr } = await runCtapipePython(args, options);
  if (status === 0) return stdout;
  throw new Error(`${args[0]} ended with ${status}:\n${stdout}\n${stderr}`);
}

interface Waiting {
  readonly resolve: (outcome: PythonOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** The process of `ctapipe_server.py`, which exits with this one. */
class CtapipeServer {
  readonly #process: ChildProcess;
  readonly #waiting: Waiting[] = [];

  constructor(python: string) {
    const script = join(REPOSITORY_ROOT, 'test', 'support', 'ctapipe_server.py');
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.#waiting.shift()?.resolve(JSON.parse(line) as PythonOutcome));
    const fail = (error: Error): void => this.#waiting.splice(0).forEach(({ reject }) => reject(error));
    child.on('error', fail);
    child.on('exit', (code) => fail(new Error(`${script} ended with ${code}`)));
    // A request to a server that has exited is rejected by its exit event.
    child.stdin.on('error', () => undefined);
    this.#keepProcessAlive(false);
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async run(request: object): Promise<PythonOutcome> {
    this.#keepProcessAlive(true);
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.push({ resolve, reject });
        this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
      });
    } finally {
      if (this.#waiting.length === 0) this.#keepProcessAlive(false);
    }
  }

  /** Keeps Node running while there is a pending request. */
  #keepProcessAlive(isBusy: boolean): void {
    const { stdin, stdout } = this.#process as { stdin: Socket | null; stdout: Socket | null };
    for (const handle of [this.#process, stdin, stdout]) {
      if (isBusy) handle?.ref();
      else handle?.unref();
    }
  }
}
