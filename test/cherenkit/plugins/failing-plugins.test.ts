import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { cherenkit, spawnCherenkit, type Outcome } from '../../support/run-command.js';
import {
  FIXED_DIRECTION,
  reconstructorCode,
  writePackage,
  type ThirdPartyPlugin,
} from '../../support/third-party-plugin.js';

const GOOD = { packageName: 'plane-fit', code: reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION) };
const THROWS = 'throw new Error("thrown on import");';

/** Runs `process` on three simulated showers with a plugin from a folder. */
async function processWith(
  folder: TemporaryFolder,
  plugin: ThirdPartyPlugin,
  args: readonly string[] = ['--write-showers', '--reconstructor', 'PlaneFit'],
): Promise<Outcome> {
  await writePackage(folder.join('third-party'), plugin);
  const common = ['process', '-i', 'toymodel:', '-m', '3', '-o', 'out.h5', '--plugin', './third-party'];
  return await cherenkit([...common, ...args], folder.path);
}

describe('plugins that cannot be loaded', () => {
  it('cause no error while unused, including help, lists and checks of configurations', async () => {
    using folder = new TemporaryFolder();
    const plugin = { ...GOOD, code: THROWS, manifestCode: GOOD.code };
    const unused = await processWith(folder, plugin, []);
    expect(unused).to.deep.include({ exitCode: 0, stderr: '' });
    writeFileSync(
      folder.join('mine.yaml'),
      'plugins: [./third-party]\nPlaneFit: { min_telescopes: 3 }\nShowerProcessor: { reconstructor_types: [PlaneFit] }\n',
    );
    const described = await cherenkit(['components', 'PlaneFit', '--plugin', './third-party'], folder.path);
    expect(described.stdout).to.include('min_telescopes: ');
    for (const args of [
      ['config', 'check', 'mine.yaml'],
      ['plugins', 'list', '-c', 'mine.yaml'],
    ]) {
      expect(await cherenkit(args, folder.path)).to.deep.include({ exitCode: 0, stderr: '' });
    }
  });

  it('are reported with the reason when used: import error, stale manifest, missing plugin export', async () => {
    const cases: readonly [ThirdPartyPlugin, RegExp][] = [
      [
        { ...GOOD, code: THROWS, manifestCode: GOOD.code },
        /^error\[PLUGIN_IMPORT_FAILED\]: Plugin plane-fit \(.*third-party\) .*thrown on import/,
      ],
      [
        { ...GOOD, manifestCode: GOOD.code.replace('default: 2', 'default: 4') },
        /^error\[PLUGIN_MANIFEST_STALE\]: The manifest of plugin plane-fit is stale \(PlaneFit\); build the plugin again/,
      ],
      [
        { ...GOOD, code: 'export default 1;', manifestCode: GOOD.code },
        /^error\[PLUGIN_EXPORT_MISSING\]: Plugin plane-fit /,
      ],
    ];
    for (const [plugin, message] of cases) {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await processWith(folder, plugin);
      expect(stderr).to.match(message);
      expect([exitCode, folder.files]).to.deep.equal([70, ['third-party']]);
    }
  });

  it('are mentioned in errors about missing components', async () => {
    const cases: readonly [Partial<ThirdPartyPlugin>, RegExp][] = [
      [{ apiVersion: '^2.1' }, /it requires version 2\.1 of the plugin API, found 1\.\d+; install a newer cherenkit/],
      [{ manifest: null }, /its manifest .* is missing; build the package .* `cherenkit plugins manifest`/],
      [{ manifest: '{ "name": ' }, /its manifest .* is not valid JSON/],
      [
        { manifest: '{ "name": "plane-fit", "apiVersion": 1, "components": { "X": {} } }' },
        /components\.X\.kind is missing; expected a string/,
      ],
    ];
    for (const [change, reason] of cases) {
      using folder = new TemporaryFolder();
      await writePackage(folder.join('node_modules/plane-fit'), { ...GOOD, ...change });
      writeFileSync(folder.join('package.json'), '{ "dependencies": { "plane-fit": "*" } }');
      const run = ['process', '-i', 'toymodel:', '-o', 'out.h5', '--reconstructor', 'PlaneFit'];
      const { exitCode, stderr } = await cherenkit(run, folder.path);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(reason);
      // A plugin whose manifest could be read is not a candidate for other names.
      const other = await cherenkit(['components', 'HilasReconstructor'], folder.path);
      expect(other.stderr).to.include('HillasReconstructor');
      if (change.apiVersion === undefined) expect(other.stderr).to.match(reason);
      else expect(other.stderr).not.to.match(reason);
      const doctor = await cherenkit(['plugins', 'doctor'], folder.path);
      expect(doctor.exitCode).to.equal(2);
      expect(doctor.stdout).to.match(reason);
    }
  });

  it('are reported by doctor if package.json is invalid', () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('package.json'), '{ "dependencies": ');
    const { stdout, exitCode } = spawnCherenkit(['plugins', 'doctor'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stdout).to.match(/package\.json is not valid JSON/);
  });
});

