import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cpuUnit } from '../support/cpu-unit.js';
import { CpuStopwatch } from '../support/cpu-stopwatch.js';
import { writeRepeatedly } from '../support/repeated-events.js';
import { cherenkit } from '../support/run-command.js';

/**
 * CPU time of a telescope event of this camera in units of a fixed kernel, see `cpuUnit`, on the machines where it was measured:
 * reading, all processing, and writing of images, parameters and showers.
 */
const UNITS = 5.5;
/** Bytes that a telescope event allocates on the heap of JavaScript, and in array buffers with Node 20; newer versions need fewer buffers. */
const ALLOCATED = { heap: 82_000, arrays: 48_451 };

/** A file with a number of telescope events of one camera. */
async function fileOf(telescopeEvents: number, few: string, folder: TemporaryFolder): Promise<string> {
  const file = folder.join(`${telescopeEvents}.simtel`);
  await writeRepeatedly(few, file, telescopeEvents);
  return file;
}

describe('the work per telescope event', function () {
  this.timeout(180_000);
  const folder = new TemporaryFolder();
  const few = folder.join('few.simtel');

  before(async () => {
    const flags = ['--array', 'flashcam', '--events', '10', '--seed', '1'];
    expect((await cherenkit(['simulate', '-o', few, ...flags], folder.path)).exitCode).to.equal(0);
  });
  after(() => folder[Symbol.dispose]());

  it('takes at most twice its usual multiple of a fixed kernel in CPU time', async () => {
    const args = ['-o', 'out.h5', '--overwrite', '--write-images', '--write-showers', '--threads', '1'];
    const cpuOf = async (file: string): Promise<number> => {
      const watch = new CpuStopwatch();
      expect((await cherenkit(['process', '-i', file, ...args], folder.path)).exitCode).to.equal(0);
      return watch.milliseconds;
    };
    const [short, long] = [await fileOf(200, few, folder), await fileOf(700, few, folder)];
    await cpuOf(long); // until all functions are compiled
    let ratio = Infinity;
    for (let round = 0; round < 3; round++) {
      const perEvent = ((await cpuOf(long)) - (await cpuOf(short))) / 500;
      ratio = Math.min(ratio, perEvent / cpuUnit());
    }
    expect(ratio).to.be.within(UNITS / 10, 2 * UNITS);
  });

  it('allocates no more memory than usual', async () => {
    const script = fileURLToPath(new URL('../support/allocations-of-events.js', import.meta.url));
    const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];
    const file = await fileOf(600, few, folder);
    const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, script, file], { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
    const found = JSON.parse(stdout) as typeof ALLOCATED;
    // Samples are random; array buffers are counted.
    expect(found.heap).to.be.within(0.5 * ALLOCATED.heap, 1.1 * ALLOCATED.heap);
    expect(found.arrays).to.be.within(1, 1.02 * ALLOCATED.arrays);
  });
});
