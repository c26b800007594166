import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createPipeline, EventSource, processEvent } from 'cherenkit';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const data = (...parts: readonly string[]): string => inTestData('data', 'zfits', ...parts);
const LST = 'LST-1.1.Run02008.0000.fits.fz';
const RUN = '20231013T220427_SBID0000000002000002008_OBSID0000000002000002108';
const DATE = ['ctao-acada-n', 'acada-adh'];
const TRIGGERS = join(
  'DL0',
  'ARRAY',
  ...DATE,
  'triggers',
  '2023',
  '10',
  '13',
  `SUB001_SWAT001_${RUN}_SUBARRAY_CHUNK000.fits.fz`,
);
const dl0File = (handler: number, chunk: number): string =>
  join(
    'DL0',
    'LSTN-01',
    ...DATE,
    'events',
    '2023',
    '10',
    '13',
    `TEL001_SDH000${handler}_${RUN}_TEL_SHOWER_CHUNK00${chunk}.fits.fz`,
  );

describe('missing and truncated files of a run', () => {
  before(skipWithoutTestData);
  let folder: TemporaryFolder;
  beforeEach(() => (folder = new TemporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());

  /** Copies test data, which may be read-only. */
  function copy(name: string): void {
    for (const file of readdirSync(data(name), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const from = join(file.parentPath, file.name);
      const to = join(folder.path, relative(data(name), from));
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(from, to);
      chmodSync(to, 0o644);
    }
  }

  /** What `process` prints for a file in the folder. */
  async function warnings(file: string, ...options: readonly string[]): Promise<string> {
    const args = ['process', '-i', file, '-o', 'out.h5', '--overwrite', ...options];
    const { stdout, stderr } = await cherenkit(args, folder.path);
    return stdout + stderr;
  }

  it('are told by the ids of the events of NectarCAMs', async () => {
    const first = 'NectarCAM.Run6000.0000.fits.fz';
    copy('nectarcam_r1v1');
    expect(await warnings(first)).not.to.include('missing');
    rmSync(join(folder.path, 'NectarCAM.Run6000.0001.fits.fz'));
    expect(await warnings(first)).to.match(/\d+ of the events 1 to \d+ are missing: files of the run are missing/);
    expect(await warnings(first, '--MultiFiles.all_chunks=false')).not.to.include('missing');
  });

  it('are told as ranges of numbers, however large the numbers in the names of files are', async () => {
    copy('nectarcam_r1v1');
    const file = join(folder.path, 'NectarCAM.Run6000.0000.fits.fz');
    copyFileSync(file, join(folder.path, 'NectarCAM.Run6000.20231013220427.fits.fz'));
    const printed = await warnings('NectarCAM.Run6000.0000.fits.fz');
    expect(printed).to.include('Files 2 to 20231013220426 of the run are missing; the events are not read.');
  });

  it('are told by the names of DL0 data, and first chunks of other data handlers are read', async () => {
    copy('dl0v1');
    expect(await warnings(TRIGGERS)).not.to.match(/Chunks? \d/);
    rmSync(join(folder.path, dl0File(2, 1)));
    expect(await warnings(TRIGGERS)).to.include(
      'Chunk 1 of stream SDH0002, which other streams have, is missing; the events are not read.',
    );
    rmSync(join(folder.path, dl0File(1, 0)));
    const found = await warnings(TRIGGERS);
    expect(found)
      .to.match(/Telescope 1 has no data of \d of its \d triggers, those of the events 1, /)
      .and.not.to.include('of the events 1, 2');
    expect(found.match(/has no data of/g)).to.have.length(1);
  });

  it('are told by the ids of the events of a telescope of CTAO, and chunks before the input are named', async () => {
    copy('dl0v1');
    const first = dl0File(1, 0);
    // The telescope did not record event 3.
    expect(await warnings(first)).to.include('1 of the events 1 to 10 is missing');
    for (const chunk of [0, 1]) rmSync(join(folder.path, dl0File(2, chunk)));
    expect(await warnings(first)).to.match(/[2-9] of the events 1 to \d+ are missing/);
    expect(await warnings(first, '--MultiFiles.all_source_ids=false')).not.to.include('missing');
    const later = 'The input is chunk 1 of its run: chunk 0 before it is not read.';
    expect(await warnings(dl0File(1, 1))).to.include(later);
    expect(await warnings(dl0File(1, 1), '--MultiFiles.all_chunks=false')).not.to.include(later);
  });

  it('are told for each stream of an LST, as subruns', async () => {
    copy('lst_evb');
    const file = (stream: number, subrun: number): string =>
      LST.replace('.1.Run', `.${stream}.Run`).replace('0000.fits', `000${subrun}.fits`);
    for (const [stream, subrun] of [1, 2, 4].flatMap((each) => [1, 2].map((of) => [each, of] as const))) {
      if (stream !== 4 || subrun !== 1)
        copyFileSync(join(folder.path, file(stream, 0)), join(folder.path, file(stream, subrun)));
    }
    const found = await warnings(LST, '--MultiFiles.all_subruns=true', '--max-events', '1');
    expect(found).to.include('Subruns 1 to 2 of stream 3, which other streams have, are missing');
    expect(found).to.include('Subrun 1 of stream 4 is missing');
  });

  it('are told by cherenkit events, which keeps the events before a truncation', async () => {
    copy('lst_evb');
    for (const stream of [2, 3, 4]) rmSync(join(folder.path, LST.replace('.1.Run', `.${stream}.Run`)));
    const all = await cherenkit(['events', LST], folder.path);
    expect(all.stderr).to.include('warning: Streams 2, 3, 4 of this run are missing');
    writeFileSync(join(folder.path, LST), readFileSync(data('lst_evb', LST)).subarray(0, 300_000));
    expect((await cherenkit(['events', LST], folder.path)).stderr).to.include('error[ZFITS_TRUNCATED]');
    const { exitCode, stderr } = await cherenkit(['events', LST, '--allow-truncated'], folder.path);
    expect(exitCode).to.equal(0);
    expect(stderr).to.include('The events before it are kept.').and.not.to.include('--allow-truncated');
  });

  it('are warned of if the first chunk of all data handlers is missing', async () => {
    copy('dl0v1');
    for (const handler of [1, 2]) rmSync(join(folder.path, dl0File(handler, 0)));
    expect(await warnings(TRIGGERS))
      .to.include('Chunk 0 of stream SDH0001 is missing')
      .and.not.to.include('The input is chunk');
  });

  it('are told for triggers of an array that end within headers', async () => {
    copy('dl0v1');
    const bytes = readFileSync(data('dl0v1', TRIGGERS));
    for (const [size, found] of [
      [5000, 'the file ends at byte 5000, within the header of table 1'],
      [9000, 'the file ends within the table DataStream, expected a table SubarrayEvents behind it'],
      [18_000, 'the file ends at byte 18000, within the header of table 2'],
    ] as const) {
      writeFileSync(join(folder.path, TRIGGERS), bytes.subarray(0, size));
      expect(await warnings(TRIGGERS))
        .to.include('error[ZFITS_TRUNCATED]')
        .and.to.include(found);
    }
  });

  it('are left out with --allow-truncated, if a stream is empty', async () => {
    copy('lst_evb');
    writeFileSync(join(folder.path, LST.replace('.1.Run', '.3.Run')), '');
    expect(await warnings(LST))
      .to.include('error[ZFITS_TRUNCATED]')
      .and.to.include('the file is empty');
    expect(await warnings(LST, '--allow-truncated')).to.include('8 events, 8 telescope events');
  });
});

describe('images in ADC counts', () => {
  before(skipWithoutTestData);

  it('are neither cleaned nor parametrized in scripts', async () => {
    await using source = await EventSource.open(data('lst_r1v1', LST), { maxEvents: 3 });
    await using pipeline = await createPipeline({ run: source.run });
    expect(pipeline.isRaw).to.equal(true);
    for await (const event of source) {
      processEvent(event, pipeline);
      for (const { image, parameters, imageMask } of event.dl1.tel.values()) {
        expect(image?.length).to.be.greaterThan(0);
        expect([parameters, imageMask]).to.deep.equal([undefined, undefined]);
      }
    }
  });

  it('are neither cleaned nor parametrized if they were written to a file', async () => {
    using folder = new TemporaryFolder();
    const write = async (input: string, output: string, ...options: readonly string[]): Promise<string> => {
      const { exitCode, stderr } = await cherenkit(['process', '-i', input, '-o', output, ...options], folder.path);
      expect(exitCode, stderr).to.equal(0);
      return stderr;
    };
    await write(data('lst_r1v1', LST), 'images.h5', '--write-images', '--max-events', '3');
    const stderr = await write('images.h5', 'parameters.h5', '--write-parameters');
    expect(stderr).to.include('images.h5: the images are in ADC counts, and neither cleaned nor parametrized');
    const { stdout } = await cherenkit(['tables', 'parameters.h5'], folder.path);
    expect(stdout).to.include('/dl1/event/telescope/trigger').and.not.to.include('telescope/parameters');
  });
});
