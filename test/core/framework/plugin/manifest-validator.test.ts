import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkManifest, manifestOf } from '@cherenkit/core/internal';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../../support/repository-root.js';
import { standardPlugin } from '../../../support/test-components.js';

const traitOf = (declaration: unknown): object => ({
  name: 'own',
  apiVersion: 1,
  components: { PlaneFit: { kind: 'Reconstructor', traits: { weight: declaration } } },
});
const entryOf = (entry: object): object => ({ name: 'own', apiVersion: 1, components: { PlaneFit: entry } });

describe('checkManifest', () => {
  it('accepts the output of manifestOf and the manifests of all packages', async () => {
    const manifest = manifestOf(standardPlugin);
    expect(await checkManifest(manifest)).to.deep.equal({ manifest });
    const packages = join(REPOSITORY_ROOT, 'packages');
    const files = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('cherenkit-manifest.json') && !path.includes('node_modules'),
    );
    expect(files.length).to.be.greaterThan(5);
    for (const file of files) {
      const stored: unknown = JSON.parse(readFileSync(join(packages, file), 'utf8'));
      expect(await checkManifest(stored), file).to.have.property('manifest');
    }
  });

  const faults: [data: unknown, fault: string][] = [
    [undefined, 'it is undefined; expected a mapping'],
    [null, 'it is null; expected a mapping'],
    ['a manifest', 'it is "a manifest"; expected a mapping'],
    [[], 'it is []; expected a mapping'],
    [{ apiVersion: 1, components: {} }, 'name is missing; expected a string'],
    [{ name: '', apiVersion: 1, components: {} }, 'name is ""; expected a non-empty string'],
    [{ name: 'own', apiVersion: '1', components: {} }, 'apiVersion is "1"; expected a number'],
    [{ name: 'own', apiVersion: 1, components: [] }, 'components is []; expected a mapping'],
    [
      { name: 'own', apiVersion: 1, components: {}, services: { 'own.Sum': [1] } },
      'services.own.Sum.0 is 1; expected a string',
    ],
    [
      { name: 'own', apiVersion: 1, components: {}, services: ['own.Sum'] },
      'services is ["own.Sum"]; expected a mapping',
    ],
    [entryOf({}), 'components.PlaneFit.kind is missing; expected a string'],
    [entryOf({ kind: 'Reconstructor', abstract: false }), 'components.PlaneFit.abstract is false; expected true'],
    [entryOf({ kind: 'Reconstructor', children: 'A' }), 'components.PlaneFit.children is "A"; expected a list'],
    [entryOf({ kind: 'Reconstructor', recognises: [3] }), 'components.PlaneFit.recognises.0 is 3; expected a mapping'],
    [
      entryOf({ kind: 'Tool', command: { flags: { input: {} } } }),
      'components.PlaneFit.command.flags.input.trait is missing; expected a string',
    ],
    [traitOf('number'), 'components.PlaneFit.traits.weight is "number"; expected a mapping'],
    [traitOf({}), 'components.PlaneFit.traits.weight.type is missing; expected a value'],
    [traitOf({ type: 'number', minimum: '0' }), 'components.PlaneFit.traits.weight.minimum is "0"; expected a number'],
    [traitOf({ type: 'component' }), 'components.PlaneFit.traits.weight.kind is missing; expected a string'],
    [traitOf({ type: 'choice', choices: 'a' }), 'components.PlaneFit.traits.weight.choices is "a"; expected a list'],
    [traitOf({ type: 'list' }), 'components.PlaneFit.traits.weight.items is missing; expected a value'],
    [
      traitOf({ type: 'number', default: 5, maximum: 3, unit: 'pe' }),
      'components.PlaneFit.traits.weight.default is 5; expected at most 3 pe',
    ],
    [
      traitOf({ type: 'integer', default: '5', perTelescope: true }),
      'components.PlaneFit.traits.weight.default is "5"; expected an integer',
    ],
    [
      traitOf({ type: 'number', minimum: 0, perTelescope: true, default: [['type', '*', -1]] }),
      'components.PlaneFit.traits.weight.default.0.2 is -1; expected at least 0',
    ],
    [
      traitOf({ type: 'choice', choices: ['a', 'b'], default: 'c' }),
      'components.PlaneFit.traits.weight.default is "c"; expected a or b',
    ],
    [
      traitOf({ type: 'list', items: { type: 'integers', minimum: 0 }, default: [[1], [2, -3]] }),
      'components.PlaneFit.traits.weight.default.1.1 is -3; expected at least 0',
    ],
    [
      traitOf({ type: 'expression', names: ['hillas'], default: 'hilas.width > 1' }),
      'components.PlaneFit.traits.weight.default is "hilas.width > 1"; expected an expression',
    ],
    [
      entryOf({ kind: 'Reconstructor', traits: { 'min-size': { type: 'number', default: 1 } } }),
      'components.PlaneFit.traits has min-size; expected a name such as min_size',
    ],
    [
      traitOf({ type: 'list', items: { type: 'tuple', items: [{ type: 'string' }, { type: 'component' }] } }),
      'components.PlaneFit.traits.weight.items.items.1.kind is missing; expected a string',
    ],
  ];
  for (const [data, fault] of faults) {
    it(`reports that ${fault}`, async () => {
      expect(await checkManifest(data)).to.deep.equal({ fault });
    });
  }

  it('lists the valid trait types for an unknown one', async () => {
    const checked = await checkManifest(traitOf({ type: 'angle' }));
    expect(checked)
      .to.have.property('fault')
      .that.matches(/weight\.type is "angle"; expected boolean or string or path or/);
  });
});
