import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { decompressedBytes, topLevelObjects } from '../support/edit-simtel.js';
import { cherenkit, spawnCherenkit } from '../support/run-command.js';

/** A failing run and the expected outcome. */
interface Failure {
  readonly situation: string;
  readonly exitCode: number;
  /** All of these must occur in the message. */
  readonly messageParts: readonly (RegExp | string)[];
  /** Runs the command in its own process; one case per exit code does. */
  readonly isProcess?: boolean;
  /** Prepares files in the folder and returns the arguments after `process -o out.h5`. */
  readonly prepare: (folder: TemporaryFolder) => readonly string[] | Promise<readonly string[]>;
}

function dataFile(name: string): string {
  return inTestData('data', name);
}

const OUTPUT = 'out.h5';
const RUN_HEADER = 2000;
const ARRAY_EVENT = 2010;
const SMALL = 'n_hv_disabled.simtel.gz';
const ZSTD = 'proton_north_alpha_700.simtel.zst';
const WITHOUT_EVENTS = 'gamma_diffuse_north_alpha_602.simtel.zst';

/** Writes a small real file, decompressed and modified by `damage`, and returns the arguments for it. */
async function withDamagedContent(
  folder: TemporaryFolder,
  damage: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<string[]> {
  writeFileSync(folder.join('damaged.simtel'), await damage(await decompressedBytes(dataFile(SMALL))));
  return ['-i', 'damaged.simtel'];
}

/** Writes a copy of a data file whose compressed bytes are modified by `damage`, and returns the arguments for it. */
function withDamagedFile(folder: TemporaryFolder, name: string, damage: (bytes: Buffer) => Uint8Array): string[] {
  writeFileSync(folder.join(name), damage(readFileSync(dataFile(name))));
  return ['-i', name];
}

/** The offset of the first object of a type in decompressed bytes. */
async function offsetOf(type: number, bytes: Uint8Array): Promise<number> {
  for await (const object of topLevelObjects(bytes)) if (object.type === type) return object.offset;
  throw new Error(`There is no object ${type}.`);
}

/** A copy with one little-endian word replaced. */
function withWord(bytes: Uint8Array, offset: number, change: (word: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  view.setUint32(offset, change(view.getUint32(offset, true)), true);
  return copy;
}

/** The fraction of a file before the damage, after the first of its few events. */
const DAMAGE_START = 0.9;

const truncated = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length * DAMAGE_START);

/** A copy with 20 bytes inverted. */
function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const begin = Math.floor(copy.length * DAMAGE_START);
  for (let i = begin; i < begin + 20; i++) copy[i] ^= 0xff;
  return copy;
}

/** Writes a wrong configuration; the input is never opened. */
function withConfig(folder: TemporaryFolder, text: string): string[] {
  writeFileSync(folder.join('mine.yaml'), text);
  return ['-i', 'nowhere', '-c', 'mine.yaml'];
}

