import fc from 'fast-check';
import { expect } from 'chai';
import {
  Component,
  ConfigurationError,
  definePlugin,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  trait,
  type Json,
} from '@cherenkit/core';
import { compose } from '../../../support/compose.js';

/** Traits whose values are validated without ajv if they are simple. */
class Plain extends Component.withTraits({
  count: trait.integer({ default: 1, minimum: 0, maximum: 9, help: 'A number.' }),
  weight: trait.perTelescope(trait.number({ default: 1, minimum: -1, unit: 'pe', help: 'A number per telescope.' })),
  limit: trait.optional(trait.number({ maximum: 100, help: 'A number or none.' })),
  mode: trait.oneOf(['fast', 'slow'], { default: 'fast', help: 'A word.' }),
  flag: trait.boolean({ default: false, help: 'Yes or no.' }),
}) {
  static override readonly kind: string = 'Plain';
  static override readonly help = 'For the test.';
}

const plugins = new PluginRegistry([
  installedPlugin(definePlugin({ name: 'plain', apiVersion: 1, kinds: [Plain], components: [Plain] })),
]);

async function problemsOf(values: Readonly<Record<string, unknown>>): Promise<string[]> {
  try {
    await compose({ plugins, layers: [objectLayer({ Plain: values })], components: ['Plain'] });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

describe('the check of simple values', () => {
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.integer({ min: -3, max: 120 }),
    fc.double({ noNaN: true, min: -5, max: 200 }),
    fc.constantFrom('fast', 'slow', 'Fast', 'x', '', '5', true, false, null),
    fc.constantFrom<Json>([], [['type', '*', 3]], [['type', '*', 'x']], [5], {}),
  );

  /** The conditions declared by the traits above. */
  const isValid: Readonly<Record<string, (value: Json) => boolean>> = {
    count: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9,
    weight: (value) =>
      (typeof value === 'number' && value >= -1) || ['[]', '[["type","*",3]]'].includes(JSON.stringify(value)),
    limit: (value) => value === null || (typeof value === 'number' && value <= 100),
    mode: (value) => value === 'fast' || value === 'slow',
    flag: (value) => typeof value === 'boolean',
  };

  it('agrees with the declarations of the traits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(isValid)), value, async (name, given) => {
        expect((await problemsOf({ [name]: given })).length === 0, JSON.stringify(given)).to.equal(
          isValid[name](given),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('accepts valid values and reports the limit of an invalid one', async () => {
    expect(await problemsOf({ count: 9, weight: -1, limit: null, mode: 'slow', flag: true })).to.deep.equal([]);
    expect(await problemsOf({ count: 10 })).to.deep.equal(['Plain.count: expected at most 9, found 10']);
  });
});
