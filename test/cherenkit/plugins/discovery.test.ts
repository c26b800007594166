import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { cherenkit } from '../../support/run-command.js';
import { FIXED_DIRECTION, install, link, reconstructorCode, writePackage } from '../../support/third-party-plugin.js';

interface Listed {
  readonly name: string;
  readonly packageName: string;
  readonly version: string;
  readonly location: string;
  readonly foundBy: string;
  readonly status: string;
  readonly reason?: string;
  readonly components: readonly { readonly name: string }[];
}

/** The plugins listed by `cherenkit plugins list`, without the built-in ones. */
async function listed(args: readonly string[], cwd: string): Promise<Listed[]> {
  const { stdout, stderr, exitCode } = await cherenkit(['plugins', 'list', '--json', ...args], cwd);
  expect(exitCode, stderr).to.equal(0);
  return (JSON.parse(stdout) as Listed[]).filter(({ foundBy }) => foundBy !== 'built in');
}

const names = (plugins: readonly Listed[]): string[] => plugins.map(({ name }) => name);

const PLANE_FIT = {
  packageName: '@third-party/plane-fit',
  code: reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION),
};
const MUON = { packageName: 'muon-thing', code: reconstructorCode('muon-thing', 'MuonThing', FIXED_DIRECTION) };

describe('the discovery of plugins', () => {
  it('searches the dependencies of the nearest package.json, from the working directory upwards', async () => {
    using folder = new TemporaryFolder();
    const location = await writePackage(folder.join('elsewhere'), PLANE_FIT);
    install(folder.join('project'), { '@third-party/plane-fit': location });
    mkdirSync(folder.join('project/data/run1'), { recursive: true });
    const [plugin, ...others] = await listed([], folder.join('project/data/run1'));
    expect(others).to.deep.equal([]);
    expect(plugin).to.deep.include({
      name: 'plane-fit',
      packageName: '@third-party/plane-fit',
      version: '1.2.3',
      location,
      status: 'ready',
      components: [{ name: 'PlaneFit', kind: 'Reconstructor' }],
    });
    expect(plugin?.foundBy).to.match(/^dependency of .*project\/package\.json$/);
    expect(await listed([], folder.path)).to.deep.equal([]);
  });

  it('starts from configuration files too, and resolves the paths in them relative to the file', async () => {
    using folder = new TemporaryFolder();
    const location = await writePackage(folder.join('elsewhere'), PLANE_FIT);
    await writePackage(folder.join('site/plugins/muon'), MUON);
    install(folder.join('site'), { '@third-party/plane-fit': location });
    writeFileSync(folder.join('site/site.yaml'), 'plugins: [./plugins/muon]\n');
    mkdirSync(folder.join('work'));
    expect(names(await listed(['-c', '../site/site.yaml'], folder.join('work')))).to.deep.equal([
      'plane-fit',
      'muon-thing',
    ]);
    const [, named] = await listed(['-c', '../site/site.yaml'], folder.join('work'));
    expect(named?.foundBy).to.equal('../site/site.yaml:1:11');
  });

  it('uses no plugin of a configuration with --no-discovery, unless it is given with --plugin', async () => {
    using folder = new TemporaryFolder();
    await writePackage(folder.join('muon'), MUON);
    writeFileSync(folder.join('site.yaml'), 'plugins: [./muon]\n');
    const [excluded, ...others] = await listed(['-c', 'site.yaml', '--no-discovery'], folder.path);
    expect(others).to.deep.equal([]);
    expect(excluded).to.include({ status: 'failed', foundBy: 'site.yaml:1:11' });
    expect(excluded?.reason).to.include('--plugin ./muon');
    const given = await listed(['-c', 'site.yaml', '--no-discovery', '--plugin', './muon'], folder.path);
    expect(given.map(({ name, foundBy }) => [name, foundBy])).to.deep.equal([['muon-thing', '--plugin']]);
  });

  it('loads folders and installed packages given by --plugin, and reports those without a package.json', async () => {
    using folder = new TemporaryFolder();
    const location = await writePackage(folder.join('elsewhere'), PLANE_FIT);
    link(location, folder.join('project/node_modules/@third-party/plane-fit'));
    const project = folder.join('project');
    for (const name of ['../elsewhere', location, '@third-party/plane-fit']) {
      const [plugin] = await listed(['--no-discovery', '--plugin', name], project);
      expect(plugin).to.include({ name: 'plane-fit', location, foundBy: '--plugin' });
    }
    const missing = await cherenkit(['events', 'toymodel:', '--plugin', '../nowhere'], project);
    expect(missing.exitCode).to.equal(2);
    expect(missing.stderr).to.match(/^error\[PLUGIN_UNUSABLE\]: --plugin: .*nowhere/);
    const [noPackage] = await listed(['--plugin', folder.path], project);
    expect(noPackage).to.include({ status: 'failed', reason: `${folder.path} has no package.json` });
  });

  it("searches beside the running cherenkit: its package.json's dependencies, or all packages of a global installation", async () => {
    using folder = new TemporaryFolder();
    const plane = await writePackage(folder.join('elsewhere'), PLANE_FIT);
    const muon = await writePackage(folder.join('other'), MUON);
    const modules = folder.join('lib/node_modules');
    for (const part of ['bin', 'dist', 'package.json', 'oclif.manifest.json']) {
      cpSync(join(REPOSITORY_ROOT, 'packages/cherenkit', part), join(modules, 'cherenkit', part), { recursive: true });
    }
    for (const name of ['@cherenkit', '@oclif', 'resolve.exports']) {
      link(join(REPOSITORY_ROOT, 'node_modules', name), join(modules, name));
    }
    link(plane, join(modules, 'plane-fit'));
    link(muon, join(modules, 'muon-thing'));
    const list = (): Listed[] => {
      const command = [join(modules, 'cherenkit/bin/cherenkit.js'), 'plugins', 'list', '--json'];
      const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder.path, encoding: 'utf8' });
      expect(stderr).to.equal('');
      return (JSON.parse(stdout) as Listed[]).filter(({ foundBy }) => foundBy !== 'built in');
    };
    // The repository's own optional plugins are linked with the scope.
    const found = names(list()).filter((name) => name !== 'arrow' && name !== 'onnx');
    expect(found).to.have.members(['plane-fit', 'muon-thing']);
    expect(list()[0]?.foundBy).to.equal('beside cherenkit');
    writeFileSync(
      folder.join('lib/package.json'),
      JSON.stringify({ dependencies: { cherenkit: '*', 'muon-thing': '*' } }),
    );
    expect(names(list())).to.deep.equal(['muon-thing']);
  });

  it('uses the first of two packages with the same name, and prefers one given by --plugin', async () => {
    using folder = new TemporaryFolder();
    const first = await writePackage(folder.join('first'), PLANE_FIT);
    const second = await writePackage(folder.join('second'), PLANE_FIT);
    install(folder.join('project'), { '@third-party/plane-fit': first });
    const project = folder.join('project');
    expect((await listed([], project))[0]?.location).to.equal(first);
    const replaced = await listed(['--plugin', '../second'], project);
    expect(replaced.map(({ location }) => location)).to.deep.equal([second]);
  });
});