describe('plugins that provide the same component', () => {
  const other = { packageName: '@other/fits', code: GOOD.code.replace("name: 'plane-fit'", "name: 'other-fits'") };

  it('cause an error that names both, unless the component is qualified by its plugin', async () => {
    using folder = new TemporaryFolder();
    await writePackage(folder.join('one'), GOOD);
    await writePackage(folder.join('two'), other);
    const plugins = ['--plugin', './one', '--plugin', './two'];
    const run = ['process', '-i', 'toymodel:', '-m', '2', '-o', 'out.h5', '--write-showers', ...plugins];
    const doctor = await cherenkit(['plugins', 'doctor', ...plugins], folder.path);
    expect(doctor.stdout).to.include('several plugins provide PlaneFit');
    const ambiguous = await cherenkit([...run, '--reconstructor', 'PlaneFit'], folder.path);
    expect(ambiguous.exitCode).to.equal(2);
    expect(ambiguous.stderr)
      .to.include('which several plugins provide')
      .and.include('plane-fit/PlaneFit or other-fits/PlaneFit');
    writeFileSync(folder.join('mine.yaml'), "'@other/fits/PlaneFit': { min_telescopes: 3 }\n");
    const chosen = await cherenkit([...run, '-c', 'mine.yaml', '--reconstructor', '@other/fits/PlaneFit'], folder.path);
    expect(chosen.exitCode, chosen.stderr).to.equal(0);
    expect(chosen.stdout).to.include('PlaneFit: 2 of 2 events reconstructed');
    for (const option of ['--@other/fits/PlaneFit.min_telescopes=1', '--set=other-fits/PlaneFit.min_telescopes=1']) {
      const refused = await cherenkit([...run, option, '--reconstructor', '@other/fits/PlaneFit'], folder.path);
      expect(refused.exitCode).to.equal(2);
      expect(refused.stderr).to.match(/fits\/PlaneFit\.min_telescopes: expected at least 2, found 1/);
    }
    const both = await cherenkit(
      [...run, '--overwrite', '--reconstructor', 'plane-fit/PlaneFit', '--reconstructor', 'other-fits/PlaneFit'],
      folder.path,
    );
    expect([both.exitCode, both.stderr.split(':')[0]]).to.deep.equal([2, 'error[RECONSTRUCTOR_TWICE]']);
  });
});

