import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { filesOfShard, type ProductionManifest } from '@cherenkit/core';
import { expect } from 'chai';
import { concatenatedRuns } from '../support/concatenated-runs.js';
import { differentTables } from '../support/different-tables.js';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { FIXED_DIRECTION, reconstructorCode, writePackage } from '../support/third-party-plugin.js';

const CONFIGURATION = `
DataWriter: { write_dl1_images: true, write_dl1_parameters: true, write_dl2: true }
ShowerProcessor: { reconstructor_types: [HillasReconstructor] }
`;
const TOY = 'toymodel:?events=13&seed=3';

describe('productions: plan, process --shard, verify, merge --manifest', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  const run = (...args: readonly string[]): Promise<Outcome> => cherenkit(args, folder.path);
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect(exitCode, stderr).to.equal(0);
    return stdout;
  };
  const manifest = (name = 'manifest.json'): ProductionManifest =>
    JSON.parse(readFileSync(folder.join(name), 'utf8')) as ProductionManifest;

  beforeEach(() => {
    folder = new TemporaryFolder();
    writeFileSync(folder.join('dl2.yaml'), CONFIGURATION);
  });
  afterEach(() => folder[Symbol.dispose]());

  /** Plans shards of an input, processes them in reverse order, merges them, and compares them with a single run. */
  async function expectShardsOfSingleRun(input: string, nEvents: number, configuration = 'dl2.yaml'): Promise<void> {
    await succeed('plan', input, '-o', 'manifest.json', '-c', configuration, '--target-events', String(nEvents));
    const { shards } = manifest();
    expect(shards.length).to.be.greaterThan(1);
    for (const { name } of [...shards].reverse()) await succeed('process', '--shard', `manifest.json#${name}`);
    expect(await succeed('verify', 'manifest.json')).to.equal(
      `manifest.json: ${shards.length} of ${shards.length} outputs valid\n`,
    );
    await succeed('merge', '--manifest', 'manifest.json', '-o', 'merged.h5');
    await succeed('process', '-i', input, '-c', configuration, '-o', 'single.h5');
    expect(await differentTables(folder.join('merged.h5'), folder.join('single.h5'))).to.deep.equal([]);
  }

  describe('equality of merged shards and a single run', () => {
    it('holds for simulated events', () => expectShardsOfSingleRun(TOY, 3));

    it('holds for HDF5 files', async () => {
      await succeed('process', '-i', TOY, '-o', 'images.dl1.h5', '--write-images');
      await expectShardsOfSingleRun('images.dl1.h5', 4);
    });

    const real: readonly (readonly [name: string, nEvents: number, configuration?: string])[] = [
      ['gamma_diffuse_north_alpha_600.simtel.zst', 1],
      ['lst_muons.simtel.zst', 10, 'EventSource: { focal_length_choice: EQUIVALENT }\n'],
      ['hdf5/gamma_600.v7.4.0.dl2.h5', 1],
      ['zfits/lst_r1v1_pe/LST-1.1.Run02008.0000.fits.fz', 2, 'EventTypeFilter: { allowed_types: [SUBARRAY] }\n'],
    ];
    for (const [name, nEvents, more] of real) {
      it(`holds for ${name}`, async function () {
        skipWithoutTestData.call(this);
        if (more !== undefined) appendFileSync(folder.join('dl2.yaml'), more);
        await expectShardsOfSingleRun(inTestData('data', name), nEvents);
      });
    }

    it('holds for a file of several runs, with ranges across their ends', async function () {
      skipWithoutTestData.call(this);
      const runs = await concatenatedRuns('gamma_diffuse_north_alpha_600.simtel.zst', [11, 12, 13]);
      folder.write('runs.simtel', runs);
      await expectShardsOfSingleRun('runs.simtel', 4);
    });

    it('holds for merges of merges, in any order of the files', async () => {
      await succeed('plan', TOY, '-o', 'manifest.json', '--target-events', '3');
      for (const { name } of manifest().shards) await succeed('process', '--shard', `manifest.json#${name}`);
      const outputs = manifest().shards.map(({ output }) => output);
      expect(outputs).to.have.lengthOf(4);
      const [a = '', b = '', c = '', d = ''] = outputs;
      const environment = { SOURCE_DATE_EPOCH: '1700000000' };
      const merge = async (output: string, ...args: readonly string[]): Promise<void> => {
        const { exitCode, stderr } = await cherenkit(
          ['merge', '--manifest', 'manifest.json', '-o', output, ...args],
          folder.path,
          environment,
        );
        expect(exitCode, stderr).to.equal(0);
      };
      await merge('all.h5');
      await merge('bc.h5', c, b, '--shards', '1-2');
      await merge('bcd.h5', d, 'bc.h5', '--shards', '1-3');
      await merge('abcd.h5', 'bcd.h5', a);
      await merge('ab.h5', '--shards', '0-1');
      await merge('ab-cd.h5', d, 'ab.h5', c);
      const all = readFileSync(folder.join('all.h5'));
      expect(all.equals(readFileSync(folder.join('abcd.h5')))).to.equal(true);
      expect(all.equals(readFileSync(folder.join('ab-cd.h5')))).to.equal(true);
    });
  });

  describe('plan', () => {
    it('creates the directory of the manifest', async () => {
      await succeed('plan', TOY, '-o', 'production/gamma/manifest.json');
      expect(manifest('production/gamma/manifest.json').shards).to.have.length(1);
    });

    it('divides directories, patterns and lists, with outputs in a new directory', async () => {
      mkdirSync(folder.join('in'));
      for (const [name, seed] of [
        ['a', 1],
        ['b', 2],
      ] as const) {
        await succeed('process', '-i', `toymodel:?events=3&seed=${seed}`, '-o', `in/${name}.dl1.h5`);
      }
      writeFileSync(folder.join('list.txt'), 'in/a.dl1.h5\ntoymodel:?events=2\n');
      await succeed('plan', 'in', '-o', 'out/m.json', '--output-dir', 'out/shards');
      expect(existsSync(folder.join('out/shards'))).to.equal(true);
      const { shards } = manifest('out/m.json');
      expect(shards.map(({ name, output }) => [name, output])).to.deep.equal([
        ['a', 'shards/a.dl1.h5'],
        ['b', 'shards/b.dl1.h5'],
      ]);
      expect(shards[0]?.inputs[0]?.path).to.equal('../in/a.dl1.h5');
      await succeed('process', '--shard', 'out/m.json#1');
      expect(existsSync(folder.join('out/shards/b.dl1.h5'))).to.equal(true);

      await succeed('plan', 'in/?.dl1.h5', '-o', 'glob.json');
      expect(manifest('glob.json').shards).to.have.lengthOf(2);
      await succeed('plan', '@list.txt', '-o', 'list.json');
      expect(manifest('list.json').shards.map(({ inputs }) => inputs[0]?.path)).to.deep.equal([
        'in/a.dl1.h5',
        'toymodel:?events=2',
      ]);
    });

    it('leaves out files of directories that are no events, and names the pattern for folders', async () => {
      mkdirSync(folder.join('runs'));
      const plan = (...inputs: readonly string[]): Promise<Outcome> =>
        run('plan', ...inputs, '-o', 'manifest.json', '-c', 'dl2.yaml', '--overwrite');
      mkdirSync(folder.join('runs/night'));
      const empty = await plan('runs');
      expect(empty.stderr).to.include(
        "error[INPUT_NOT_NAMED]: runs has no file *; folders in it are not searched. Give files, or a pattern in quotes with the folders: 'runs/**/*'.",
      );
      writeFileSync(folder.join('runs/night/README.md'), 'no events');
      expect((await plan('runs', '-p', '**/*')).stderr).to.include(
        'error[INPUT_NOT_NAMED]: No event source can read runs/night/README.md',
      );
      await succeed('process', '-i', TOY, '-o', 'runs/night/images.dl1.h5', '--write-images');
      const { stderr, exitCode } = await plan('runs', '-p', '**/*');
      expect(exitCode).to.equal(0);
      expect(stderr).to.include('No event source can read runs/night/README.md: the manifest has no shard of it.');
      expect(manifest().shards.map(({ inputs }) => inputs.map(({ path }) => path))).to.deep.equal([
        ['runs/night/images.dl1.h5'],
      ]);
    });

    it('divides long files by bytes, and gives the same names for the same input', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5', '--write-images');
      const bytes = readFileSync(folder.join('a.dl1.h5')).length;
      await succeed('plan', 'a.dl1.h5', '-o', 'm.json', '--target-bytes', String(Math.ceil(bytes / 3)));
      const names = manifest('m.json').shards.map(({ name }) => name);
      expect(names).to.deep.equal(['a.0-5', 'a.5-10', 'a.10-13']);
    });

    it('joins consecutive short inputs, but not with those that are divided', async () => {
      const inputs = [3, 4, 2, 20, 1].map((events, i) => `toymodel:?events=${events}&seed=${i}&obs_id=${i + 1}`);
      const { stderr } = await run('plan', ...inputs, '-o', 'm.json', '--target-events', '9');
      expect(stderr).to.equal('');
      const { shards } = manifest('m.json');
      expect(shards.map((shard) => [shard.inputs.length, shard.events])).to.deep.equal([
        [3, undefined],
        [1, [0, 10]],
        [1, [10, 20]],
        [1, undefined],
      ]);
      expect(shards[0]?.name).to.match(/^toymodel-[\da-f]{8}\+2$/);
      // Without a size of shards, each input is one.
      await succeed('plan', ...inputs.slice(0, 3), '-o', 'each.json');
      expect(manifest('each.json').shards).to.have.lengthOf(3);
    });

    it('warns of simulated inputs with the same observation id whose events it counts', async () => {
      const { stderr, exitCode } = await run(
        'plan',
        'toymodel:?events=2&seed=1',
        'toymodel:?events=2&seed=2',
        'toymodel:?events=2&seed=3&obs_id=7',
        '-o',
        'm.json',
        '--target-events',
        '2',
      );
      expect(exitCode).to.equal(0);
      expect(stderr).to.match(/seed=1.*seed=2.* have the observation id 1: .*--obs-id\.\n$/);
    });

    it('warns of many short shards', async () => {
      mkdirSync(folder.join('in'));
      for (let i = 0; i < 100; i++) writeFileSync(folder.join(`in/${i}.simtel`), `no events, ${i}`);
      const { stderr } = await run('plan', 'in/*.simtel', '-o', 'm.json');
      expect(stderr).to.include('100 shards have 0.000013 MB of input each');
      expect((await run('plan', 'in/*.simtel', '-o', 'n.json', '--target-bytes', '1000000')).stderr).to.equal('');
      expect(manifest('n.json').shards).to.have.lengthOf(1);
    });

    it('refuses inputs of the same content, and files that do not exist', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5');
      copyFileSync(folder.join('a.dl1.h5'), folder.join('b.dl1.h5'));
      const twice = await run('plan', 'a.dl1.h5', 'b.dl1.h5', '-o', 'm.json');
      expect(twice.exitCode).to.equal(2);
      expect(twice.stderr).to.match(/^error\[INPUT_TWICE\]: b\.dl1\.h5 has the same content as a\.dl1\.h5/);
      const missing = await run('plan', 'c.h5', '-o', 'm.json');
      expect(missing.exitCode).to.equal(66);
      expect(missing.stderr).to.match(/^error\[INPUT_MISSING\]: c\.h5 cannot be read/);
      expect((await run('plan', '*.simtel', '-o', 'm.json')).stderr).to.match(
        /^error\[INPUT_MISSING\]: No file matches/,
      );
      expect(existsSync(folder.join('m.json'))).to.equal(false);
    });

    it('divides by the time of earlier runs, and proposes memory and time', async () => {
      const report = { format: 'cherenkit-report', activity: 'cherenkit-process', exitCode: 0 };
      const used = { wallSeconds: 60, peakMemory: 2e8, events: 30, inputs: [] };
      writeFileSync(folder.join('report.json'), JSON.stringify({ ...report, ...used }));
      await succeed('plan', TOY, '-o', 'm.json', '--target-seconds', '9', '--reports', 'report.json');
      const { shards, resources } = manifest('m.json');
      expect(shards.map(({ events }) => events)).to.deep.equal([
        [0, 5],
        [5, 10],
        [10, 13],
      ]);
      expect(resources).to.deep.equal({ memoryBytes: 2.4e8, seconds: 15 });
      expect((await run('plan', TOY, '-o', 'n.json', '--target-seconds', '9')).exitCode).to.equal(2);
      expect((await run('plan', TOY, '-o', 'n.json', '--reports', 'dl2.yaml')).exitCode).to.equal(65);
    });

    it('refuses a configuration with mistakes', async () => {
      writeFileSync(folder.join('wrong.yaml'), 'ImageProcesor: { image_cleaner_type: TailcutsImageCleaner }\n');
      const { exitCode, stderr } = await run('plan', TOY, '-o', 'm.json', '-c', 'wrong.yaml');
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/ImageProcesor/);
    });
  });

  describe('process', () => {
    it('processes a range of events as a run over all does', async () => {
      const shown = await succeed('process', '-i', TOY, '-o', 'part.h5', '--events', '4:6');
      expect(shown).to.match(/^part\.h5: 2 events/);
      await succeed('process', '-i', TOY, '-o', 'rest.h5', '--events', '12:');
      for (const range of ['5', '6:6', 'a:b', '-1:3']) {
        const { exitCode, stderr } = await run('process', '-i', TOY, '-o', 'x.h5', `--events=${range}`);
        expect(exitCode).to.equal(2);
        expect(stderr).to.match(/^error: --events: expected /);
      }
    });

    it('takes all streams of a run of an LST as the input of one shard', async function () {
      skipWithoutTestData.call(this);
      mkdirSync(folder.join('night'));
      const streams = [1, 2, 3, 4].map((stream) => `night/LST-1.${stream}.Run02008.0000.fits.fz`);
      for (const path of streams) {
        copyFileSync(inTestData('data', 'zfits', 'lst_evb', path.slice('night/'.length)), folder.join(path));
      }
      const planned = await run('plan', 'night', '-o', 'manifest.json', '--target-events', '3');
      expect(planned.stdout).to.match(/^manifest\.json: 1 shard of 1 input, with 3 more files/);
      expect(planned.stderr).to.include('is one shard, since the times of events depend on the events before');
      expect(manifest().shards.map((shard) => filesOfShard(shard).map(({ path }) => path))).to.deep.equal([streams]);
      const args = ['process', '--shard', 'manifest.json#0', '--if-needed'];
      expect(await succeed(...args)).to.match(/: 10 events/);
      expect(await succeed(...args)).to.match(/: up to date/);
      renameSync(folder.join(streams[2] ?? ''), folder.join('third'));
      const { exitCode, stderr } = await run(...args);
      expect(exitCode).to.equal(65);
      expect(stderr).to.include('error[SHARD_INPUT_CHANGED]');
    });

    it('does nothing with --if-needed if the output is that of the same run', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5', '--write-images');
      const args = ['process', '-o', 'out.h5', '--if-needed', '--write-showers'];
      expect(await succeed(...args, '-i', 'a.dl1.h5')).to.match(/^out\.h5: 13 events/);
      const before = readFileSync(folder.join('out.h5'));
      expect(await succeed(...args, '-i', 'a.dl1.h5')).to.equal('out.h5: up to date\n');
      // Where the input is does not matter.
      renameSync(folder.join('a.dl1.h5'), folder.join('moved.dl1.h5'));
      expect(await succeed(...args, '-i', 'moved.dl1.h5')).to.equal('out.h5: up to date\n');
      expect(before.equals(readFileSync(folder.join('out.h5')))).to.equal(true);
      const changes: readonly (readonly string[])[] = [['--no-write-parameters'], ['--events', '0:5'], ['-i', TOY]];
      for (const change of changes) {
        const input = change[0] === '-i' ? [] : ['-i', 'moved.dl1.h5'];
        expect(await succeed(...args, ...input, ...change)).to.match(/^out\.h5: \d+ events/);
      }
      truncateSync(folder.join('out.h5'), 1000);
      expect(await succeed(...args, '-i', TOY)).to.match(/^out\.h5: 13 events/);
    });

    it('refuses shards that are not those of the plan', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5', '--write-images');
      await succeed('plan', 'a.dl1.h5', '-o', 'm.json', '--target-events', '4');
      const refused = async (code: string, ...args: readonly string[]): Promise<string> => {
        const { stderr } = await run('process', ...args);
        expect(stderr).to.match(new RegExp(`^error\\[${code}\\]`));
        return stderr;
      };
      await refused('SHARD_UNKNOWN', '--shard', 'm.json');
      await refused('SHARD_UNKNOWN', '--shard', 'm.json#7');
      await refused('INPUT_MISSING', '--shard', 'n.json#7');
      await refused('EVENT_RANGE_REFUSED', '--shard', 'm.json#0', '--events', '0:1');
      await refused('SHARD_OUTDATED', '--shard', 'm.json#0', '--write-showers');
      writeFileSync(
        folder.join('old.json'),
        JSON.stringify({ ...manifest('m.json'), software: { cherenkit: '0.0.1' } }),
      );
      await refused('SHARD_OUTDATED', '--shard', 'old.json#0');
      writeFileSync(folder.join('broken.json'), '{}');
      await refused('MANIFEST_INVALID', '--shard', 'broken.json#0');
      appendFileSync(folder.join('a.dl1.h5'), 'x');
      await refused('SHARD_INPUT_CHANGED', '--shard', 'm.json#0');
      expect(existsSync(folder.join('a.0-5.dl1.h5'))).to.equal(false);
    });

    it('refuses ranges if events depend on each other, and shards of another version of a plugin', async () => {
      const code = reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION);
      const [sharing, unknown] = [
        code.replace('components:', 'sharesState: true, components:'),
        code.replace(/resultClasses = .*;/, ''),
      ];
      const fit = ['-i', TOY, '-o', 'x.h5', '--reconstructor', 'PlaneFit', '--write-showers', '--events', '0:2'];
      for (const [name, each, reason] of [
        ['sharing', sharing, 'plugin plane-fit shares state between events'],
        ['unknown', unknown, 'PlaneFit declares no resultClasses'],
      ] as const) {
        const plugin = await writePackage(folder.join(name), { packageName: 'plane-fit', code: each });
        const { exitCode, stderr } = await run('process', ...fit, '--plugin', plugin);
        expect(exitCode, stderr).to.equal(2);
        expect(stderr)
          .to.match(/^error\[EVENT_RANGE_REFUSED\]/)
          .and.include(reason);
      }
      const plugin = await writePackage(folder.join('plugin'), { packageName: 'plane-fit', code });
      writeFileSync(folder.join('fit.yaml'), 'ShowerProcessor: { reconstructor_types: [PlaneFit] }\n');
      await succeed('plan', TOY, '-o', 'm.json', '-c', 'fit.yaml', '--plugin', plugin, '--target-events', '6');
      expect(manifest('m.json').software.plugins).to.deep.equal({ 'plane-fit': '1.2.3' });
      await succeed('process', '--shard', 'm.json#1', '--plugin', plugin);
      const content = readFileSync(folder.join('plugin/package.json'), 'utf8');
      writeFileSync(folder.join('plugin/package.json'), content.replace('1.2.3', '1.3.0'));
      const { stderr } = await run('process', '--shard', 'm.json#0', '--plugin', plugin);
      expect(stderr).to.match(/^error\[SHARD_OUTDATED\].*"plane-fit":"1\.3\.0"/);
    });

    it('processes a shard whose input and output are elsewhere', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5', '--write-images');
      await succeed('plan', 'a.dl1.h5', '-o', 'm.json');
      mkdirSync(folder.join('job'));
      renameSync(folder.join('a.dl1.h5'), folder.join('job/staged.h5'));
      const output = await succeed('process', '--shard', 'm.json#a', '-i', 'job/staged.h5', '-o', 'job/out.h5');
      expect(output).to.match(/^job\/out\.h5: 13 events/);
    });
  });

  describe('process of a shard with several inputs', () => {
    /** Three files, of which two have the same name, in one shard, and each in one. */
    beforeEach(async () => {
      for (const [i, path] of ['a/run.simtel', 'b/run.simtel', 'b/run2.simtel'].entries()) {
        mkdirSync(folder.join(dirname(path)), { recursive: true });
        const number = String(i + 1);
        await succeed('simulate', '-o', path, '--array', 'chec', '--events', '3', '--seed', number, '--obs-id', number);
      }
      await succeed('plan', 'a', 'b', '-o', 'm.json', '-c', 'dl2.yaml', '--target-events', '9');
      expect(manifest('m.json').shards.map(({ inputs }) => inputs.map(({ path }) => path))).to.deep.equal([
        ['a/run.simtel', 'b/run.simtel', 'b/run2.simtel'],
      ]);
    });

    const outputs = (): string[] => readdirSync(folder.path).filter((name) => /run-.*\.(?:h5|part)/.test(name));

    it('writes the tables of the merged outputs of each', async () => {
      expect(await succeed('process', '--shard', 'm.json#0', '--report', 'report.json')).to.match(/: 9 events, /);
      const [{ output } = { output: '' }] = manifest('m.json').shards;
      expect(outputs()).to.deep.equal([output]);
      const report = JSON.parse(readFileSync(folder.join('report.json'), 'utf8')) as {
        readonly events: number;
        readonly inputs: readonly object[];
        readonly outputs: readonly { readonly path: string }[];
      };
      expect([report.events, report.inputs.length, report.outputs.map(({ path }) => path)]).to.deep.equal([
        9,
        3,
        [output],
      ]);
      expect(await succeed('verify', 'm.json')).to.equal('m.json: 1 of 1 output valid\n');
      await succeed('plan', 'a', 'b', '-o', 'each/m.json', '-c', 'dl2.yaml');
      for (let i = 0; i < 3; i++) await succeed('process', '--shard', `each/m.json#${i}`);
      await succeed('merge', '--manifest', 'each/m.json', '-o', 'each.h5');
      await succeed('merge', '--manifest', 'm.json', '-o', 'joined.h5');
      expect(await differentTables(folder.join('joined.h5'), folder.join('each.h5'))).to.deep.equal([]);
      expect(await differentTables(folder.join(output), folder.join('each.h5'))).to.deep.equal([]);
      expect((await run('diff', 'joined.h5', 'each.h5')).exitCode).to.equal(1);
      expect(await succeed('diff', 'joined.h5', 'each.h5', '--ignore-provenance')).to.match(/, 0 differences\n$/);
    });

    it('does nothing with --if-needed if the output is that of all inputs', async () => {
      const args = ['process', '--shard', 'm.json#0', '--if-needed'];
      await succeed(...args);
      expect(await succeed(...args)).to.match(/^run-[\da-f]+\+2\.dl2\.h5: up to date\n$/);
      expect((await run('process', '--shard', 'm.json#0')).stderr).to.match(/^error\[OUTPUT_EXISTS\]/);
    });

    it('leaves nothing and names the input if one of them fails', async () => {
      renameSync(folder.join('b/run2.simtel'), folder.join('elsewhere'));
      const missing = await run('process', '--shard', 'm.json#0');
      expect(missing).to.include({ exitCode: 66 });
      expect(missing.stderr).to.match(/^error\[INPUT_MISSING\]: --shard m\.json#0: Cannot read b\/run2\.simtel: /);
      writeFileSync(folder.join('b/run2.simtel'), 'x');
      const changed = await run('process', '--shard', 'm.json#0');
      expect(changed).to.include({ exitCode: 65 });
      expect(changed.stderr).to.match(/^error\[SHARD_INPUT_CHANGED\]: --shard m\.json#0: b\/run2\.simtel is /);
      expect((await run('process', '--shard', 'm.json#0', '-i', 'elsewhere')).stderr).to.match(
        /^error\[SHARD_INPUT_CHANGED\]: --shard m\.json#0 has 3 inputs, --input names one file/,
      );
      // An array that differs is found when the parts are merged.
      await succeed(
        'simulate',
        '-o',
        'b/run2.simtel',
        '--array',
        'lst',
        '--events',
        '2',
        '--obs-id',
        '3',
        '--overwrite',
      );
      await succeed('plan', 'a', 'b', '-o', 'm.json', '--target-events', '9', '--overwrite');
      const { stderr } = await run('process', '--shard', 'm.json#0');
      expect(stderr).to.match(
        /^error\[MERGE_REFUSED\]:\n.*\n- b\/run2\.simtel has another telescope array than a\/run/,
      );
      expect(outputs()).to.deep.equal([]);
    });

    it('names the remedy for events of the same ids', async () => {
      await succeed('simulate', '-o', 'b/run2.simtel', '--array', 'chec', '--events', '4', '--overwrite');
      await succeed('plan', 'a', 'b', '-o', 'm.json', '--target-bytes', '1000000000', '--overwrite');
      const { stderr } = await run('process', '--shard', 'm.json#0');
      expect(stderr).to.match(
        /- b\/run2\.simtel contains event_id .* a second time\. .* cherenkit simulate --obs-id.* SimTelEventSource\.obs_id_offset/,
      );
    });
  });

  describe('verify', () => {
    beforeEach(async () => {
      await succeed('plan', TOY, 'toymodel:?events=2&seed=5', '-o', 'manifest.json', '--target-events', '3');
    });

    it('lists outputs that are missing, broken, foreign and stale, and their numbers', async () => {
      const { shards } = manifest();
      expect(shards).to.have.lengthOf(5);
      const nothing = await run('verify', 'manifest.json', '--resubmit');
      expect(nothing).to.include({ exitCode: 66, stdout: '0-4\n' });
      for (const i of shards.keys()) await succeed('process', '--shard', `manifest.json#${i}`);
      expect(await succeed('verify', 'manifest.json', '--resubmit')).to.equal('');
      const [first = '', second = '', third = '', , fifth = ''] = shards.map(({ output }) => output);
      truncateSync(folder.join(first), 5000);
      copyFileSync(folder.join(third), folder.join(second));
      writeFileSync(
        folder.join('changed.json'),
        JSON.stringify({ ...manifest(), configurationDigest: 'sha256:of another configuration' }),
      );
      const found = await run('verify', 'manifest.json');
      expect(found.exitCode).to.equal(65);
      const lines = found.stdout.split('\n');
      expect(lines[0]).to.match(
        /^broken: 0 .*: The HDF5 file is corrupt at byte 5000: expected a file of \d+ bytes, found 5000/,
      );
      expect(lines[1]).to.match(/^foreign: 1 .*: it has the events 8:12, expected the events 4:8$/);
      expect(lines[2]).to.equal('manifest.json: 3 of 5 outputs valid, 1 broken, 1 foreign');
      renameSync(folder.join(fifth), folder.join('elsewhere.h5'));
      const withMissing = await run('verify', 'manifest.json', '--resubmit');
      expect(withMissing).to.include({ exitCode: 66, stdout: '0-1,4\n' });
      const stale = await run('verify', 'changed.json');
      expect(stale.stdout).to.match(/stale: 3 .*: it was made with another configuration\n/);
    });

    it('finds changed inputs', async () => {
      await succeed('process', '-i', TOY, '-o', 'a.dl1.h5');
      await succeed('plan', 'a.dl1.h5', '-o', 'm.json');
      await succeed('process', '--shard', 'm.json#0', '-o', 'b.dl1.h5');
      appendFileSync(folder.join('a.dl1.h5'), 'x');
      const { exitCode, stdout } = await run('verify', 'm.json', '--check-inputs');
      expect(exitCode).to.equal(65);
      expect(stdout).to.match(/^input: a\.dl1\.h5: it has changed since the plan\n/);
      renameSync(folder.join('a.dl1.h5'), folder.join('c.dl1.h5'));
      const missing = await run('verify', 'm.json', '--check-inputs');
      expect(missing.exitCode).to.equal(66);
      expect(missing.stdout).to.match(/^missing input: a\.dl1\.h5: there is no such file\n/);
      expect(missing.stdout).to.match(/, 1 input missing\n$/);
    });

    it('refuses what is no manifest', async () => {
      expect((await run('verify', 'dl2.yaml')).exitCode).to.equal(65);
      expect((await run('verify', 'x.json')).exitCode).to.equal(66);
      expect((await run('verify')).exitCode).to.equal(2);
    });
  });

  describe('merge --manifest', () => {
    beforeEach(async () => {
      await succeed('plan', TOY, '-o', 'manifest.json', '--target-events', '6');
      for (const i of manifest().shards.keys()) await succeed('process', '--shard', `manifest.json#${i}`);
    });

    it('refuses gaps, doubles and foreign files by name', async () => {
      const [first = '', second = ''] = manifest().shards.map(({ output }) => output);
      const merge = (...args: readonly string[]): Promise<Outcome> =>
        run('merge', '--manifest', 'manifest.json', '-o', 'merged.h5', ...args);
      const gap = await merge(second);
      expect(gap.exitCode).to.equal(66);
      expect(gap.stderr).to.match(/^- shard 0 \(toymodel-[\da-f]+\.0-7\) is in none of the files$/m);
      copyFileSync(folder.join(first), folder.join('copy.h5'));
      expect((await merge(first, second, 'copy.h5')).stderr).to.match(/^- shard 0 \(.*\) is in .* and in copy\.h5$/m);
      await succeed('process', '-i', TOY, '-o', 'other.h5');
      expect((await merge(first, second, 'other.h5')).stderr).to.match(/^- other\.h5 is foreign: /m);
      renameSync(folder.join(first), folder.join('moved.h5'));
      const missing = await merge();
      expect(missing.exitCode).to.equal(66);
      expect(missing.stderr).to.match(/^- shard 0 \(.*\): .* is missing: there is no such file$/m);
      expect(existsSync(folder.join('merged.h5'))).to.equal(false);
      await succeed('merge', '--manifest', 'manifest.json', '-o', 'merged.h5', second, 'moved.h5');
    });

    it('merges a single shard', async () => {
      const summary = await succeed('merge', '--manifest', 'manifest.json', '-o', 'merged.h5', '--shards', '1');
      expect(summary).to.include('1 file');
    });

    it('refuses options that exclude each other', async () => {
      for (const args of [
        ['--manifest', 'manifest.json', '--skip-broken-files'],
        ['--manifest', 'manifest.json', '--append'],
        ['--shards', '0-1'],
        ['--manifest', 'manifest.json', '--shards', '1-0'],
        ['--manifest', 'manifest.json', '--shards', '0-9'],
        ['--manifest', 'manifest.json', '--shards', ''],
        ['--shards', ''],
      ]) {
        expect((await run('merge', '-o', 'merged.h5', ...args)).exitCode, args.join(' ')).to.equal(2);
      }
    });
  });
});
