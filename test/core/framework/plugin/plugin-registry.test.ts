import { expect } from 'chai';
import { ComponentCatalog, describePluginFailure } from '@cherenkit/core/internal';
import { definePlugin, installedPlugin, PluginError, PluginRegistry } from '@cherenkit/core';
import { examplePlugin, standardPlugin } from '../../../support/test-components.js';
import { build, composeRun, example, problemsOf, standard } from '../../../support/test-run.js';

const withDepth = 'ShowerProcessor: { reconstructor_types: [DepthReconstructor] }';

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('PluginRegistry', () => {
  it('imports a plugin once, when a component of it is used', async () => {
    let imports = 0;
    const counted = {
      ...example,
      load: () => {
        imports++;
        return Promise.resolve({ default: examplePlugin });
      },
    };
    await build('', [standard, counted]);
    expect(imports).to.equal(0);
    const registry = new PluginRegistry([standard, counted]);
    expect(await registry.load('example')).to.equal(await registry.load('example'));
    expect(imports).to.equal(1);
    await build(withDepth, [standard, counted]);
    expect(imports).to.equal(2);
  });

  it('rejects a plugin whose manifest is stale', async () => {
    const { DepthReconstructor } = example.manifest.components;
    const traits = { depth: { ...DepthReconstructor?.traits?.['depth'], default: 500 } };
    const components = { DepthReconstructor: { ...DepthReconstructor, traits } };
    const stale = { ...example, manifest: { ...example.manifest, components } as typeof example.manifest };
    const error = await failureOf(composeRun(withDepth, [standard, stale]));
    expect(error)
      .to.be.instanceOf(PluginError)
      .with.property(
        'message',
        'The manifest of plugin example is stale (DepthReconstructor); build the plugin again.',
      );
    expect(error).to.include({ code: 'PLUGIN_MANIFEST_STALE', exitCode: 70 });
  });

  it('reports a plugin that cannot be imported with the reason, and does not retry the import', async () => {
    let imports = 0;
    const broken = {
      ...example,
      location: '/somewhere/example',
      load: () => {
        imports++;
        return Promise.reject(new Error("Cannot find package 'three'"));
      },
    };
    const registry = new PluginRegistry([standard, broken]);
    const message = "Plugin example (/somewhere/example) could not be imported: Cannot find package 'three'";
    for (let i = 0; i < 2; i++) {
      const error = await failureOf(registry.load('example'));
      expect(error).to.be.instanceOf(PluginError).with.property('message', message);
    }
    expect(imports).to.equal(1);
    expect(registry.failures).to.have.lengthOf(1);
    expect(registry.failures[0]).to.include({ name: 'example', reason: message });
    const empty = new PluginRegistry([{ ...example, load: () => Promise.resolve({}) }]);
    expect(await failureOf(empty.load('example')))
      .to.be.instanceOf(PluginError)
      .with.property('message', 'Plugin example does not export the result of definePlugin by default.');
    expect(await failureOf(empty.load('other'))).to.have.property('message', 'There is no plugin other.');
  });

  it('rejects a plugin for another API version and mentions it in errors about missing components', async () => {
    const future = { ...example, apiVersion: '^2.1' };
    const [failure] = new PluginRegistry([standard, future]).failures;
    expect(failure).to.include({
      name: 'example',
      reason: 'it requires version 2.1 of the plugin API, found 1.0; install a newer cherenkit',
    });
    expect(await problemsOf('DepthReconstructor: { depth: 3 }', [standard, future])).to.deep.equal([
      'run.yaml:1:1: error: unknown section DepthReconstructor; plugin example (@third-party/example) cannot be used: it requires version 2.1 of the plugin API, found 1.0; install a newer cherenkit',
    ]);
    const reasonOf = (apiVersion: string | number): string | undefined =>
      new PluginRegistry([{ ...example, apiVersion }]).failures[0]?.reason;
    expect([1, '1', '^1', '^1.0', '1.0', '1.0.x'].map(reasonOf)).to.deep.equal(Array(6).fill(undefined));
    expect(reasonOf('^1.3')).to.equal(
      'it requires version 1.3 of the plugin API, found 1.0; install a newer cherenkit',
    );
    expect(reasonOf(0)).to.equal(
      'it requires version 0 of the plugin API, found 1.0; install a newer version of the plugin',
    );
    expect(reasonOf('latest')).to.equal('its API version is "latest"; expected a version such as "^1.0"');
  });

  it('uses the first of two plugins with the same name and records the other as failed', () => {
    const other = { ...installedPlugin(definePlugin({ name: 'standard', apiVersion: 1 })), location: '/b' };
    const registry = new PluginRegistry([{ ...standard, location: '/a' }, other]);
    expect(registry.installed.map(({ location }) => location)).to.deep.equal(['/a']);
    expect(registry.failures.map(describePluginFailure).join('; ')).to.equal(
      'plugin standard (/b) cannot be used: another plugin has the same name, /a; use only one of them',
    );
  });

  it('includes packages that could not be read in its hints', async () => {
    const registry = new PluginRegistry([installedPlugin(standardPlugin)], [{ name: 'broken', reason: 'no manifest' }]);
    expect(registry.failureHint('Whatever')).to.equal('; plugin broken cannot be used: no manifest');
    await Promise.resolve();
  });

  it('mentions a failed plugin only in errors about components or kinds that it may provide', () => {
    const registry = new PluginRegistry([{ ...installedPlugin(standardPlugin), apiVersion: '^9.0' }]);
    const [{ name } = { name: '' }] = standardPlugin.components;
    const hint = /^; plugin \S+ cannot be used: it requires version 9\.0/;
    expect(registry.failureHint(name)).to.match(hint);
    expect(registry.failureHint(`${standardPlugin.name}/${name}`)).to.match(hint);
    expect(registry.failureHint(standardPlugin.components[0]?.kind ?? '')).to.match(hint);
    expect(registry.failureHint('Whatever')).to.equal('');
  });
});