describe('an error thrown inside a plugin', () => {
  const code = (body: string): string => `
import { DataWriter, definePlugin, EventSource } from '@cherenkit/core';
class BrokenWriter extends DataWriter {
  async open() {} async write() {} writeImageStatistics() {} writeReconstructorStatistics() {} async finish() {}
  async [Symbol.asyncDispose]() {}
  ${body}
}
class BrokenEventSource extends EventSource {
  static recognises = [{ scheme: 'broken' }];
  async open() { throw new Error('no array'); }
  async *[Symbol.asyncIterator]() {}
  async [Symbol.asyncDispose]() {}
}
export default definePlugin({ name: 'broken', apiVersion: 1, components: [BrokenWriter, BrokenEventSource] });
`;
  const cases: readonly [what: string, body: string, args: readonly string[], message: string][] = [
    ['a data writer', "async write() { throw new Error('disk on fire'); }", ['-i', 'toymodel:'], 'disk on fire'],
    ['a constructor', 'constructor(context) { super(context); context.none.such; }', ['-i', 'toymodel:'], 'undefined'],
    ['an event source', '', ['-i', 'broken:'], 'no array'],
  ];
  for (const [what, body, args, reason] of cases) {
    it(`is reported as a bug of the plugin with its stack: ${what}`, async () => {
      using folder = new TemporaryFolder();
      await writePackage(folder.join('third-party'), { packageName: 'broken', code: code(body) });
      const common = ['process', '-o', 'out.h5', '-m', '2', '--plugin', './third-party'];
      const settings = ['--ProcessorTool.data_writer_type=BrokenWriter'];
      const { exitCode, stderr } = spawnCherenkit([...common, ...args, ...settings], folder.path);
      expect(stderr)
        .to.include(reason)
        .and.match(/^ +at .*third-party/m);
      expect(stderr).to.match(
        /\nThis is a bug in plugin broken \(1\.2\.3, .*third-party\); please report it to its authors/,
      );
      expect([exitCode, folder.files]).to.deep.equal([70, ['third-party']]);
    });
  }
});

