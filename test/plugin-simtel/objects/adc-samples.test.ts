import { encodeDifferentialRows, maxEncodedSize } from '@cherenkit/kernels';
import { ADC_SAMPLES, eventioObjects, ReadingContext, type EventioObject } from '@cherenkit/plugin-simtel/eventio';
import { expect } from 'chai';
import fc from 'fast-check';
import { eventioBuilder, joined } from '../../support/eventio-builder.js';

const ZERO_SUPPRESSED = 1;
const { top, int16, int32 } = eventioBuilder(true);

async function readObject(bytes: Uint8Array): Promise<EventioObject> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  for await (const found of eventioObjects(once(), new ReadingContext('some.simtel'))) return found;
  throw new Error('The file has no objects.');
}

/** A non-negative number below 2^13 as a signed varint. */
function varint(value: number): Uint8Array {
  return Uint8Array.of(0x80 | ((2 * value) >> 8), (2 * value) & 0xff);
}

describe('ADC samples without those of some pixels', () => {
  it('have samples of 0 for these pixels, in any channel and any buffer', async () => {
    const cameras = fc.record({
      isStored: fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
      nChannels: fc.integer({ min: 1, max: 2 }),
      nSamples: fc.integer({ min: 1, max: 9 }),
      order: fc.constantFrom([0, 1], [1, 0]),
    });
    await fc.assert(
      fc.asyncProperty(cameras, async ({ isStored, nChannels, nSamples, order }) => {
        const stored = [...isStored.keys()].filter((pixel) => isStored[pixel]);
        const isFirst = (pixel: number): boolean => !isStored[pixel - 1];
        const isLast = (pixel: number): boolean => !isStored[pixel + 1];
        const [firsts, lasts] = [stored.filter(isFirst), stored.filter(isLast)];
        const ranges = firsts.flatMap((first, i) => [varint(first), varint(lasts[i])]);
        const sampleOf = (channel: number, pixel: number, i: number): number => 1000 * (channel + 1) + 10 * pixel + i;
        const channels = Array.from({ length: nChannels }, (_, channel) => {
          const rows = stored.flatMap((pixel) =>
            Array.from({ length: nSamples }, (_, i) => sampleOf(channel, pixel, i)),
          );
          const encoded = new Uint8Array(maxEncodedSize(rows.length));
          return encoded.subarray(0, encodeDifferentialRows(Uint16Array.from(rows), nSamples, encoded, 0));
        });
        const head = joined(int32(isStored.length), int16(nChannels, nSamples), varint(firsts.length), ...ranges);
        const object = await readObject(top(2013, { version: 3, id: ZERO_SUPPRESSED }, head, ...channels));
        const waveforms = ADC_SAMPLES.read(object);
        for (const channel of order.filter((index) => index < nChannels)) {
          const expected = isStored.flatMap((isThere, pixel) =>
            Array.from({ length: nSamples }, (_, i) => (isThere ? sampleOf(channel, pixel, i) : 0)),
          );
          const buffer = new Uint16Array(expected.length).fill(77);
          expect([...waveforms.decodeChannel(channel, buffer)]).to.deep.equal(expected);
        }
      }),
    );
  });
});
