import { spawnSync } from 'node:child_process';
import { COMMAND, type Outcome } from './run-command.js';

/** A shell command that mounts a file system in memory at $0, only for itself and its children, and runs the rest in it. */
const IN_SMALL_DISK = 'mount -t tmpfs -o "size=$1" tmpfs "$0" && shift && exec "$@"';

/**
 * Runs `cherenkit` with a folder on a file system of its own that is soon full.
 *
 * @param size - of the file system: `64k`
 * @param cwd - working directory
 * @returns undefined where the system permits no mounts
 */
export function cherenkitOnSmallDisk(
  folder: string,
  size: string,
  args: readonly string[],
  cwd: string,
): Outcome | undefined {
  const namespaces = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'];
  const words = [...namespaces, 'sh', '-c', IN_SMALL_DISK, folder, size];
  if (spawnSync('unshare', [...words, 'true']).status !== 0) return undefined;
  const command = [...words, process.execPath, COMMAND, ...args];
  const { status, stdout, stderr } = spawnSync('unshare', command, { cwd, encoding: 'utf8' });
  return { exitCode: status, stdout, stderr };
}
