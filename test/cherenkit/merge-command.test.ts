import fc from 'fast-check';
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, runCtapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

const TRIGGER = '/dl1/event/subarray/trigger';
/** Makes the ids and times of output files depend on the observation blocks only. */
const REPRODUCIBLE = { SOURCE_DATE_EPOCH: '1700000000' };

/** Differences to ctapipe's merger, which loses these. */
const LOST_BY_CTAPIPE = [
  '/simulation/service/atmosphere_density_profile: is not in the reference',
  '/: attribute CTA PROCESS ID',
  '/: attribute CTA PRODUCT DATA LEVELS',
];

/** Makes monitoring data those of simulations, with an observation block: arguments are input, events, output, obs_id. */
const OBSERVED_MONITORING = `
import shutil, sys, warnings, tables
warnings.simplefilter('ignore')
source, events, output, obs_id = sys.argv[1:]
shutil.copyfile(source, output)
with tables.open_file(output, 'r+') as file, tables.open_file(events) as other:
    file.root._v_attrs['CTA PRODUCT DATA CATEGORY'] = other.root._v_attrs['CTA PRODUCT DATA CATEGORY']
    for name in ('scheduling_block', 'observation_block'):
        node = other.get_node('/configuration/observation/' + name)
        node._f_copy(file._get_or_create_path('/configuration/observation', True))
    block = file.root.configuration.observation.observation_block
    block.modify_column(colname='obs_id', column=block.col('obs_id') * 0 + int(obs_id))`;

/** Removes the observation blocks of a file. */
const WITHOUT_OBSERVATIONS = `
import sys, tables
with tables.open_file(sys.argv[1], 'r+') as file:
    file.remove_node('/configuration/observation', recursive=True)`;

/** Copies a file with other event ids: arguments are input, output, difference. */
const OTHER_EVENTS = `
import shutil, sys, tables
source, output, shift = sys.argv[1:]
shutil.copyfile(source, output)
with tables.open_file(output, 'r+') as file:
    for table in file.walk_nodes('/', 'Table'):
        if 'event_id' in table.colnames and len(table) > 0:
            table.modify_column(colname='event_id', column=table.col('event_id') + int(shift))`;

/** Copies a file with a table per telescope type instead of per telescope, as ctapipe wrote them up to 0.15. */
const SPLIT_BY_TYPE = `
import os, shutil, sys, warnings, numpy as np, tables
warnings.simplefilter('ignore')
source, output = sys.argv[1:]
shutil.copyfile(source, output)
os.chmod(output, 0o644)
with tables.open_file(output, 'r+') as file:
    layout = file.root.configuration.instrument.subarray.layout[:]
    types = {int(row['tel_id']): row['tel_description'].decode() for row in layout}
    for group in [group for base in ('/dl1', '/dl2', '/simulation') for group in file.walk_groups(base)]:
        by_type = {}
        for table in group._f_list_nodes('Table'):
            if table._v_name.startswith('tel_'):
                by_type.setdefault(types[int(table._v_name[4:])], []).append(table)
        for name, parts in by_type.items():
            rows = np.concatenate([part[:] for part in parts])
            rows = rows[np.lexsort((rows['tel_id'], rows['event_id']))]
            table = file.create_table(group, name, obj=rows, filters=parts[0].filters)
            for key in parts[0]._v_attrs._f_list('user'):
                table._v_attrs[key] = parts[0]._v_attrs[key]
            for part in parts:
                file.remove_node(part)`;

