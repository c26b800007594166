import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { cherenkit, EmptyFolder } from '../../support/run-command.js';
import { FIXED_DIRECTION, reconstructorCode, writePackage } from '../../support/stranger-package.js';

const PLANE_FIT = {
  packageName: 'plane-fit',
  code: reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION),
};

describe('cherenkit plugins manifest', () => {
  it('writes the manifest of a package from its classes, and tells whether one is current', async () => {
    using folder = new EmptyFolder();
    await writePackage(folder.join('plane-fit'), PLANE_FIT);
    const manifest = folder.join('plane-fit/cherenkit-manifest.json');
    const original = readFileSync(manifest, 'utf8');
    rmSync(manifest);
    const check = (): { exitCode: number | null; stderr: string } =>
      cherenkit(['plugins', 'manifest', 'plane-fit', '--check'], folder.path);
    expect(check().stderr).to.match(/^error\[PLUGIN_MANIFEST_STALE\]: .*it is not there/);
    expect(cherenkit(['plugins', 'manifest'], folder.join('plane-fit')).exitCode).to.equal(0);
    expect(readFileSync(manifest, 'utf8')).to.equal(original);
    expect(check().exitCode).to.equal(0);
    writeFileSync(manifest, original.replace('"default": 2', '"default": 3'));
    expect(check().exitCode).to.equal(2);
    expect(check().stderr).to.include('(PlaneFit)');
  });

  it('says what a package lacks', () => {
    using folder = new EmptyFolder();
    const { exitCode, stderr } = cherenkit(['plugins', 'manifest'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/^error\[PLUGIN_UNUSABLE\]: .*package\.json is not there, or has no "cherenkit"/);
  });
});

describe('cherenkit components', () => {
  it('lists components by kinds, and shows the traits of one, inherited ones among them', async () => {
    using folder = new EmptyFolder();
    await writePackage(folder.join('plane-fit'), PLANE_FIT);
    const show = (...args: string[]): string => {
      const { exitCode, stdout, stderr } = cherenkit(['components', ...args, '--plugin', './plane-fit'], folder.path);
      expect(exitCode, stderr).to.equal(0);
      return stdout;
    };
    expect(show())
      .to.match(/^ImageCleaner$/m)
      .and.match(/^ {2}PlaneFit +A reconstructor of a stranger\.$/m);
    const reconstructors = show('Reconstructor');
    expect(reconstructors)
      .to.include('HillasReconstructor')
      .and.include('PlaneFit')
      .and.not.include('TailcutsImageCleaner');
    const one = show('Reconstructor', 'PlaneFit');
    expect(one)
      .to.match(/min_telescopes: integer, at least 2/)
      .and.include('Fewest images a fit needs.');
    const [writer] = JSON.parse(show('HDF5DataWriter', '--json')) as [{ traits: object; bases: string[] }];
    expect(writer.traits).to.include.keys('output_path', 'compression_level');
    expect(writer.bases).to.deep.equal(['DataWriter']);
    const unknown = cherenkit(['components', 'HillasReconstuctor'], folder.path);
    expect(unknown.exitCode).to.equal(2);
    expect(unknown.stderr).to.include('did you mean "HillasReconstructor"');
  });
});
