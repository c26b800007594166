import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { MemorySink } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Writer, type FilterOptions } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { differentColumns, mutateHdf5, readAllOf, readByOurReader, type Hdf5Outcome } from '../../fuzz/mutate-hdf5.js';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

/** A file with two tables in groups, each of many chunks. */
async function written(filters: FilterOptions): Promise<Uint8Array> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink, { filters });
  for (const path of ['/a/b/table', '/a/other']) {
    const columns = [
      { name: 'id', type: 'int64' },
      { name: 'image', type: 'float32', shape: [7] },
      { name: 'name', type: 'S6' },
    ] as const;
    const table = file.createTable(path, columns, { chunkBytes: 420, attributes: { CTAFIELD_0_UNIT: 'm' } });
    for (let row = 0; row < 200; row++) table.append([row, new Array<number>(7).fill(row % 9), `tel${row % 3}`]);
  }
  await file.finish();
  return sink.bytes ?? new Uint8Array();
}

const WITHOUT_CHECKSUM = { compression: 'blosc:zstd', level: 5, fletcher32: false } as const;

/**
 * A file that makes the library abort: its chunks claim to be compressed by zlib, which the Blosc filter does not
 * contain. The compressor is stored in the upper bits of the third byte of a chunk.
 */
async function aborting(): Promise<Uint8Array> {
  const bytes = await written(WITHOUT_CHECKSUM);
  for (let at = 0; at < bytes.length - 16; at++) {
    const isChunk = bytes[at] === 2 && bytes[at + 1] === 1 && bytes[at + 2] >> 5 === 4;
    if (isChunk) bytes[at + 2] = (3 << 5) | (bytes[at + 2] & 31);
  }
  return bytes;
}

describe('Hdf5File, with damaged files,', () => {
  it('reads what is left, or throws an error with a code', async function () {
    this.timeout(120_000);
    const files = [
      await written({ compression: 'blosc:zstd', level: 5, fletcher32: true }),
      await written({ compression: 'zlib', level: 1, fletcher32: false }),
      await written({ compression: 'zlib', level: 0, fletcher32: false }),
    ];
    const outcomes: Partial<Record<Hdf5Outcome, number>> = {};
    const different: string[] = [];
    let nByOurReader = 0;
    for (let index = 0; index < 300; index++) {
      const mutant = mutateHdf5(files[index % files.length], 20_261_128, index);
      const [byLibrary, byOurReader] = [new Map<string, string>(), new Map<string, string>()];
      const outcome = await readAllOf(mutant, { worker: true }, byLibrary);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if ((await readByOurReader(mutant, byOurReader)) === 'read') nByOurReader++;
      different.push(...differentColumns(byLibrary, byOurReader).map((column) => `${index}: ${column}`));
    }
    // The damage is neither negligible nor always fatal.
    const { read = 0, refused = 0, 'read in part': inPart = 0 } = outcomes;
    expect(read).to.be.within(20, 200);
    expect(refused).to.be.within(20, 200);
    expect(inPart).to.be.within(20, 200);
    expect(nByOurReader).to.be.within(20, 250);
    // What both engines read is the same.
    expect(different).to.deep.equal([]);
  });

  it('reports a list of groups that is incomplete', async () => {
    const bytes = await written(WITHOUT_CHECKSUM);
    // The first node of group names, whose entries are lost.
    const at = Buffer.from(bytes).lastIndexOf('SNOD');
    bytes.fill(0, at, at + 8);
    expect(String(await errorOf(readPaths(bytes)))).to.match(
      /memory is a corrupt HDF5 file: listing the groups failed: /,
    );
  });

  it('compares dimensions with the size of the file before memory is reserved', async () => {
    const bytes = await written(WITHOUT_CHECKSUM);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const nRows of [2n ** 40n, 2n ** 62n, 100_000n]) {
      // Dataspace messages of the tables: version 1, one dimension, of unlimited size.
      for (let at = 0; at < bytes.length - 24; at += 4) {
        const isDataspace =
          view.getUint32(at, true) === 0x1_0101 && view.getBigUint64(at + 16, true) === 2n ** 64n - 1n;
        if (isDataspace) view.setBigUint64(at + 8, nRows, true);
      }
      await using file = await Hdf5File.open(bytes);
      expect(await errorOf(file.table('/a/other')))
        .to.include({ code: 'HDF5_CORRUPT' })
        .with.property('message')
        .match(
          new RegExp(
            `/a/other: its dimensions \\[\\d+\\] need \\d+ bytes in \\d+ chunks, the file has ${bytes.length} bytes`,
          ),
        );
    }
  });

  it('goes on in a new worker after the library aborted', async () => {
    const good = await written(WITHOUT_CHECKSUM);
    await using other = await Hdf5File.open(good, { worker: true });
    await using bad = await Hdf5File.open(await aborting(), { worker: true });
    const table = await bad.table('/a/other');
    expect(await errorOf(table.rows()))
      .to.include({ code: 'HDF5_CORRUPT' })
      .with.property(
        'message',
        'memory is a corrupt HDF5 file: the HDF5 library aborted while reading /a/other. Create it again or fetch another copy.',
      );
    expect(await errorOf(bad.paths())).to.have.property('code', 'HDF5_LIBRARY_ABORTED');
    expect(await errorOf(other.paths())).to.have.property('code', 'HDF5_LIBRARY_ABORTED');
    for (let i = 0; i < 3; i++) {
      expect(await readAllOf(await aborting(), { worker: true })).to.equal('aborted');
      expect(await readAllOf(good, { worker: true })).to.equal('read');
    }
  });

  it('reads no file by the library in a process after it aborted, and prints nothing itself', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('bad.h5'), await aborting());
    writeFileSync(folder.join('good.h5'), await written(WITHOUT_CHECKSUM));
    const code = `
      import { readFileSync } from 'node:fs';
      import { readTable } from '@cherenkit/plugin-hdf5';
      const [good, bad] = ['good.h5', 'bad.h5'].map((name) => ${JSON.stringify(folder.path)} + '/' + name);
      for (const source of [good, bad, good, readFileSync(good)]) {
        console.log(await readTable(source, '/a/other').then(({ nRows }) => nRows, ({ code }) => code));
      }`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: REPOSITORY_ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Bytes in memory, and rows compressed with zstd before Node 22.15, are read by the library only.
    const isReadDirectly = 'zstdDecompressSync' in zlib;
    const again = isReadDirectly ? '200' : 'HDF5_LIBRARY_ABORTED';
    expect(printed.trim().split('\n')).to.deep.equal(['200', 'HDF5_CORRUPT', again, 'HDF5_LIBRARY_ABORTED']);
  });

  it('reports each of many bad files without holding memory or descriptors', async () => {
    const bytes = await written(WITHOUT_CHECKSUM);
    const short = bytes.slice(0, -10);
    const count = async (n: number): Promise<void> => {
      for (let i = 0; i < n; i++) expect(await errorOf(Hdf5File.open(short))).to.have.property('code', 'HDF5_CORRUPT');
    };
    await count(20);
    const before = process.memoryUsage().rss;
    await count(300);
    expect(process.memoryUsage().rss - before).to.be.lessThan(100e6);
  });
});

async function readPaths(bytes: Uint8Array): Promise<string[]> {
  await using file = await Hdf5File.open(bytes);
  return await file.paths();
}
