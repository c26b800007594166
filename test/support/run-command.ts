import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CapturedStream } from './captured-stream.js';
import { REPOSITORY_ROOT } from './repository-root.js';

const PACKAGE = join(REPOSITORY_ROOT, 'packages', 'cherenkit');

/** The executable script of the command. */
export const COMMAND = join(PACKAGE, 'bin', 'cherenkit.js');

/** The exit code and output of a command. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Main {
  readonly runCommand: (argv: readonly string[]) => Promise<void>;
  readonly reportFailure: (error: unknown) => Promise<number>;
}

/**
 * Runs `cherenkit` in a folder within this process: as `main` does, but without exiting.
 * `spawnCherenkit` takes two to ten times as long and is needed only for tests of the process itself.
 *
 * @param env - additional environment variables
 */
export async function cherenkit(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const before = { cwd: process.cwd(), env: process.env, exitCode: process.exitCode };
  using stdout = new CapturedStream(process.stdout);
  using stderr = new CapturedStream(process.stderr);
  try {
    process.chdir(cwd);
    process.env = { ...before.env, ...env };
    process.exitCode = undefined;
    const { runCommand, reportFailure } = (await import(pathToFileURL(join(PACKAGE, 'dist/main.js')).href)) as Main;
    const exitCode = await runCommand(args).then(() => Number(process.exitCode ?? 0), reportFailure);
    return { exitCode, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

/** Runs `cherenkit` in a folder in its own process. */
export function spawnCherenkit(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Outcome {
  const options = { cwd, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [COMMAND, ...args], options);
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Starts `cherenkit`, calls `during` with the process, and waits for its exit. */
export async function cherenkitWhile(
  args: readonly string[],
  cwd: string,
  during: (child: ChildProcess) => void,
): Promise<Outcome> {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  during(child);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, stdout, stderr };
}
