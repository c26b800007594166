import { expect } from 'chai';
import { formatManifest, manifestOf, staleParts } from '@cherenkit/core/internal';
import { Component, definePlugin, type PluginManifest } from '@cherenkit/core';
import { examplePlugin, HillasReconstructor, Reconstructor, standardPlugin } from '../../../support/test-components.js';

describe('a plugin manifest', () => {
  it("lists a plugin's own classes without the inherited traits", () => {
    expect(manifestOf(examplePlugin)).to.deep.equal({
      name: 'example',
      apiVersion: 1,
      components: {
        DepthReconstructor: {
          kind: 'Reconstructor',
          extends: 'Reconstructor',
          help: 'Takes the height of the shower maximum from a fixed depth.',
          traits: {
            depth: {
              type: 'number',
              default: 300,
              minimum: 0,
              unit: 'g/cm2',
              help: 'Depth of the shower maximum.',
            },
          },
        },
      },
      services: { 'example.Atmosphere': ['cherenkit.Subarray', 'cherenkit.Logger'] },
    });
  });

  it('contains abstract classes, children and the inputs that a source recognises', () => {
    const { components } = manifestOf(standardPlugin);
    expect(components['ImageCleaner']).to.deep.equal({ kind: 'ImageCleaner', abstract: true });
    expect(components['Reconstructor']?.children).to.deep.equal(['StereoQualityQuery']);
    expect(components['HillasReconstructor']?.children).to.equal(undefined);
    expect(components['ToySource']?.recognises).to.deep.equal([{ scheme: 'toy' }]);
    expect(components['ProcessorTool']?.children).to.deep.equal(['EventSource', 'ImageProcessor', 'ShowerProcessor']);
    expect(components['StereoQualityQuery']?.traits).to.have.all.keys('quality_criteria');
  });

  it('is formatted with one line per trait', () => {
    const text = formatManifest(manifestOf(examplePlugin));
    expect(text).to.equal(`{
  "name": "example",
  "apiVersion": 1,
  "components": {
    "DepthReconstructor": {
      "kind": "Reconstructor",
      "extends": "Reconstructor",
      "help": "Takes the height of the shower maximum from a fixed depth.",
      "traits": {
        "depth": { "type": "number", "default": 300, "minimum": 0, "unit": "g/cm2", "help": "Depth of the shower maximum." }
      }
    }
  },
  "services": { "example.Atmosphere": [ "cherenkit.Subarray", "cherenkit.Logger" ] }
}
`);
    const whole = manifestOf(standardPlugin);
    expect(JSON.parse(formatManifest(whole))).to.deep.equal(whole);
  });

  it('does not depend on the order of the classes', () => {
    const [first, second] = [
      [HillasReconstructor, Second],
      [Second, HillasReconstructor],
    ].map((components) => manifestOf(definePlugin({ name: 'own', apiVersion: 1, components })));
    expect(formatManifest(first)).to.equal(formatManifest(second));
  });

  it('is compared with the classes to find stale parts', () => {
    const actual = manifestOf(standardPlugin);
    const stored = JSON.parse(JSON.stringify(actual)) as PluginManifest & {
      components: Record<string, { traits: Record<string, { default: unknown }> }>;
    };
    expect(staleParts(stored, actual)).to.deep.equal([]);
    stored.components['TailcutsImageCleaner'].traits['picture_threshold_pe'].default = 7;
    delete stored.components['ToySource'];
    expect(staleParts({ ...stored, services: { x: [] } }, actual)).to.deep.equal([
      'TailcutsImageCleaner',
      'ToySource',
      'services',
    ]);
    expect(staleParts({ ...actual, name: 'other', apiVersion: 2 }, actual)).to.deep.equal(['name', 'apiVersion']);
  });
});

class Second extends Reconstructor.withTraits({}) {
  override reconstruct(): number {
    return 2;
  }
}

describe('definePlugin', () => {
  const define = (components: unknown[]) => () =>
    definePlugin({ name: 'own', apiVersion: 1, components: components as [] });

  it('rejects classes that are not components, have no kind, or share a name', () => {
    const minified = class extends HillasReconstructor {};
    Object.defineProperty(minified, 'name', { value: 'w' });
    const twin = class extends HillasReconstructor {};
    Object.defineProperty(twin, 'name', { value: 'HillasReconstructor' });
    class Kindless extends Component {}
    expect(define([class Plain {}])).to.throw(TypeError, 'is not a subclass of Component');
    expect(define([undefined])).to.throw(TypeError, 'Plugin own: undefined is not a subclass of Component.');
    expect(define([minified])).to.throw(
      TypeError,
      'Plugin own: "w" is not a valid component name; expected a capital letter first (does a bundler rename classes?).',
    );
    expect(define([HillasReconstructor, twin])).to.throw(
      TypeError,
      'Plugin own has two classes called HillasReconstructor.',
    );
    expect(define([Kindless])).to.throw(TypeError, 'Plugin own: Kindless has no kind; set `static kind`.');
  });
});