describe('a reconstructor of a plugin', () => {
  it('that throws gives no result for the event and is counted in the summary and the file', async () => {
    using folder = new TemporaryFolder();
    const body = `if (event.count === 1) throw new Error('no template');\n${FIXED_DIRECTION}`;
    const plugin = { ...GOOD, code: reconstructorCode('plane-fit', 'PlaneFit', body) };
    const { exitCode, stdout, stderr } = await processWith(folder, plugin);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('PlaneFit: 2 of 3 events reconstructed');
    expect(stdout).to.match(
      /FAILED: PlaneFit of plugin plane-fit, once, for event \d+ of observation \d+: no template/,
    );
    await using file = await Hdf5File.open(folder.join('out.h5'));
    const table = await file.table('/dl2/event/subarray/geometry/PlaneFit');
    const { PlaneFit_is_valid: valid } = await table.read(['PlaneFit_is_valid']);
    expect(Array.from(valid as Uint8Array, Number)).to.deep.equal([1, 0, 1]);
    const failed = await (await file.table('/cherenkit/service/failed')).read(['plugin', 'component']);
    expect(failed).to.deep.equal({ plugin: ['plane-fit'], component: ['PlaneFit'] });
    const plugins = await (await file.table('/cherenkit/service/plugins')).read(['name', 'version']);
    const index = (plugins['name'] as string[]).indexOf('plane-fit');
    expect((plugins['version'] as string[])[index]).to.equal('1.2.3');
  });

  it('that throws ends the run with --fail-fast', async () => {
    using folder = new TemporaryFolder();
    const plugin = { ...GOOD, code: reconstructorCode('plane-fit', 'PlaneFit', "throw new Error('no template');") };
    const args = ['--write-showers', '--reconstructor', 'PlaneFit', '--fail-fast'];
    const { exitCode, stderr } = await processWith(folder, plugin, args);
    expect(stderr).to.match(
      /^error\[COMPONENT_FAILED\]: PlaneFit of plugin plane-fit failed for event \d+ of observation \d+: no template/,
    );
    expect([exitCode, folder.files]).to.deep.equal([70, ['third-party']]);
  });

  it('that reports a valid result without a direction is counted as failed', async () => {
    using folder = new TemporaryFolder();
    const body = FIXED_DIRECTION.replace('alt: 1.2', 'alt: event.count === 0 ? NaN : 1.2');
    const plugin = { ...GOOD, code: reconstructorCode('plane-fit', 'PlaneFit', body) };
    const { exitCode, stdout } = await processWith(folder, plugin);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('PlaneFit: 2 of 3 events reconstructed');
    expect(stdout).to.match(/FAILED: PlaneFit of plugin plane-fit, once, .*: the result is valid, but alt is NaN/);
  });

  it('uses quality criteria with its own copy of core', async () => {
    using folder = new TemporaryFolder();
    const code = `
import { definePlugin, Quantity, QualityQuery, Reconstructor, ReconstructedGeometryContainer, StereoQualityQuery, trait, Unit } from '@cherenkit/core';
class OwnQuery extends QualityQuery {}
class LengthQuery extends QualityQuery {}
class PlaneFit extends Reconstructor {
  static children = [StereoQualityQuery, LengthQuery, OwnQuery];
  constructor(context) {
    super(context);
    this.stereo = context.create(StereoQualityQuery, 'StereoQualityQuery');
    this.plain = context.create(QualityQuery, 'LengthQuery');
    this.own = context.create(QualityQuery, 'OwnQuery');
  }
  reconstruct(event) {
    const length = new Map([['length', new Quantity(2, Unit.parse('km'))]]);
    const passed = [...event.dl1.tel.values()].filter(({ parameters }) => this.stereo.passesParameters(parameters));
    const [sky] = event.dl1.tel.values();
    const isGood = this.plain.passes(length) && this.own.passes(new Map([['image', sky.parameters]]));
    if (isGood && passed.length >= 0) { ${FIXED_DIRECTION} }
  }
}
export default definePlugin({ name: 'plane-fit', apiVersion: 1, components: [PlaneFit, OwnQuery, LengthQuery] });`;
    const args = [
      '--write-showers',
      ...['--reconstructor', 'PlaneFit'],
      '--LengthQuery.quality_criteria=[["long", "length > 300 * u.m"]]',
      '--OwnQuery.quality_criteria=[["angle", "image.hillas.width.unit == u.deg"]]',
    ];
    const { exitCode, stdout, stderr } = await processWith(folder, { ...GOOD, code, ownCore: true }, args);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('PlaneFit: 3 of 3 events reconstructed');
  });

  it('works with its own copy of core, and its inputs are recorded in the provenance', async () => {
    using folder = new TemporaryFolder();
    const body = `this.context.service(PROVENANCE).addInput({ url: 'templates.fits', role: 'Templates' });\n${FIXED_DIRECTION}`;
    const code = reconstructorCode('plane-fit', 'PlaneFit', body, ', PROVENANCE');
    const args = ['--write-showers', '--reconstructor', 'PlaneFit', '--provenance-log', 'p.log'];
    const { exitCode, stdout, stderr } = await processWith(folder, { ...GOOD, code, ownCore: true }, args);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.include('PlaneFit: 3 of 3 events reconstructed');
    const [{ plugins, input }] = JSON.parse(readFileSync(folder.join('p.log'), 'utf8')) as [
      { plugins: readonly { name: string; version: string; path: string }[]; input: readonly { role: string }[] },
    ];
    const used = plugins.find(({ name }) => name === 'plane-fit');
    expect(used).to.include({ version: '1.2.3' });
    expect(used?.path).to.match(/third-party$/);
    expect(input.map(({ role }) => role)).to.include('Templates');
    const doctor = await cherenkit(['plugins', 'doctor', '--plugin', './third-party'], folder.path);
    expect(doctor.exitCode, doctor.stdout).to.equal(0);
    expect(doctor.stdout)
      .to.include('it uses a separate copy of @cherenkit/core')
      .and.include(join('third-party', 'node_modules'));
  });
});
