import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../../support/run-command.js';
import { FIXED_DIRECTION, reconstructorCode, writePackage } from '../../support/third-party-plugin.js';

const PLANE_FIT = {
  packageName: 'plane-fit',
  code: reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION),
};

describe('cherenkit plugins manifest', () => {
  it('writes the manifest of a package from its classes and checks with --check whether it is up to date', async () => {
    using folder = new TemporaryFolder();
    await writePackage(folder.join('plane-fit'), PLANE_FIT);
    const manifest = folder.join('plane-fit/cherenkit-manifest.json');
    const original = readFileSync(manifest, 'utf8');
    rmSync(manifest);
    const check = async (): Promise<{ exitCode: number | null; stderr: string }> =>
      await cherenkit(['plugins', 'manifest', 'plane-fit', '--check'], folder.path);
    expect((await check()).stderr).to.match(/^error\[PLUGIN_MANIFEST_STALE\]: .*it is missing/);
    expect((await cherenkit(['plugins', 'manifest'], folder.join('plane-fit'))).exitCode).to.equal(0);
    expect(readFileSync(manifest, 'utf8')).to.equal(original);
    expect((await check()).exitCode).to.equal(0);
    writeFileSync(manifest, original.replace('"default": 2', '"default": 3'));
    expect((await check()).exitCode).to.equal(2);
    expect((await check()).stderr).to.include('(PlaneFit)');
  });

  it('reports what a package lacks', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit(['plugins', 'manifest'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/^error\[PLUGIN_UNUSABLE\]: .*package\.json is missing, or has no "cherenkit"/);
  });
});

describe('cherenkit components', () => {
  it('lists components by kind and shows the traits of one, including inherited ones', async () => {
    using folder = new TemporaryFolder();
    await writePackage(folder.join('plane-fit'), PLANE_FIT);
    const show = async (...args: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await cherenkit(
        ['components', ...args, '--plugin', './plane-fit'],
        folder.path,
      );
      expect(exitCode, stderr).to.equal(0);
      return stdout;
    };
    expect(await show())
      .to.match(/^ImageCleaner$/m)
      .and.match(/^ {2}PlaneFit +A third-party reconstructor\.$/m);
    const reconstructors = await show('Reconstructor');
    expect(reconstructors)
      .to.include('HillasReconstructor')
      .and.include('PlaneFit')
      .and.not.include('TailcutsImageCleaner');
    const one = await show('Reconstructor', 'PlaneFit');
    expect(one)
      .to.match(/min_telescopes: integer, at least 2/)
      .and.include('Fewest images a fit needs.');
    const [writer] = JSON.parse(await show('HDF5DataWriter', '--json')) as [{ traits: object; bases: string[] }];
    expect(writer.traits).to.include.keys('output_path', 'compression_level');
    expect(writer.bases).to.deep.equal(['DataWriter']);
    const unknown = await cherenkit(['components', 'HillasReconstuctor'], folder.path);
    expect(unknown.exitCode).to.equal(2);
    expect(unknown.stderr).to.include('did you mean "HillasReconstructor"');
  });
});