const BAD_DATA: readonly Failure[] = [
  {
    situation: 'a text file',
    exitCode: 65,
    messageParts: ['notes.simtel', '44 65 61 72', 'SimTelEventSource'],
    prepare: (folder) => {
      writeFileSync(folder.join('notes.simtel'), 'Dear colleagues, this is no data.');
      return ['-i', 'notes.simtel'];
    },
  },
  {
    situation: 'an HDF5 file of another program',
    exitCode: 65,
    messageParts: ['image.h5', 'CTA PRODUCT DATA MODEL VERSION', 'v7.6.0'],
    prepare: async (folder) => {
      const file = new Hdf5Writer(new FileSink(folder.join('image.h5')));
      file.createTable('/image', [{ name: 'pixel', type: 'int32' }]);
      await file.finish();
      return ['-i', 'image.h5'];
    },
  },
  ...['3_gammas_reuse_5.dat', 'one_shower.dat', 'gamma_100gev_1216.eventio'].map((name) => ({
    situation: `CORSIKA photons (${name})`,
    exitCode: 65,
    messageParts: [name, 'CORSIKA', 'sim_telarray'],
    prepare: () => ['-i', dataFile(name)],
  })),
  {
    situation: 'a file without run header and telescopes',
    exitCode: 65,
    messageParts: ['test_camorganv2.simtel.gz', /byte \d+/, 'the file header is incomplete', 'telescope'],
    prepare: () => ['-i', dataFile('test_camorganv2.simtel.gz')],
  },
  {
    situation: 'an empty file',
    exitCode: 65,
    messageParts: ['empty.simtel', 'empty'],
    prepare: (folder) => {
      writeFileSync(folder.join('empty.simtel'), '');
      return ['-i', 'empty.simtel'];
    },
  },
  {
    situation: 'a truncated file',
    exitCode: 65,
    messageParts: [/byte \d+/, /object \d+/, /Events read before: \d+/, '--allow-truncated'],
    prepare: (folder) => withDamagedContent(folder, truncated),
  },
  {
    situation: 'a truncated zstd file',
    exitCode: 65,
    isProcess: true,
    messageParts: [ZSTD, /byte \d+/, /Events read before: \d+/, '--allow-truncated'],
    prepare: (folder) => withDamagedFile(folder, ZSTD, truncated),
  },
  {
    situation: 'a truncated gzip file',
    exitCode: 65,
    messageParts: [/byte \d+/, /Events read before: \d+/, '--allow-truncated'],
    prepare: (folder) => withDamagedFile(folder, SMALL, truncated),
  },
  {
    situation: 'a zstd file with flipped bytes',
    exitCode: 65,
    messageParts: [/byte \d+/, /Events read before: \d+/],
    prepare: (folder) => withDamagedFile(folder, ZSTD, flipped),
  },
  {
    situation: 'a zstd file damaged before its first event',
    exitCode: 65,
    messageParts: [WITHOUT_EVENTS, /byte \d+/],
    prepare: (folder) => withDamagedFile(folder, WITHOUT_EVENTS, flipped),
  },
  {
    situation: 'a gzip file with flipped bytes',
    exitCode: 65,
    messageParts: [/byte \d+/, /Events read before: \d+/],
    prepare: (folder) => withDamagedFile(folder, SMALL, flipped),
  },
  {
    situation: 'an object longer than its parent',
    exitCode: 65,
    messageParts: [/object \d+/, /byte \d+/, /declares 536870912 bytes/],
    prepare: (folder) =>
      withDamagedContent(folder, async (bytes) =>
        withWord(bytes, (await offsetOf(ARRAY_EVENT, bytes)) + 16 + 8, () => 2 ** 29),
      ),
  },
  {
    situation: 'an object longer than the limit',
    exitCode: 65,
    messageParts: ['object 2010', /version \d+/, /byte \d+/, /declares 1073741823 bytes, expected at most \d+/],
    prepare: (folder) =>
      withDamagedContent(folder, async (bytes) =>
        withWord(bytes, (await offsetOf(ARRAY_EVENT, bytes)) + 12, () => 2 ** 30 - 1),
      ),
  },
  {
    situation: 'an object of an unknown version',
    exitCode: 65,
    messageParts: ['object 2000', 'version 99', /byte \d+/, /expected one of [\d, ]+/],
    prepare: (folder) =>
      withDamagedContent(folder, async (bytes) =>
        withWord(bytes, (await offsetOf(RUN_HEADER, bytes)) + 4, (word) => (word & 0xfffff) | (99 << 20)),
      ),
  },
];

const WRONG_USE: readonly Failure[] = [
  {
    situation: 'a file without effective focal length',
    exitCode: 2,
    messageParts: ['--focal-length-choice EQUIVALENT'],
    prepare: () => ['-i', dataFile('lst_muons.simtel.zst')],
  },
  {
    situation: 'an unknown telescope',
    exitCode: 2,
    messageParts: ['9999'],
    prepare: () => ['-i', dataFile(SMALL), '-t', '9999'],
  },
];

