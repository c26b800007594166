import { byteSource, byteSourceFrom } from '@cherenkit/io';
import {
  ADC_SAMPLES,
  eventioObjects,
  inspectEventio,
  ReadingContext,
  SimtelFile,
  type EventioObject,
} from '@cherenkit/plugin-simtel/eventio';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { eventioBuilder, joined } from '../../support/eventio-builder.js';
import { LiveObjects } from '../../support/live-objects.js';

const { top, object, int16, int32 } = eventioBuilder(true);
const MEGABYTE = 2 ** 20;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** The only object of a file. */
async function readObject(bytes: Uint8Array): Promise<EventioObject> {
  for await (const found of eventioObjects(once(bytes), new ReadingContext('some.simtel'))) return found;
  throw new Error('The file has no objects.');
}

async function inspectAll(bytes: Uint8Array): Promise<void> {
  for await (const node of inspectEventio(byteSourceFrom(bytes))) expect(node.offset).to.equal(0);
}

describe('the memory for a sim_telarray file', () => {
  it('is bounded for an object of millions of objects', async () => {
    const bytes = top(70, { onlySubobjects: true }, new Uint8Array(20 * MEGABYTE));
    const file = await readObject(bytes);
    expect(() => Array.from(file.subobjects(), ({ type }) => type)).to.throw('contains more than 524288 objects');
    expect(await errorOf(inspectAll(bytes))).to.include({ code: 'SIMTEL_OBJECT_TOO_LARGE' });
  });

  it('is bounded for objects within objects within objects', async () => {
    let nested = object(1, {});
    for (let depth = 0; depth < 100; depth++) nested = object(1, { onlySubobjects: true }, nested);
    const error = await errorOf(inspectAll(top(1, { onlySubobjects: true }, nested)));
    expect(error).to.include({ code: 'SIMTEL_OBJECT_TOO_LARGE' });
    expect(error.message).to.match(/byte \d+: object 1 \(id 0\) is nested in more than 20 objects/);
  });

  it('is that of a long object and not of all its chunks', async () => {
    const length = 60 * MEGABYTE;
    const live = new LiveObjects();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield top(2010, { length });
      for (let i = 0; i < 60; i++) yield await Promise.resolve(live.add(new Uint8Array(MEGABYTE).fill(i)));
    }
    for await (const { payload } of eventioObjects(chunks(), new ReadingContext('some.simtel'))) {
      expect(payload.length).to.equal(length);
      expect(payload[length - 1]).to.equal(59);
      expect(await live.count()).to.be.at.most(2);
    }
  });

  it('does not include what is skipped between showers before the telescopes are described', async () => {
    const skipped = top(9, {}, new Uint8Array(MEGABYTE));
    const shower = top(2020, { version: 1 }, new Uint8Array(44));
    const live = new LiveObjects();
    const counts: number[] = [];
    const source = byteSource({
      name: 'some.simtel',
      size: undefined,
      async *stream() {
        for (let i = 0; i < 200; i++) {
          if (i % 20 === 0) counts.push(await live.count());
          yield live.add(joined(skipped, shower));
        }
      },
    });
    const error = await errorOf(SimtelFile.open(source));
    expect(error).to.include({ code: 'SIMTEL_INCOMPLETE_HEADER' });
    expect(counts).to.have.length(10);
    // Some are read ahead.
    expect(Math.max(...counts)).to.be.at.most(16);
  });

  it('is bounded for samples that are not stored', async () => {
    const zeroSuppressed = 1;
    const camera = top(2013, { version: 3, id: zeroSuppressed }, int32(60_000), int16(2, 30_000, 0));
    const found = await readObject(camera);
    expect(() => ADC_SAMPLES.read(found)).to.throw('declares 2 x 60000 x 30000 samples, expected at most 25165824');
  });

  it('is bounded for pixel ranges without pixels', async () => {
    const ranges = new Uint8Array(1000).fill(1).map((_, i) => i % 2);
    const content = joined(int32(100), int16(1, 10), Uint8Array.of(0xc0, 0x01, 0x00), ranges);
    const found = await readObject(top(2013, { version: 3, id: 1 }, content));
    expect(() => ADC_SAMPLES.read(found)).to.throw(
      'lists the pixel range 0 to -1, expected ascending ranges below 100',
    );
  });
});