describe('ComponentCatalog', () => {
  const { catalog } = new PluginRegistry([standard, example]);

  it('derives lineages, traits and children from manifests', () => {
    expect(catalog.lineage('MARSImageCleaner')).to.deep.equal([
      'ImageCleaner',
      'TailcutsImageCleaner',
      'MARSImageCleaner',
    ]);
    expect(catalog.lineage('DepthReconstructor')).to.deep.equal(['Reconstructor', 'DepthReconstructor']);
    expect([...catalog.traits('DepthReconstructor').keys()]).to.deep.equal(['prefix', 'depth']);
    expect([...catalog.familyTraits('ImageCleaner').keys()]).to.have.members([
      'picture_threshold_pe',
      'keep_isolated_pixels',
      'min_number_picture_neighbors',
    ]);
    expect(catalog.children('DepthReconstructor')).to.deep.equal(['StereoQualityQuery']);
    expect(catalog.idsOfKind('Reconstructor')).to.have.members([
      'HillasIntersection',
      'HillasReconstructor',
      'DepthReconstructor',
    ]);
  });

  it('applies the sections of mixins before those of base classes', () => {
    const components = {
      OffsetBins: { kind: 'OffsetBins', abstract: true },
      EnergyBins: { kind: 'EnergyBins', abstract: true },
      Maker: { kind: 'Maker', abstract: true, extends: 'EnergyBins' },
      AreaMaker: { kind: 'Maker', extends: 'Maker', mixins: ['OffsetBins'] },
      Endless: { kind: 'Maker', extends: 'Endless', mixins: ['Endless'] },
    } as const;
    const mixed = new ComponentCatalog([{ manifest: { name: 'mixed', apiVersion: 1, components } }]);
    expect(mixed.lineage('AreaMaker')).to.deep.equal(['OffsetBins', 'EnergyBins', 'Maker', 'AreaMaker']);
    expect(mixed.lineage('Endless')).to.deep.equal(['Endless']);
  });

  it('accepts component names qualified by plugin or package', () => {
    expect(catalog.idOf('DepthReconstructor')).to.equal('DepthReconstructor');
    expect(catalog.idOf('example/DepthReconstructor')).to.equal('DepthReconstructor');
    expect(catalog.idOf('@third-party/example/DepthReconstructor')).to.equal('DepthReconstructor');
    expect(catalog.idOf('standard/DepthReconstructor')).to.equal(undefined);
    expect(catalog.idOf('Depth')).to.equal(undefined);
  });
});
