import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemorySink } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { cherenkit } from '../../support/run-command.js';
import { TEST_DATA, skipWithoutTestData } from '../../support/test-data.js';

/** Largest file that is compared whole, bytes. */
const MAX_BYTES = 2 ** 24;

function hdf5Files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:h5|hdf5)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => statSync(path).size <= MAX_BYTES);
}

/** All that is read of a file; errors as their texts. */
async function contentOf(file: Hdf5File): Promise<unknown[]> {
  const parts: unknown[] = [];
  const add = async (part: () => Promise<unknown>): Promise<void> => {
    parts.push(await part().catch((error: unknown) => String(error)));
  };
  await add(() => file.brokenLinks());
  await add(() => file.attributes('/'));
  const paths = await file.paths().catch((error: unknown) => String(error));
  parts.push(paths);
  for (const path of typeof paths === 'string' ? [] : paths) {
    for (const each of [path, path.slice(0, path.lastIndexOf('/'))]) await add(() => file.has(each));
    await add(() => file.attributes(path));
    await add(() => file.attributes(path, /_UNIT$/));
    await add(() => file.shape(path));
    await add(async () => {
      if (!(await file.isTable(path))) return file.array(path);
      const { nRows, rowBytes, columns, chunkRows, filters } = await file.table(path);
      return { nRows, rowBytes, columns, chunkRows, filters };
    });
    await add(async () => ((await file.isTable(path)) ? (await file.table(path)).rows() : undefined));
    await add(async () => ((await file.isTable(path)) ? (await file.table(path)).rows(1, 3) : undefined));
  }
  return parts;
}

/** Reads a file directly, where that is possible, and by the library, and compares the results. */
async function compare(path: string): Promise<void> {
  const read = async (worker: boolean): Promise<unknown[] | string> => {
    try {
      await using file = await Hdf5File.open(path, { worker });
      return await contentOf(file);
    } catch (error) {
      return String(error);
    }
  };
  expect(await read(false)).to.deep.equal(await read(true));
}

describe('files that are read without the HDF5 library', function () {
  this.timeout(300_000);

  it('give what the library gives, for files of ctapipe, PyTables and h5py', async function () {
    skipWithoutTestData.call(this);
    const files = hdf5Files(join(TEST_DATA ?? '', 'reference'));
    expect(files.length).to.be.greaterThan(10);
    for (const path of files) await compare(path);
  });

  it('give what the library gives, for files of Cherenkit, whole and truncated', async () => {
    using folder = new TemporaryFolder();
    const args = ['process', '-i', 'toymodel:?events=3', '-o', 'toy.h5', '--write-parameters', '--write-showers'];
    expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
    await compare(folder.join('toy.h5'));
    const bytes = readFileSync(folder.join('toy.h5'));
    writeFileSync(folder.join('short.h5'), bytes.subarray(0, bytes.length - 1));
    await compare(folder.join('short.h5'));
    copyFileSync(folder.join('toy.h5'), folder.join('long.h5'));
    writeFileSync(folder.join('long.h5'), Buffer.concat([bytes, Buffer.alloc(100)]));
    await compare(folder.join('long.h5'));
  });

  it('give what the library gives, for tables of many chunks, whole and in parts', async () => {
    using folder = new TemporaryFolder();
    const sink = new MemorySink();
    const file = new Hdf5Writer(sink);
    const columns = [
      { name: 'id', type: 'int64' },
      { name: 'image', type: 'float32', shape: [999] },
    ] as const;
    const table = file.createTable('/images', columns, { chunkBytes: 2 ** 18, title: 'images' });
    for (let row = 0; row < 2500; row++) {
      table.append([BigInt(row), Float32Array.from({ length: 999 }, (_, i) => Math.sin(row * i))]);
      await file.drain();
    }
    await file.finish();
    writeFileSync(folder.join('large.h5'), sink.bytes ?? new Uint8Array());
    const digests = async (worker: boolean): Promise<string[]> => {
      await using read = await Hdf5File.open(folder.join('large.h5'), { worker });
      const images = await read.table('/images');
      const parts: Uint8Array[] = [];
      for (const [start, stop] of [
        [0, 2500],
        [64, 66],
        [60, 200],
        [65, 130],
        [2499, 2500],
        [3, 4],
      ]) {
        parts.push(await images.rows(start, stop));
        const values = await images.read(['image', 'id'], start, stop);
        for (const name of ['image', 'id'] as const) parts.push(new Uint8Array((values[name] as Float32Array).buffer));
      }
      return parts.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    };
    expect(await digests(false)).to.deep.equal(await digests(true));
  });

  it('fail as the library does once they are closed', async () => {
    using folder = new TemporaryFolder();
    const args = ['process', '-i', 'toymodel:?events=1', '-o', 'toy.h5'];
    expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
    const file = await Hdf5File.open(folder.join('toy.h5'));
    const path = '/dl1/event/subarray/trigger';
    const table = await file.table(path);
    await file.close();
    await file.close();
    for (const reading of [
      () => file.paths(),
      () => file.table(path),
      () => table.rows(),
      () => file.attributes(path),
    ]) {
      const error = await reading().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.have.property('code', 'INPUT_CLOSED');
    }
  });

  it('are read by the library where bytes are damaged', async () => {
    using folder = new TemporaryFolder();
    const args = ['process', '-i', 'toymodel:?events=2', '-o', 'toy.h5', '--write-showers'];
    expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
    const bytes = readFileSync(folder.join('toy.h5'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (position, value) => {
        const damaged = Uint8Array.from(bytes);
        damaged[position] = value;
        writeFileSync(folder.join('damaged.h5'), damaged);
        await using file = await Hdf5File.open(folder.join('damaged.h5'), { worker: true }).catch(() => undefined);
        await using direct = await Hdf5File.open(folder.join('damaged.h5')).catch(() => undefined);
        expect(direct === undefined).to.equal(file === undefined);
        if (direct) await contentOf(direct); // does not hang, and throws only errors of the library
      }),
      { numRuns: 30 },
    );
  });
});
