import { existsSync, readFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { writeRepeatedly } from '../support/repeated-events.js';
import { cherenkit, cherenkitWhile } from '../support/run-command.js';

/** Largest allowed growth of memory per telescope event, bytes: some 20 MB in all. The waveforms of one take about 300 kB. */
const MAX_GROWTH = 10_000;

/** The peak memory of `cherenkit process` for a file, bytes. */
async function peakMemory(input: string, folder: TemporaryFolder): Promise<{ peak: number; telescopeEvents: number }> {
  const writing = ['-o', 'out.h5', '--overwrite', '--write-images', '--write-showers'];
  const args = ['process', '-i', input, ...writing, '--threads', '1']; // each further one takes some 60 MB
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;
  const { exitCode, stdout } = await cherenkitWhile(args, folder.path, ({ pid }) => {
    timer = setInterval(() => {
      const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
      peak = 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? peak / 1024);
    }, 20);
  });
  clearInterval(timer);
  expect(exitCode).to.equal(0);
  return { peak, telescopeEvents: Number(/(\d+) telescope events/.exec(stdout)?.[1]) };
}

describe('the memory of cherenkit process', function () {
  this.timeout(180_000);

  it('does not grow over 2,000 telescope events of one camera', async function () {
    if (!existsSync('/proc/self/status')) {
      console.log('      skipped: there is no /proc to read the memory of a process from');
      this.skip();
    }
    using folder = new TemporaryFolder();
    const few = folder.join('few.simtel');
    const flags = ['--array', 'flashcam', '--events', '10'];
    expect((await cherenkit(['simulate', '-o', few, ...flags], folder.path)).exitCode).to.equal(0);
    // The heap grows to its final size within the first thousand telescope events.
    const [short, long] = [1000, 3000].map((count) => ({ count, file: folder.join(`${count}.simtel`) }));
    for (const { count, file } of [short, long]) await writeRepeatedly(few, file, count);
    const [before, after] = [await peakMemory(short.file, folder), await peakMemory(long.file, folder)];
    const passed = after.telescopeEvents - before.telescopeEvents;
    expect(passed).to.be.closeTo(2000, 20);
    expect((after.peak - before.peak) / passed).to.be.below(MAX_GROWTH);
  });
});
