import { spawnSync } from 'node:child_process';
import { CTAPIPE_PYTHON } from './pytables.js';

/**
 * Runs a program with the Python that has ctapipe, and returns what it printed.
 *
 * @param cwd - where ctapipe leaves its provenance
 */
export function runCtapipePython(args: readonly string[], cwd: string, env = process.env): string {
  const { stdout, stderr, error } = spawnSync(CTAPIPE_PYTHON ?? '', args, { encoding: 'utf8', cwd, env });
  if (error) throw error;
  return stdout + stderr;
}
