import { availableParallelism } from 'node:os';
import { availableThreads, limitedThreads } from '@cherenkit/io/node';
import { expect } from 'chai';

/** Reads files of a cgroup. */
function cgroup(files: Readonly<Record<string, string>>): (path: string) => string {
  return (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`There is no ${path}.`);
    return text;
  };
}

describe('availableThreads', () => {
  const all = availableParallelism();
  const none = cgroup({});

  it('is the number of CPUs of the affinity without other limits', () => {
    expect(availableThreads({}, none)).to.equal(all);
    expect(availableThreads({ SLURM_CPUS_PER_TASK: '', OMP_NUM_THREADS: 'x' }, none)).to.equal(all);
    expect(availableThreads({ OMP_NUM_THREADS: '0' }, none)).to.equal(all);
    expect(availableThreads({}, cgroup({ '/sys/fs/cgroup/cpu.max': 'max 100000\n' }))).to.equal(all);
  });

  it('is limited by Slurm, OpenMP and the quota of a cgroup, and at least 1', () => {
    expect(availableThreads({ SLURM_CPUS_PER_TASK: '1' }, none)).to.equal(1);
    expect(availableThreads({ OMP_NUM_THREADS: '1,2' }, none)).to.equal(1);
    expect(availableThreads({}, cgroup({ '/sys/fs/cgroup/cpu.max': '150000 100000\n' }))).to.equal(1);
    expect(availableThreads({}, cgroup({ '/sys/fs/cgroup/cpu.max': '50000 100000\n' }))).to.equal(1);
    const version1 = {
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '100000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    };
    expect(availableThreads({}, cgroup(version1))).to.equal(1);
    expect(availableThreads({}, cgroup({ ...version1, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n' }))).to.equal(all);
  });
});

describe('limitedThreads', () => {
  it('limits the threads that a user asks for by the CPUs of the machine', () => {
    expect(limitedThreads(1)).to.equal(1);
    expect(limitedThreads(1000, 2)).to.equal(8);
    expect(limitedThreads(1000, 16)).to.equal(32);
    expect(limitedThreads(24, 16)).to.equal(24);
  });
});
