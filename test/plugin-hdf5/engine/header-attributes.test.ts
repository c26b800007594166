import { MemorySink } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';

const ATTRIBUTES = {
  Z_LAST: 'größer',
  EMPTY: '',
  FLAG: { type: 'bool', value: true },
  N_EVENTS: { type: 'int64', value: -5n },
  NUMBER: 2.5,
  A_FIRST: { ascii: 'text' },
} as const;

/** Attributes in order, or undefined if they cannot be read. */
async function attributesOf(source: string | Uint8Array): Promise<[string, unknown][] | undefined> {
  try {
    await using file = await Hdf5File.open(source);
    return [...(await file.attributes('/g/t'))];
  } catch {
    return undefined;
  }
}

// Files in memory are temporary files, removed when they are open, so that the library reads their attributes.
describe('attributes in headers', () => {
  let bytes = new Uint8Array();
  before(async () => {
    const sink = new MemorySink();
    const file = new Hdf5Writer(sink);
    file.createTable('/g/t', [{ name: 'x', type: 'int16' }], { attributes: ATTRIBUTES }).append([1]);
    await file.finish();
    bytes = Uint8Array.from(sink.bytes ?? []);
  });

  it('are those that the library reads, in its order', async () => {
    using folder = new TemporaryFolder();
    const path = folder.write('attributes.h5', bytes);
    const found = await attributesOf(path);
    expect(found).to.deep.equal(await attributesOf(bytes));
    expect(Object.fromEntries(found ?? [])).to.include({ Z_LAST: 'größer', EMPTY: '', FLAG: true, N_EVENTS: -5n });
  });

  it('are those that the library reads from a damaged file, if both can', async () => {
    using folder = new TemporaryFolder();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = bytes.slice();
        damaged[place] ^= change;
        const path = folder.write('damaged.h5', damaged);
        const [found, expected] = [await attributesOf(path), await attributesOf(damaged)];
        // The library lists no attributes at all if one of them is damaged.
        if (found && expected && expected.length > 0) expect(found).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });
});
