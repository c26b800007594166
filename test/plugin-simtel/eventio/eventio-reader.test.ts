import { gzipSync } from 'node:zlib';
import { byteSource, byteSourceFrom, decompressed } from '@cherenkit/io';
import {
  ADC_SAMPLES,
  eventioObjects,
  inspectEventio,
  MAX_OBJECT_SIZE,
  objectName,
  ReadingContext,
  RUN_HEADER,
  SimtelError,
  type EventioNode,
  type EventioObject,
  type EventioOptions,
} from '@cherenkit/plugin-simtel/eventio';
import { expect } from 'chai';
import fc from 'fast-check';
import { eventioBuilder, joined } from '../../support/eventio-builder.js';

async function read(
  bytes: Uint8Array,
  options: EventioOptions & { chunkSize?: number; name?: string } = {},
): Promise<{ objects: EventioObject[]; error: SimtelError | undefined }> {
  const { chunkSize = bytes.length || 1, name = 'some.simtel' } = options;
  const source = byteSource({
    name,
    size: bytes.length,
    *stream() {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
  });
  const context = new ReadingContext(name, objectName);
  const objects: EventioObject[] = [];
  try {
    for await (const object of eventioObjects(decompressed(source), context, options)) {
      objects.push(object);
      context.eventsRead++;
    }
  } catch (error) {
    if (!(error instanceof SimtelError)) throw error;
    return { objects, error };
  }
  return { objects, error: undefined };
}

/** Two top-level objects: a run header, and a container of two objects. */
function sample(littleEndian: boolean): Uint8Array {
  const { top, object, int16, int32, float32 } = eventioBuilder(littleEndian);
  const name = Uint8Array.from([...'Crab'].map((letter) => letter.charCodeAt(0)));
  return joined(
    top(
      2000,
      { version: 2, id: 7, isExtended: true },
      int32(7, 1_600_000_000, -1, 0, 0),
      float32(0.5, 1.25, 0, 0, 0, 0, 0),
      int32(2),
      int16(1, 300),
      float32(1, 2, 3, -4, -5, -6),
      int32(2, 1200),
      int16(name.length),
      name,
      int16(0),
    ),
    top(
      2010,
      { id: -3, onlySubobjects: true },
      object(2009, { version: 3 }, int32(1, 2)),
      object(2299, { version: 1 }),
    ),
  );
}

describe('an EventIO file', () => {
  for (const littleEndian of [true, false]) {
    describe(littleEndian ? 'in little-endian order' : 'in big-endian order', () => {
      it('is read object by object, including extended headers and sub-objects', async () => {
        const { objects, error } = await read(sample(littleEndian));
        expect(error).to.equal(undefined);
        expect(objects.map(({ type, version, id, offset }) => [type, version, id, offset])).to.deep.equal([
          [2000, 2, 7, 0],
          [2010, 0, -3, 20 + objects[0].payload.length],
        ]);
        const header = RUN_HEADER.read(objects[0]);
        expect(header).to.deep.include({ run: 7, time: 1_600_000_000, runType: -1, target: 'Crab', duration: 1200 });
        expect([...header.telId]).to.deep.equal([1, 300]);
        expect([...header.telPos]).to.deep.equal([1, 2, 3, -4, -5, -6]);
        expect([...objects[1].subobjects()].map(({ type, payload }) => [type, payload.length])).to.deep.equal([
          [2009, 8],
          [2299, 0],
        ]);
      });
    });
  }

  it('gives the same objects for any chunk size', async () => {
    const bytes = sample(true);
    const plain = (objects: EventioObject[]) =>
      objects.map(({ header, offset, payload }) => [header, offset, [...payload]]);
    const whole = plain((await read(bytes)).objects);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (chunkSize) => {
        expect(plain((await read(bytes, { chunkSize })).objects)).to.deep.equal(whole);
      }),
    );
  });

  it('skips unwanted objects without buffering them', async () => {
    const { top } = eventioBuilder(true);
    const bytes = joined(top(1205, {}, new Uint8Array(5000)), sample(true));
    const { objects } = await read(bytes, {
      needsPayload: ({ type }) => type === 2010,
      maxObjectSize: 1000,
      chunkSize: 64,
    });
    expect(objects.map(({ type, payload }) => [type, payload.length])).to.deep.equal([
      [1205, 0],
      [2000, 0],
      [2010, 32],
    ]);
  });

  it('can be inspected as a tree', async () => {
    const nodes: EventioNode[] = [];
    for await (const node of inspectEventio(byteSourceFrom(gzipSync(sample(true))))) nodes.push(node);
    expect(nodes.map(({ name }) => name)).to.deep.equal(['RunHeader', 'ArrayEvent']);
    expect(nodes[1].children.map(({ name, offset }) => [name, offset])).to.deep.equal([
      ['TriggerInformation', nodes[1].offset + 16],
      ['TelescopeEvent', nodes[1].offset + 36],
    ]);
  });

  describe('that is damaged', () => {
    it('gives the objects before a truncation at any byte, and reports its offset and object', async () => {
      const bytes = sample(true);
      const second = (await read(bytes)).objects[1].offset;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 4, max: bytes.length - 1 }), async (length) => {
          const { objects, error } = await read(bytes.subarray(0, length), { chunkSize: 50 });
          expect(objects.length).to.equal(length >= second ? 1 : 0);
          if (length === second) expect(error).to.equal(undefined);
          else expect(error).to.include({ code: 'SIMTEL_TRUNCATED', exitCode: 65, file: 'some.simtel' });
        }),
      );
      const { error } = await read(bytes.subarray(0, bytes.length - 5));
      expect(error).to.include({ offset: second, objectType: 2010, eventsRead: 1 });
      expect(error?.message).to.equal(
        `some.simtel, byte ${second}: the file ends within object 2010 (ArrayEvent, id -3), which declares 32 bytes, ` +
          'but only 27 remain. Events read before: 1; use --allow-truncated (in scripts, allowTruncated) to keep them.',
      );
    });

    it('is reported as truncated if the compressed data are truncated', async () => {
      const bytes = gzipSync(sample(true));
      const { error } = await read(bytes.subarray(0, bytes.length - 12));
      expect(error).to.include({ code: 'SIMTEL_TRUNCATED' });
      expect(error?.message).to.include('gzip data at compressed byte');
    });

    it('is rejected if no object starts after the last one', async () => {
      const bytes = sample(true);
      const { objects, error } = await read(joined(bytes, Uint8Array.of(1, 2, 3, 4, ...new Uint8Array(12))));
      expect(objects.length).to.equal(2);
      expect(error).to.include({ code: 'SIMTEL_CORRUPT', offset: bytes.length });
    });

    it('is rejected if an object is longer than its parent', async () => {
      const { top, object } = eventioBuilder(true);
      const { objects } = await read(
        top(2010, { onlySubobjects: true }, object(2009, { length: 9 }, new Uint8Array(8))),
      );
      expect(() => [...objects[0].subobjects()]).to.throw(SimtelError, /declares 9 bytes, but only 8 remain/);
    });

    it('is rejected before allocation if an object declares more than the size limit', async () => {
      const { top } = eventioBuilder(true);
      const before = process.memoryUsage().arrayBuffers;
      for (const length of [MAX_OBJECT_SIZE + 1, 2 ** 41]) {
        const { error } = await read(top(2010, { version: 1, isExtended: true, length }));
        expect(error).to.include({ code: 'SIMTEL_OBJECT_TOO_LARGE', objectType: 2010 });
        expect(error?.message).to.include('version 1').and.to.include(String(length));
      }
      expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(2 ** 24);
    });
  });

  describe('that has another format', () => {
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['an empty file', new Uint8Array(0), /is empty/],
      ['a text file', Buffer.from('event_id,energy\n1,2\n'), /begins with "event_id"/],
      ['an HDF5 file', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), /is HDF5/],
      ['a file of two bytes', Uint8Array.of(0x37, 0x8a), /begins with/],
    ];
    for (const [name, bytes, message] of cases) {
      it(`is rejected: ${name}`, async () => {
        const { error } = await read(bytes);
        expect(error).to.include({ code: 'SIMTEL_NOT_EVENTIO', exitCode: 65 });
        expect(error?.message).to.match(message);
      });
    }
  });

  it('is rejected if the version of an object is unknown', async () => {
    const { top } = eventioBuilder(true);
    const { objects } = await read(top(2000, { version: 9 }));
    expect(() => RUN_HEADER.read(objects[0])).to.throw(
      SimtelError,
      'some.simtel, byte 0: object 2000 (RunHeader, id 0) has version 9, expected one of 0, 1, 2.',
    );
  });

  it('cannot make the reader exceed an object by corrupted content', async () => {
    const [header] = (await read(sample(true))).objects;
    fc.assert(
      fc.property(fc.nat(header.payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const original = header.payload[at];
        header.payload[at] ^= flip;
        try {
          RUN_HEADER.read(header);
        } catch (error) {
          expect(error).to.be.instanceOf(SimtelError).with.property('code', 'SIMTEL_CORRUPT');
        } finally {
          header.payload[at] = original;
        }
      }),
    );
  });

  it('is rejected if an object declares more samples than it has bytes', async () => {
    const { top, int16, int32 } = eventioBuilder(true);
    const { objects } = await read(top(2013, { version: 3 }, int32(1_000_000), int16(2, 1000)));
    expect(() => ADC_SAMPLES.read(objects[0])).to.throw(
      SimtelError,
      /declares 2 x 1000000 x 1000 samples, but only 0 bytes remain/,
    );
  });
});
