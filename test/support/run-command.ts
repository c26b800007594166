import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from './repository-root.js';

/** The command as users start it. */
export const COMMAND = join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'bin', 'cherenkit.js');

/** How a process ended and what it said. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cherenkit` with these arguments in this folder. */
export function cherenkit(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Outcome {
  const options = { cwd, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [COMMAND, ...args], options);
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Starts `cherenkit`, hands the process to `during`, and waits for its end. */
export async function cherenkitWhile(
  args: readonly string[],
  cwd: string,
  during: (child: ReturnType<typeof spawn>) => void,
): Promise<Outcome> {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  during(child);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, stdout, stderr };
}

/** An empty folder that goes when it is disposed of. */
export class EmptyFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'cherenkit-test-'));

  get files(): string[] {
    return readdirSync(this.path).sort();
  }

  join(name: string): string {
    return join(this.path, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
