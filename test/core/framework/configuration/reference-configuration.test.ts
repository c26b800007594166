import { expect } from 'chai';
import { GlobPattern, walkPlan } from '@cherenkit/core/internal';
import {
  Component,
  definePlugin,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  trait,
  type ComponentKind,
} from '@cherenkit/core';
import { CpuStopwatch } from '../../../support/cpu-stopwatch.js';
import { readCheckedIn } from '../../../support/ctapipe-reference.js';
import { compose } from '../../../support/compose.js';

/** Written by make_configuration_reference.py with Python's fnmatch and traitlets. */
interface ConfigurationReference {
  readonly names: readonly string[];
  /** Patterns, each with the names that it matches. */
  readonly patterns: readonly [string, readonly string[]][];
  /** Nested sections, and the resulting value of each component from the tool down to the query. */
  readonly sections: readonly { readonly sections: object; readonly values: readonly string[] }[];
}

const reference = readCheckedIn('configuration.json') as ConfigurationReference;

describe('GlobPattern', () => {
  for (const [pattern, expected] of reference.patterns) {
    it(`matches ${JSON.stringify(pattern)} as fnmatch does`, () => {
      const glob = new GlobPattern(pattern);
      expect(reference.names.filter((name) => glob.test(name))).to.deep.equal(expected);
    });
  }

  it('matches in linear time per pattern character, without backtracking', () => {
    const work = new CpuStopwatch();
    expect(new GlobPattern('*a'.repeat(2000) + 'b').test('a'.repeat(5000))).to.equal(false);
    // About 10 million steps; backtracking would take exponential time.
    expect(work.milliseconds).to.be.lessThan(2000);
  });
});

const value = { value: trait.string({ default: 'default', help: 'Whatever.' }) };

class QualityQuery extends Component.withTraits(value) {
  static override readonly kind: string = 'QualityQuery';
}
class StereoQualityQuery extends QualityQuery {}
class Reconstructor extends Component.withTraits(value) {
  static override readonly kind: string = 'Reconstructor';
  static override readonly children: readonly ComponentKind[] = [StereoQualityQuery];
}
class HillasReconstructor extends Reconstructor {}
class ShowerProcessor extends Component.withTraits(value) {
  static override readonly kind: string = 'ShowerProcessor';
  static override readonly children: readonly ComponentKind[] = [HillasReconstructor];
}
class Tool extends Component.withTraits(value) {
  static override readonly kind: string = 'Tool';
}
class ProcessorTool extends Tool {
  static override readonly children: readonly ComponentKind[] = [ShowerProcessor];
}

describe('nested sections', () => {
  const plugin = definePlugin({
    name: 'reference',
    apiVersion: 1,
    kinds: [Tool],
    components: [QualityQuery, StereoQualityQuery, Reconstructor, HillasReconstructor, ShowerProcessor, ProcessorTool],
  });
  const plugins = new PluginRegistry([installedPlugin(plugin)]);

  it('apply to components as in traitlets', async () => {
    for (const { sections, values } of reference.sections) {
      const { plan } = await compose({ plugins, layers: [objectLayer(sections)], root: 'ProcessorTool' });
      const found = [...walkPlan(plan)].map(({ settings }) => settings.get('value')?.value);
      expect(found, JSON.stringify(sections)).to.deep.equal(values);
    }
  });
});