describe('cherenkit merge', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const merge = async (...args: readonly string[]): Promise<Outcome> =>
    cherenkit(['merge', ...args], folder.path, REPRODUCIBLE);

  async function merged(output: string, ...args: readonly string[]): Promise<Buffer> {
    const { stderr, exitCode } = await merge(...args, '-o', output, '--overwrite');
    expect(exitCode, stderr).to.equal(0);
    return readFileSync(folder.join(output));
  }

  /** Observation blocks of the events of a file. */
  async function obsIds(path: string): Promise<number[]> {
    return Array.from((await readTable(folder.join(path), TRIGGER)).numbers('obs_id'));
  }

  async function refusal(...args: readonly string[]): Promise<string> {
    const { stderr, exitCode } = await merge(...args, '-o', 'refused.h5');
    expect(exitCode, stderr).to.be.oneOf([2, 65, 66]);
    expect(readdirSync(folder.path).filter((name) => name.includes('refused'))).to.deep.equal([]);
    return stderr;
  }

  before(async function () {
    this.timeout(120_000);
    await simulated('toy.simtel');
    for (const obsId of [11, 12, 13, 14]) await processed('toy.simtel', `${obsId}.h5`, obsId);
  });

  async function simulated(output: string, ...flags: readonly string[]): Promise<void> {
    const args = ['simulate', '-o', output, '--events', '2', '--seed', '1', '--quiet', ...flags];
    const { stderr, exitCode } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
  }

  async function processed(input: string, output: string, obsId: number): Promise<void> {
    const flags = ['--write-images', '--write-showers', '--quiet', `--SimTelEventSource.override_obs_id=${obsId}`];
    const { stderr, exitCode } = await cherenkit(
      ['process', '-i', input, '-o', output, ...flags],
      folder.path,
      REPRODUCIBLE,
    );
    expect(exitCode, stderr).to.equal(0);
  }

  it('concatenates the rows of all files, in their order', async () => {
    await merged('all.h5', '12.h5', '11.h5');
    const [first, second] = [await obsIds('12.h5'), await obsIds('11.h5')];
    expect(await obsIds('all.h5')).to.deep.equal([...first, ...second]);
    await using file = await Hdf5File.open(folder.join('all.h5'));
    await using part = await Hdf5File.open(folder.join('12.h5'));
    expect(await file.paths()).to.include.members(await part.paths());
    expect((await file.attributes('/')).get('CTA ACTIVITY NAME')).to.equal('cherenkit-merge');
    expect((await readTable(file, '/cherenkit/service/merged')).nRows).to.equal(2);
  });

  it('is associative, byte for byte', async () => {
    const all = await merged('all.h5', '11.h5', '12.h5', '13.h5', '14.h5');
    await merged('left.h5', '11.h5', '12.h5');
    await merged('right.h5', '13.h5', '14.h5');
    expect((await merged('both.h5', 'left.h5', 'right.h5')).equals(all)).to.equal(true);
    await merged('three.h5', '12.h5', 'right.h5');
    expect((await merged('both.h5', '11.h5', 'three.h5')).equals(all)).to.equal(true);
  });

  it('is associative for any tree of merges', async function () {
    this.timeout(120_000);
    const names = ['12', '11', '14', '13'];
    const all = await merged('all.h5', ...names.map((name) => `${name}.h5`));
    /** Merges the files in groups whose sizes are given, then the merges in groups, until one is left. */
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(sizes, async (groups) => {
        let files = names.map((name) => `${name}.h5`);
        for (let level = 0; files.length > 1; level++) {
          const next: string[] = [];
          for (let i = 0; files.length > 0; i++) {
            const part = files.splice(0, level > 3 ? files.length : groups[(level + i) % groups.length]);
            const output = `tree_${level}_${i}.h5`;
            await merged(output, ...part);
            next.push(output);
          }
          files = next;
        }
        expect(readFileSync(folder.join(files[0])).equals(all)).to.equal(true);
      }),
      { numRuns: 3 },
    );
  });

  it('appends to an existing output', async () => {
    const all = await merged('all.h5', '11.h5', '12.h5');
    await merged('grown.h5', '11.h5');
    const { exitCode, stderr } = await merge('12.h5', '-o', 'grown.h5', '--append');
    expect(exitCode, stderr).to.equal(0);
    expect(readFileSync(folder.join('grown.h5')).equals(all)).to.equal(true);
  });

  it('reads the files of a list, and those of a directory that match a pattern', async () => {
    const all = await merged('all.h5', '11.h5', '12.h5', '13.h5');
    writeFileSync(folder.join('list.txt'), '# first\n11.h5\n\n12.h5\r\n');
    expect((await merged('some.h5', '@list.txt', '13.h5')).equals(all)).to.equal(true);
    expect((await merged('some.h5', '--input-dir', '.', '--pattern', '1[123].h5')).equals(all)).to.equal(true);
  });

  it('leaves out what flags exclude, and the data level', async () => {
    await merged('some.h5', '11.h5', '12.h5', '--no-dl1-images', '--no-true-images', '--no-dl2-telescope');
    await using file = await Hdf5File.open(folder.join('some.h5'));
    const paths = await file.paths();
    expect(
      paths.filter((path) => /^\/dl1\/event\/telescope\/images|^\/dl2\/event\/telescope/.test(path)),
    ).to.deep.equal([]);
    const images = paths.find((path) => path.startsWith('/simulation/event/telescope/images/')) ?? '';
    expect((await readTable(file, images)).names)
      .to.include('true_image_sum')
      .and.not.include('true_image');
    expect((await file.attributes('/')).get('CTA PRODUCT DATA LEVELS')).to.equal('DL1_PARAMETERS,DL2');
  });

  it('lists all problems of all files, and writes nothing', async () => {
    copyFileSync(folder.join('11.h5'), folder.join('copy.h5'));
    copyFileSync(folder.join('12.h5'), folder.join('short.h5'));
    truncateSync(folder.join('short.h5'), 20_000);
    const text = await refusal('11.h5', 'copy.h5', 'short.h5', 'nowhere.h5');
    expect(text).to.match(/^error\[MERGE_REFUSED\]:\n4 files cannot be merged: 3 problems\. No output was written\.\n/);
    expect(text).to.match(/- copy\.h5 contains obs_id 11, as does 11\.h5\. Both contain event_id \d.*: leave one /);
    expect(text).to.not.include('--single-ob');
    expect(text).to.include('short.h5').and.include('nowhere.h5');
  });

  it('refuses files of another array, and with other tables', async () => {
    await simulated('south.simtel', '--array', 'south');
    await processed('south.simtel', '15.h5', 15);
    expect(await refusal('11.h5', '15.h5')).to.match(/15\.h5 has another telescope array than 11\.h5: its \S+ /);
    await merged('less.h5', '12.h5', '--no-dl1-images');
    expect(await refusal('11.h5', 'less.h5')).to.include(
      'less.h5 has no /dl1/event/telescope/images, in contrast to 11.h5',
    );
    await merged('even.h5', '11.h5', 'less.h5', '--no-dl1-images');
  });

  it('refuses floats and fixed-point integers in one column, and lists missing tables as well', async () => {
    const flags = ['--DataWriter.transform_image=true', '--write-images', '--quiet', '--overwrite'];
    const source = ['-i', 'toy.simtel', '--SimTelEventSource.override_obs_id=15'];
    const { stderr, exitCode } = await cherenkit(['process', ...source, '-o', 'lossy.h5', ...flags], folder.path);
    expect(exitCode, stderr).to.equal(0);
    const [lossy, plain] = ['fixed-point integers', 'plain numbers'];
    for (const [first, second, own, other] of [
      ['11.h5', 'lossy.h5', lossy, plain],
      ['lossy.h5', '11.h5', plain, lossy],
    ]) {
      const text = await refusal(first, second);
      expect(text).to.include(
        `${second}: column image of /dl1/event/telescope/images/tel_001 is stored as ${own}, in ${first} as ${other}.`,
      );
      expect(text).to.include('lossy.h5 has no /dl2/event/subarray/geometry/HillasReconstructor, in contrast to 11.h5');
    }
  });

  it('refuses data models that cannot be read, also of a single file', async () => {
    const bytes = readFileSync(folder.join('11.h5')).toString('latin1');
    writeFileSync(folder.join('future.h5'), Buffer.from(bytes.replaceAll('v7.6.0', 'v8.0.0'), 'latin1'));
    const problem = '- future.h5 has data model v8.0.0; expected v4.0.0 to v7.6.0.';
    expect(await refusal('future.h5')).to.include(problem);
    const text = await refusal('future.h5', '12.h5');
    expect(text).to.include('2 files cannot be merged: 1 problem.').and.include(problem);
  });

  it('prints files and events, and the progress if asked for', async () => {
    const { stdout, stderr } = await merge('11.h5', '12.h5', '-o', 'shown.h5', '--overwrite', '--progress');
    expect(stdout).to.match(/^shown\.h5: 2 files, \d+ events, \d+\.\d [kM]B, in \d+\.\d s\n$/);
    expect(stderr).to.match(/\d\/2 files (?:examined|merged)/);
    expect((await merge('11.h5', '-o', 'shown.h5', '--overwrite', '--quiet')).stdout).to.equal('');
  });

  it('names the flag that leaves out only what is missing', async () => {
    await merged('less.h5', '12.h5', '--exclude', '/simulation/event/telescope/impact/*');
    const remedy = "--exclude '/simulation/event/telescope/impact*'";
    expect(await refusal('11.h5', 'less.h5')).to.include(`Leave the table out with ${remedy}`);
    await merged('even.h5', '11.h5', 'less.h5', '--exclude', '/simulation/event/telescope/impact*');
  });

  it('skips files that cannot be merged with --skip-broken-files', async () => {
    const all = await merged('all.h5', '11.h5', '12.h5');
    writeFileSync(folder.join('broken.h5'), 'nothing');
    const { stderr } = await merge(
      'broken.h5',
      '11.h5',
      '12.h5',
      '-o',
      'some.h5',
      '--overwrite',
      '--skip-broken-files',
    );
    expect(stderr).to.include('broken.h5');
    expect(readFileSync(folder.join('some.h5')).equals(all)).to.equal(true);
  });

  it('prints one warning for each skipped file', async () => {
    await simulated('other.simtel', '--array', 'south');
    await processed('other.simtel', 'other.h5', 11);
    const { stderr, stdout } = await merge('11.h5', 'other.h5', '-o', 'one.h5', '--skip-broken-files');
    expect(stdout).to.match(/^one\.h5: 1 file, \d+ events, 1 skipped, /);
    expect(stderr.match(/skipped: /g)).to.have.length(1);
    expect(stderr).to.match(/skipped: other\.h5 has another telescope array .* Also: other\.h5 contains obs_id 11, /);
  });

  it('never skips the file to which others are appended', async () => {
    writeFileSync(folder.join('damaged.h5'), 'nothing');
    const { stderr, exitCode } = await merge('11.h5', '-o', 'damaged.h5', '--append', '--skip-broken-files');
    expect(exitCode).to.be.oneOf([2, 65, 66]);
    expect(stderr).to.include('MERGE_REFUSED').and.include('damaged.h5');
    expect(readFileSync(folder.join('damaged.h5'), 'latin1')).to.equal('nothing');
  });

  it('warns of patterns of --exclude that match no table', async () => {
    const patterns = ['--exclude', '/nope/*', '--exclude', '/dl2/*'];
    const { stderr, exitCode } = await merge('11.h5', '-o', 'fewer.h5', ...patterns);
    expect(exitCode).to.equal(0);
    expect(stderr).to.include('--exclude /nope/*: no file has such a table').and.not.include('--exclude /dl2');
  });

  it('counts the events of the first file only if monitoring data of others are attached', async () => {
    writeFileSync(folder.join('copy.h5'), readFileSync(folder.join('11.h5')));
    const { stdout, stderr, exitCode } = await merge('11.h5', 'copy.h5', '-o', 'attached.h5', '--attach-monitoring');
    expect(exitCode, stderr).to.equal(0);
    await using file = await Hdf5File.open(folder.join('attached.h5'));
    const { nRows } = await file.table('/dl1/event/subarray/trigger');
    expect(stdout).to.match(new RegExp(`^attached\\.h5: 2 files, ${nRows} events, `));
  });

  it('refuses events that occur twice within an observation block', async () => {
    copyFileSync(folder.join('11.h5'), folder.join('copy.h5'));
    expect(await refusal('11.h5', 'copy.h5', '--single-ob')).to.match(/copy\.h5 contains event_id .* a second time/);
    expect(await refusal('11.h5', '12.h5', '--single-ob')).to.include(
      '12.h5 contains obs_id 12, the files before it 11',
    );
  });

  it('lists missing files with all other problems, and exits with 66', async () => {
    writeFileSync(folder.join('nothing.h5'), 'nothing');
    const { stderr, exitCode } = await merge('none.h5', '11.h5', 'nothing.h5', 'other/none.h5', '-o', 'refused.h5');
    expect(exitCode).to.equal(66);
    expect(stderr).to.match(/^error\[MERGE_REFUSED\]:\n4 files cannot be merged: 3 problems\./);
    for (const name of ['none.h5', 'nothing.h5', 'other/none.h5']) expect(stderr).to.include(name);
    const skipped = await merge('none.h5', '11.h5', '-o', 'one.h5', '--overwrite', '--skip-broken-files');
    expect(skipped.exitCode, skipped.stderr).to.equal(0);
  });

  it('refuses missing and repeated inputs, and the output as input', async () => {
    expect((await merge('-o', 'x.h5')).stderr).to.match(/^error\[INPUT_NOT_NAMED\]/);
    expect((await merge('11.h5', '11.h5', '-o', 'x.h5')).stderr).to.match(/^error\[INPUT_TWICE\]/);
    expect((await merge('11.h5', '-o', '11.h5', '--overwrite')).stderr).to.match(/^error\[FILE_USED_TWICE\]/);
    expect((await merge('@none.txt', '-o', 'x.h5')).stderr).to.match(/^error\[INPUT_MISSING\]/);
    expect((await merge('11.h5', '-o', 'x.h5', '--no-imges')).stderr).to.include('--no-imges');
  });

  describe('and ctapipe-merge', () => {
    before(skipWithoutCtapipeOrTestData);

    it('drop links that lead nowhere, ours with a warning', async () => {
      copyFileSync(folder.join('12.h5'), folder.join('linked.h5'));
      const script = `
import sys, tables
with tables.open_file(sys.argv[1], 'a') as f:
    f.create_soft_link('/dl1', 'nothing', '/nowhere')
    f.create_external_link('/dl1/event', 'outside', 'other.h5:/dl1')
    f.create_soft_link('/dl1', 'excluded', '/nowhere')
    f.create_soft_link('/dl1', 'again', '/dl1/event/subarray/trigger')`;
      await ctapipePython(['-c', script, folder.join('linked.h5')], { cwd: folder.path });
      const args = ['11.h5', 'linked.h5', '-o', 'all.h5', '--overwrite', '--exclude', '/dl1/excluded'];
      const { stderr, exitCode } = await merge(...args);
      expect(exitCode, stderr).to.equal(0);
      const links = stderr.split('\n').filter((line) => line.includes('linked.h5: /dl1'));
      expect(links.map((line) => line.replace(/^.*linked\.h5: /, ''))).to.have.members([
        '/dl1/nothing is a broken symbolic link to /nowhere; it is not merged.',
        '/dl1/event/outside is a link to another file, other.h5, which is not followed; it is not merged.',
      ]);
    });

    /** Differences of tables, except what ctapipe loses. */
    async function differences(reference: string, ours: string): Promise<string[]> {
      const script = [inTestData('tools', 'compare_tables.py'), reference, ours];
      const { stdout } = await runCtapipePython(script, { cwd: folder.path });
      expect(stdout).to.match(/^\d+ tables equal, /m);
      return stdout
        .split('\n')
        .filter((line) => /^\//.test(line) && !LOST_BY_CTAPIPE.some((lost) => line.startsWith(lost)));
    }

    for (const [name, ...flags] of [
      ['merge_600_obs11.h5'],
      ['merge_600_obs11.no_images.h5', '--no-dl1-images', '--no-true-images'],
      ['merge_600_obs11.subarray_only.h5', '--no-telescope-events'],
    ]) {
      it(`give the same tables: ${name} ${flags.join(' ')}`, async function () {
        this.timeout(60_000);
        const inputs = [
          inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5'),
          inTestData('data', 'hdf5', 'gamma_600.obs11.v7.6.0.dl2.h5'),
        ];
        await merged('ours.h5', ...inputs, ...flags);
        const reference = inTestData('reference', 'tables', name);
        expect(await differences(reference, folder.join('ours.h5'))).to.deep.equal([]);
      });
    }

    /** Runs ctapipe-merge. */
    const ctapipeMerge = async (...args: readonly string[]): Promise<string> =>
      ctapipePython(['-c', 'from ctapipe.tools.merge import main; main()', ...args], { cwd: folder.path });

    it('attach monitoring data to events', async function () {
      this.timeout(120_000);
      const events = inTestData('reference', 'monitoring', 'south_lsts_v036.dl2.h5');
      const measured = inTestData('reference', 'monitoring', 'south_lsts_v036.monitoring.h5');
      await ctapipePython(['-c', OBSERVED_MONITORING, measured, events, 'monitoring.h5', '77'], { cwd: folder.path });
      for (const name of ['ours.h5', 'ctapipe.h5']) writeFileSync(folder.join(name), readFileSync(events));
      const { stderr, exitCode } = await merge('monitoring.h5', '-o', 'ours.h5', '--attach-monitoring', '--append');
      expect(exitCode, stderr).to.equal(0);
      await ctapipeMerge('monitoring.h5', '-o', 'ctapipe.h5', '--attach-monitoring', '--append');
      expect(await differences(folder.join('ctapipe.h5'), folder.join('ours.h5'))).to.deep.equal([]);
      await using file = await Hdf5File.open(folder.join('ours.h5'));
      expect(await file.paths()).to.include('/dl0/monitoring/telescope/pointing/tel_001');
      // The observation block of the events, not that of the monitoring data.
      expect((await file.attributes('/')).get('CTA PROCESS ID')).to.equal('7');
    });

    it('attach monitoring data in a new output, which has everything of the first file', async function () {
      this.timeout(120_000);
      const events = inTestData('reference', 'monitoring', 'south_lsts_v036.dl2.h5');
      const measured = inTestData('reference', 'monitoring', 'south_lsts_v036.monitoring.h5');
      await ctapipePython(['-c', OBSERVED_MONITORING, measured, events, 'monitoring.h5', '77'], { cwd: folder.path });
      writeFileSync(folder.join('ctapipe.h5'), readFileSync(events));
      const { stderr, exitCode } = await merge(events, 'monitoring.h5', '-o', 'new.h5', '--attach-monitoring');
      expect(exitCode, stderr).to.equal(0);
      await ctapipeMerge('monitoring.h5', '-o', 'ctapipe.h5', '--attach-monitoring', '--append');
      expect(await differences(folder.join('ctapipe.h5'), folder.join('new.h5'))).to.deep.equal([]);
      const again = await merge('new.h5', 'monitoring.h5', '-o', 'twice.h5', '--attach-monitoring');
      expect(again.exitCode, again.stderr).to.equal(0);
      expect(await differences(folder.join('new.h5'), folder.join('twice.h5'))).to.deep.equal([]);
      // Category and observation blocks are those of the measurements.
      const other = await merge(events, measured, '-o', 'refused.h5', '--attach-monitoring');
      expect(other.stderr).to.match(
        /has data of category Other, but .* of Sim\. Attach monitoring data of the same category/,
      );
      expect(other.exitCode).to.equal(2);
      await ctapipePython(['-c', WITHOUT_OBSERVATIONS, 'monitoring.h5'], { cwd: folder.path });
      const without = await merge(events, 'monitoring.h5', '-o', 'without.h5', '--attach-monitoring');
      expect(without.stderr).to.match(/monitoring\.h5 has no observation blocks: its monitoring data are attached/);
      expect(await differences(folder.join('new.h5'), folder.join('without.h5'))).to.deep.equal([]);
      await merge(events, 'monitoring.h5', '-o', 'few.h5', '--attach-monitoring', '--no-dl1-images');
      await using file = await Hdf5File.open(folder.join('few.h5'));
      expect(await file.has('/dl1/event/telescope/images')).to.equal(false);
      expect(await file.has('/dl0/monitoring/telescope/pointing/tel_001')).to.equal(true);
    });

    it('join parts of one observation block', async function () {
      this.timeout(120_000);
      const first = inTestData('data', 'hdf5', 'gamma_600.obs11.v7.6.0.dl2.h5');
      await ctapipePython(['-c', OTHER_EVENTS, first, 'part.h5', '1000000'], { cwd: folder.path });
      expect(await refusal(first, 'part.h5')).to.include('Merge parts of one observation block with --single-ob.');
      await merged('ours.h5', first, 'part.h5', '--merge-strategy', 'events-single-ob');
      await ctapipeMerge(first, 'part.h5', '-o', 'ctapipe.h5', '--overwrite', '--single-ob');
      // Parts of a simulation have the same run and distribution of showers, which ctapipe repeats.
      expect(await differences(folder.join('ctapipe.h5'), folder.join('ours.h5'))).to.deep.equal([
        '/simulation/service/shower_distribution: 1 rows, reference has 2',
        '/configuration/simulation/run: 1 rows, reference has 2',
      ]);
    });

    it('merge files with a table per telescope type', async function () {
      this.timeout(120_000);
      const inputs = [
        inTestData('reference', 'gamma_diffuse_north_alpha_600.dl2.h5'),
        inTestData('data', 'hdf5', 'gamma_600.obs11.v7.6.0.dl2.h5'),
      ];
      for (const [i, input] of inputs.entries()) {
        await ctapipePython(['-c', SPLIT_BY_TYPE, input, `types_${i}.h5`], { cwd: folder.path });
      }
      await merged('ours.h5', 'types_0.h5', 'types_1.h5');
      await ctapipeMerge('types_0.h5', 'types_1.h5', '-o', 'ctapipe.h5', '--overwrite');
      expect(await differences(folder.join('ctapipe.h5'), folder.join('ours.h5'))).to.deep.equal([]);
      await using file = await Hdf5File.open(folder.join('ours.h5'));
      const images = await file.table('/dl1/event/telescope/images/LST_LSTN-design_LSTN-design');
      expect(images.nRows).to.be.above(0);
    });

    it('merge files of the other program, in both orders', async function () {
      this.timeout(120_000);
      const theirs = inTestData('data', 'hdf5', 'gamma_600.obs11.v7.6.0.dl2.h5');
      const input = inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst');
      const flags = ['--write-images', '--write-parameters', '--write-showers', '--quiet'];
      await cherenkit(['process', '-i', input, '-o', 'ours.h5', ...flags, '--overwrite'], folder.path);
      for (const inputs of [
        ['ours.h5', theirs],
        [theirs, 'ours.h5'],
      ]) {
        await merged('mixed.h5', ...inputs);
        await ctapipeMerge(...inputs, '-o', 'ctapipe.h5', '--overwrite');
        expect(await differences(join(folder.path, 'ctapipe.h5'), folder.join('mixed.h5'))).to.deep.equal([]);
      }
    });
  });
});