/** Cases that are rejected before the input is opened, so that no real file is needed. */
const WRONG_CONFIGURATION: readonly Failure[] = [
  {
    situation: 'a misspelt component on the command line',
    exitCode: 2,
    messageParts: ['--image-cleaner-type TailcutImageCleaner', '"TailcutsImageCleaner"'],
    prepare: () => ['-i', 'nowhere', '--image-cleaner-type', 'TailcutImageCleaner'],
  },
  {
    situation: 'a misspelt section',
    exitCode: 2,
    isProcess: true,
    messageParts: ['mine.yaml:2:1', 'ImageProcesor', '"ImageProcessor"'],
    prepare: (folder) => withConfig(folder, 'DataWriter:\nImageProcesor:\n  use_telescope_frame: false\n'),
  },
  {
    situation: 'a misspelt trait',
    exitCode: 2,
    messageParts: ['mine.yaml:2:3', 'picture_treshold_pe', '"picture_threshold_pe"'],
    prepare: (folder) => withConfig(folder, 'TailcutsImageCleaner:\n  picture_treshold_pe: 8\n'),
  },
  {
    situation: 'a value of the wrong type',
    exitCode: 2,
    messageParts: ['mine.yaml:2:25', 'many'],
    prepare: (folder) => withConfig(folder, 'TailcutsImageCleaner:\n  picture_threshold_pe: many\n'),
  },
  {
    situation: 'a duplicate key',
    exitCode: 2,
    messageParts: ['mine.yaml:3:1', 'EventSource'],
    prepare: (folder) => withConfig(folder, 'EventSource:\n  max_events: 1\nEventSource:\n  max_events: 2\n'),
  },
  {
    situation: 'an invalid number of events',
    exitCode: 2,
    messageParts: ['--max-events five'],
    prepare: () => ['-i', 'nowhere', '-m', 'five'],
  },
  {
    situation: 'a misspelt trait in an option in the style of ctapipe',
    exitCode: 2,
    messageParts: ['--TailcutsImageCleaner.picture_treshold_pe=7', '"picture_threshold_pe"'],
    prepare: () => ['-i', 'nowhere', '--TailcutsImageCleaner.picture_treshold_pe=7'],
  },
  {
    situation: 'a trait set twice',
    exitCode: 2,
    messageParts: ['EventSource.max_events', 'duplicate key'],
    prepare: () => ['-i', 'nowhere', '-m', '5', '--EventSource.max_events=6'],
  },
  {
    situation: 'a missing configuration file',
    exitCode: 2,
    messageParts: ['absent.yaml'],
    prepare: () => ['-i', 'nowhere', '-c', 'absent.yaml'],
  },
  {
    situation: 'an unknown flag',
    exitCode: 2,
    messageParts: ['--write-image', '"--write-images"'],
    prepare: () => ['-i', 'nowhere', '--write-image'],
  },
  { situation: 'no input', exitCode: 2, messageParts: ['--input'], prepare: () => [] },
  {
    situation: 'a missing input',
    exitCode: 66,
    isProcess: true,
    messageParts: ['nowhere'],
    prepare: () => ['-i', 'nowhere'],
  },
  {
    situation: 'a folder as input',
    exitCode: 66,
    messageParts: ['folder.simtel'],
    prepare: (folder) => {
      mkdirSync(folder.join('folder.simtel'));
      return ['-i', 'folder.simtel'];
    },
  },
  {
    situation: 'an existing output',
    exitCode: 2,
    messageParts: [OUTPUT, '--overwrite'],
    prepare: (folder) => {
      writeFileSync(folder.join(OUTPUT), 'precious');
      return ['-i', 'toymodel:', '-m', '1'];
    },
  },
  {
    situation: 'a missing output folder',
    exitCode: 73,
    isProcess: true,
    messageParts: ['absent/out.h5'],
    prepare: () => ['-i', 'toymodel:', '-m', '1', '-o', 'absent/out.h5'],
  },
];

function check({ situation, exitCode, messageParts, prepare, isProcess = false }: Failure): void {
  it(`${situation} (exit code ${exitCode})`, async () => {
    using folder = new TemporaryFolder();
    const args = await prepare(folder);
    const before = contentsOf(folder);
    const output = args.includes('-o') ? [] : ['-o', OUTPUT];
    const run = isProcess ? spawnCherenkit : cherenkit;
    const outcome = await run(['process', ...output, ...args], folder.path);
    for (const part of messageParts) {
      if (typeof part === 'string') expect(outcome.stderr).to.include(part);
      else expect(outcome.stderr).to.match(part);
    }
    expect(outcome.stderr, 'a stack').not.to.match(/^ +at /m);
    expect(outcome.stdout).to.equal('');
    expect(outcome.exitCode).to.equal(exitCode);
    expect(contentsOf(folder)).to.deep.equal(before);
  });
}

/** The files of a folder, including hidden ones, with their sizes. */
function contentsOf(folder: TemporaryFolder): Record<string, number> {
  return Object.fromEntries(folder.files.map((name) => [name, statSync(folder.join(name)).size]));
}

describe('cherenkit process fails with one message and without output', function () {
  this.timeout(60_000);

  describe('for wrong arguments and configurations', () => WRONG_CONFIGURATION.forEach(check));

  describe('for real files', () => {
    before(skipWithoutTestData);

    describe('with wrong options', () => WRONG_USE.forEach(check));
    describe('with damaged or unsupported content', () => BAD_DATA.forEach(check));
  });
});
