import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Files of the kernel with quota and period of the CPU time of a process: in one file by cgroup version 2, in two by version 1. */
const CGROUP_FILES = [
  ['/sys/fs/cgroup/cpu.max'],
  ['/sys/fs/cgroup/cpu/cpu.cfs_quota_us', '/sys/fs/cgroup/cpu/cpu.cfs_period_us'],
] as const;

/**
 * Number of CPUs that the process may use: those of its affinity, limited by the quota of its cgroup (containers), by what Slurm
 * has allocated to the task, and by the limit that users set for programs with OpenMP.
 *
 * @param environment - variables SLURM_CPUS_PER_TASK and OMP_NUM_THREADS
 * @param readFile - reads a file of the kernel; throws if there is none
 */
export function availableThreads(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): number {
  const limits = [
    availableParallelism(),
    cgroupLimit(readFile),
    countIn(environment['SLURM_CPUS_PER_TASK']),
    countIn(environment['OMP_NUM_THREADS']), // may be a list of the levels of nested parallelism
  ];
  return Math.min(...limits.filter((limit) => limit !== undefined));
}

/** Least number of threads that a user may ask for on any machine. */
const MIN_LIMIT = 8;

/**
 * Number of threads for a number that a user asks for: at most twice the CPUs of the machine, or 8. More threads are not faster, but each of
 * them takes memory.
 */
export function limitedThreads(requested: number, nCpus = availableParallelism()): number {
  return Math.min(requested, Math.max(MIN_LIMIT, 2 * nCpus));
}

function countIn(text = ''): number | undefined {
  const [, digits] = /^\s*(\d+)\s*(?:,|$)/.exec(text) ?? [];
  const count = Number(digits);
  return count >= 1 ? count : undefined;
}

/** CPUs of the quota, at least 1; undefined without quota. */
function cgroupLimit(readFile: (path: string) => string): number | undefined {
  for (const paths of CGROUP_FILES) {
    try {
      const [quota = NaN, period = NaN] = paths.map(readFile).join(' ').trim().split(/\s+/).map(Number);
      if (quota > 0 && period > 0) return Math.max(1, Math.floor(quota / period));
    } catch {
      // There is no such cgroup.
    }
  }
  return undefined;
}
