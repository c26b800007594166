import { readFileSync } from 'node:fs';

/** What a process has used since its start, with all of its threads. */
export interface UsedResources {
  /** Time since the start of the process. */
  readonly wallSeconds: number;
  /** CPU time, of the user and the system. */
  readonly cpuSeconds: number;
  /** Largest resident memory, bytes. */
  readonly peakMemory: number;
  /** Bytes read and written by calls of the system, also from and to caches; null where the system does not count them. */
  readonly bytesRead: number | null;
  readonly bytesWritten: number | null;
}

/** Returns what this process has used so far. */
export function usedResources(): UsedResources {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    wallSeconds: rounded(process.uptime()),
    cpuSeconds: rounded((userCPUTime + systemCPUTime) / 1e6),
    peakMemory: maxRSS * 1024,
    ...transferredBytes(),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function transferredBytes(): Pick<UsedResources, 'bytesRead' | 'bytesWritten'> {
  let text = '';
  try {
    text = readFileSync('/proc/self/io', 'utf8');
  } catch {
    // Only Linux has this file, and not in all containers.
  }
  const count = (name: string): number | null => {
    const [, digits] = new RegExp(`^${name}: (\\d+)$`, 'm').exec(text) ?? [];
    return digits === undefined ? null : Number(digits);
  };
  return { bytesRead: count('rchar'), bytesWritten: count('wchar') };
}
