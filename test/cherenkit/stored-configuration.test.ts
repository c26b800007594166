import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { inTestData, TEST_DATA } from '../support/test-data.js';
import { cherenkit } from '../support/run-command.js';

/** The table that holds the name of the output file itself and its time of creation. */
const RUN_TABLE = /^\/cherenkit\/configuration$/;

/** All tables of a file except the one that describes the run. */
async function tablesOf(path: string): Promise<ReadonlyMap<string, unknown>> {
  await using file = await Hdf5File.open(path);
  const tables = new Map<string, unknown>();
  for (const name of await file.paths()) {
    if (RUN_TABLE.test(name)) continue;
    const table = await file.table(name).catch(() => undefined);
    if (table) tables.set(name, await table.read(table.columns.map((column) => column.name)));
  }
  return tables;
}

const CONFIGURATION = `CameraCalibrator:
  image_extractor_type: [[type, "*", NeighborPeakWindowSum], [id, 2, FixedWindowSum]]
  FixedWindowSum: { peak_index: 9 }
EventSource: { max_events: 2 }
ImageProcessor:
  TailcutsImageCleaner: { picture_threshold_pe: [[type, "*", 8.25], [id, 1, 9.5]] }
  ImageQualityQuery: { quality_criteria: [["größer \\"als\\" 3 'Pixel'", "np.count_nonzero(image) > 3"]] }
DataWriter:
  write_dl1_images: true
  write_dl2: true
  Contact: { name: "Ada Löwe", email: "ada@example.org" }
`;

describe('the configuration stored in an output', function () {
  this.timeout(120_000);

  it('is shown with its file as the origin, and with the input of its run only', async () => {
    using folder = new TemporaryFolder();
    await cherenkit(['process', '-i', 'toymodel:', '-m', '1', '-o', 'first.h5'], folder.path);
    const { stdout } = await cherenkit(['config', 'show', '-c', 'first.h5'], folder.path);
    const [, second] = stdout.split('\n');
    expect(second).to.equal(
      '# first.h5 stores the values of the run that wrote it, including defaults of that version.',
    );
    expect(stdout.match(/input_url: .*/g)).to.deep.equal(['input_url: "toymodel:" # first.h5']);
    expect(stdout).to.include('  window_width: 7 # first.h5\n');
    const plain = await cherenkit(['config', 'show'], folder.path);
    expect(plain.stdout).to.include('EventSource:\n  max_events: null\n').and.not.to.include('input_url');
  });

  it('may have values for telescopes that are not read again', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), CONFIGURATION);
    await cherenkit(['process', '-i', 'toymodel:', '-c', 'mine.yaml', '-o', 'first.h5'], folder.path);
    const args = ['process', '-c', 'first.h5', '-o', 'again.h5', '-t', '1,3'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).not.to.include('has no effect');
  });

  const inputs = ['toymodel:'];
  if (TEST_DATA !== undefined) inputs.push(inTestData('data', 'proton_north_alpha_700.simtel.zst'));
  else console.log('      the real file is skipped: CHERENKIT_TEST_DATA is not set');
  for (const input of inputs) {
    it(`reproduces the tables with and without --input: ${input.replace(/.*\//, '')}`, async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join('mine.yaml'), CONFIGURATION);
      const env = { SOURCE_DATE_EPOCH: '1700000000' };
      const first = await cherenkit(['process', '-i', input, '-c', 'mine.yaml', '-o', 'first.h5'], folder.path, env);
      expect(first.exitCode, first.stderr).to.equal(0);
      const tables = await tablesOf(folder.join('first.h5'));
      expect([...tables.keys()]).to.include('/dl1/event/subarray/trigger');
      for (const args of [
        ['-o', 'again.h5'],
        ['-i', input, '-o', 'told.h5'],
      ]) {
        const again = await cherenkit(['process', '-c', 'first.h5', ...args], folder.path, env);
        expect(again.exitCode, again.stderr).to.equal(0);
        expect(await tablesOf(folder.join(args.at(-1) ?? ''))).to.deep.equal(tables);
      }
      const shown = await cherenkit(['config', 'show', '-c', 'first.h5'], folder.path);
      writeFileSync(folder.join('shown.yaml'), shown.stdout);
      const fromYaml = await cherenkit(['process', '-c', 'shown.yaml', '-o', 'yaml.h5'], folder.path, env);
      expect(fromYaml.exitCode, fromYaml.stderr).to.equal(0);
      expect(await tablesOf(folder.join('yaml.h5'))).to.deep.equal(tables);
    });
  }

  it('is recorded in the provenance log', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), CONFIGURATION);
    await cherenkit(
      ['process', '-i', 'toymodel:', '-c', 'mine.yaml', '-o', 'a.h5', '--provenance-log', 'log.json'],
      folder.path,
    );
    const [{ config, input }] = JSON.parse(readFileSync(folder.join('log.json'), 'utf8')) as {
      config: { ProcessorTool: { ImageProcessor: { TailcutsImageCleaner: object } } };
      input: { role: string }[];
    }[];
    expect(config.ProcessorTool.ImageProcessor.TailcutsImageCleaner).to.deep.include({
      picture_threshold_pe: [
        ['type', '*', 8.25],
        ['id', 1, 9.5],
      ],
      boundary_threshold_pe: 5,
    });
    expect(input.map(({ role }) => role)).to.include('Tool Configuration');
  });

  it('is reported as missing for other files', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('text.h5'), 'no HDF5 at all');
    const { exitCode, stderr } = await cherenkit(['config', 'show', '-c', 'text.h5'], folder.path);
    expect(stderr).to.match(/^error\[HDF5_CORRUPT\]: /);
    expect(exitCode).to.equal(65);
  });
});
