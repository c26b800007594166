import { existsSync, readFileSync } from 'node:fs';
import { FileSink } from '@cherenkit/io/node';
import { ByteOutput, openFile } from '@cherenkit/io';
import { SimtelFile, SimtelFileWriter, type SimtelEvent } from '@cherenkit/plugin-simtel';
import { expect } from 'chai';
import { cherenkit, cherenkitWhile, EmptyFolder } from '../support/run-command.js';

/**
 * What a run may keep of a telescope event in memory, bytes. The waveforms of one are some 300 kB; the heap itself settles
 * within some megabytes.
 */
const KEPT = 50_000;

/** Writes a file with the events of another one again and again, each with a number of its own. */
async function repeated(from: string, to: string, telescopeEvents: number): Promise<void> {
  await using file = await SimtelFile.open(await openFile(from));
  const events: SimtelEvent[] = [];
  for await (const event of file.events()) events.push(event);
  await using output = await ByteOutput.open(new FileSink(to), to);
  const writer = new SimtelFileWriter(output);
  await writer.writeHeader(file.header);
  for (let eventId = 1, count = 0; count < telescopeEvents; eventId++) {
    const event = events[eventId % events.length];
    await writer.writeEvent({ ...event, recorded: { ...event.recorded, eventId } });
    count += event.recorded.telescopes.size;
  }
  await writer.writeHistograms([]);
  await output.publish();
}

describe('the memory of cherenkit process', function () {
  this.timeout(180_000);

  it('does not grow while 2,000 telescope events of one camera pass by', async function () {
    if (!existsSync('/proc/self/status')) {
      console.log('      skipped: there is no /proc to read the memory of a process from');
      this.skip();
    }
    using folder = new EmptyFolder();
    const few = folder.join('few.simtel');
    const flags = ['--array', 'flashcam', '--events', '10'];
    expect(cherenkit(['simulate', '-o', few, ...flags], folder.path).exitCode).to.equal(0);
    const many = folder.join('many.simtel');
    await repeated(few, many, 2000);

    const args = ['process', '-i', many, '-o', 'out.h5', '--write-images', '--write-showers', '--progress'];
    const resident: number[] = [];
    let timer: NodeJS.Timeout | undefined;
    const { exitCode, stdout } = await cherenkitWhile(args, folder.path, ({ pid }) => {
      timer = setInterval(() => {
        const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
        const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
        if (kilobytes !== undefined) resident.push(1024 * Number(kilobytes));
      }, 20);
    });
    clearInterval(timer);
    expect(exitCode).to.equal(0);
    const processed = Number(/(\d+) telescope events/.exec(stdout)?.[1]);
    expect(processed).to.be.at.least(2000);
    // In the first half of the run the heap grows to what it needs; between the last two quarters a quarter has passed.
    const quarter = Math.floor(resident.length / 4);
    const [early, late] = [2, 3].map((number) => median(resident.slice(number * quarter, (number + 1) * quarter)));
    expect((late - early) / (processed / 4)).to.be.below(KEPT);
  });
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
