import type { ComponentCatalog } from '@cherenkit/core/internal';
import type { FlagInput } from '@oclif/core/interfaces';
import { availableThreads, limitedThreads } from '@cherenkit/io/node';
import type { ThreadOptions } from './event-workers.js';
import { integerFlag } from './integer-flag.js';

/** Whether a tool can use several threads. */
export function usesThreads(catalog: ComponentCatalog, id: string): boolean {
  return catalog.find(id)?.entry.command?.usesThreads === true;
}

/** The flag `--threads`, for a tool that can use several. */
export function threadFlags(catalog: ComponentCatalog, id: string): FlagInput {
  if (!usesThreads(catalog, id)) return {};
  const summary =
    'Threads that process events, at most twice the CPUs of the machine. The output is the same for any number. [default: the ' +
    'CPUs that the process may use: affinity, cgroup, SLURM_CPUS_PER_TASK, OMP_NUM_THREADS]';
  return { threads: integerFlag({ summary, min: 1, helpValue: 'N', helpGroup: 'ALGORITHM' }) };
}

/** Returns how to use threads, given the number on the command line. */
export function threadsOf(requested: number | undefined): ThreadOptions {
  const count = requested === undefined ? availableThreads() : limitedThreads(requested);
  return { count, isRequested: requested !== undefined };
}
