import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Start time where the system does not give it. */
const UNKNOWN_START = '0';

/** Identity of a process among all machines, containers and times: its id alone is used again by other processes. */
export interface ProcessIdentity {
  /** Digest of the host name, the boot and, on Linux, the PID namespace: process ids are unique within it. */
  readonly host: string;
  readonly pid: number;
  /** Start time in clock ticks since boot; 0 where the system does not give it. */
  readonly start: string;
}

/** Returns the identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { host: hostDigest(), pid: process.pid, start: startTimeOf(process.pid) };
}

/** Whether a process runs: `unknown` for one of another host or container, which cannot be seen from here. */
export function stateOf({ host, pid, start }: ProcessIdentity): 'running' | 'ended' | 'unknown' {
  if (host !== hostDigest()) return 'unknown';
  if (!isRunning(pid)) return 'ended';
  const found = startTimeOf(pid);
  return found === start || found === UNKNOWN_START ? 'running' : 'ended';
}

let digest: string | undefined;

function hostDigest(): string {
  const parts = [
    hostname(),
    orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    orEmpty(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return (digest ??= createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12));
}

/** Field 22 of `/proc/PID/stat`; the name of the program, in parentheses, may contain spaces. */
function startTimeOf(pid: number): string {
  const stat = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? UNKNOWN_START;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
