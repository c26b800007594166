import {
  configurationSchema,
  describeDefault,
  describeTrait,
  flagForm,
  flagText,
  componentKindsOf,
  TRAIT_TYPES,
  type TraitType,
} from '@cherenkit/core/internal';
import {
  Component,
  definePlugin,
  formatProblem,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  readConfigFile,
  trait,
  type ConfigLayer,
  type ConfigurationError,
  type Json,
  type Trait,
  type TraitDeclaration,
} from '@cherenkit/core';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { compose } from '../../../support/compose.js';
import { arrayOf } from '../../../support/test-array.js';
import { ImageCleaner } from '../../../support/test-components.js';

const EventType = { name: 'EventType', members: { MUON: 16, SUBARRAY: 32 } } as const;

/** Traits with their description, the form of their flag, and pairs of flag arguments and the resulting option text. */
const TRAITS: readonly [Trait, words: string, flag: string, ...(readonly [string | boolean | string[], string])[]][] = [
  [trait.boolean(), 'true or false', 'boolean', [true, 'true'], [false, 'false']],
  [trait.perTelescope(trait.boolean()), 'true or false; per telescope', 'true|false', ['true', 'true']],
  [trait.string(), 'string', 'TEXT', ['a,b', 'a,b']],
  [trait.optional(trait.path()), 'path, or null', 'PATH', ['None', 'None']],
  [trait.expression(), 'expression', 'EXPRESSION', ['a > 1', 'a > 1']],
  [trait.integer({ minimum: 1, unit: 's' }), 'integer in s, at least 1', 'N', ['3', '3']],
  [
    trait.optional(trait.bigInteger({ unit: 'ns' })),
    'integer in ns, or null',
    'N',
    ['9007199254740993', '9007199254740993'],
  ],
  [trait.number({ minimum: 0, maximum: 2, unit: 'pe' }), 'number in pe, 0 to 2', 'pe', ['3', '3']],
  [trait.number({ maximum: 2 }), 'number, at most 2', 'NUMBER'],
  [
    trait.quantity({ unit: 'deg', minimum: 0 }),
    'quantity in deg, such as "1 deg", at least 0',
    'deg',
    ['3 arcmin', '3 arcmin'],
  ],
  [
    trait.optional(trait.integerSet({ minimum: 1 })),
    'list of integers, at least 1, or "1,2,5-9", or null',
    '1,2,5-9 several',
    [['1', '2,5-9'], '1,2,5-9'],
    [['None'], 'None'],
    [['[1, 2]'], '[1, 2]'],
  ],
  [trait.oneOf(['a', 'b']), 'a or b', 'a|b', ['a', 'a']],
  [trait.member(EventType), 'MUON or SUBARRAY', 'MUON|SUBARRAY'],
  [trait.componentName(ImageCleaner), 'name of a component of kind ImageCleaner', 'NAME'],
  [
    trait.list(trait.string()),
    'list of (string)',
    'TEXT several',
    [['a', 'b, c'], '["a","b","c"]'],
    [['["a,b"]'], '["a,b"]'],
  ],
  [trait.list(trait.number()), 'list of (number)', 'NUMBER several', [['1', '2,3'], '[1, 2, 3]']],
  [
    trait.perTelescope(trait.list(trait.number())),
    'list of (number); per telescope',
    'NUMBER',
    ['[[type, "*", [1]]]', '[[type, "*", [1]]]'],
  ],
  [trait.tuple([trait.string(), trait.integer()]), '[string, integer]', '[TEXT, N]', ['[a, 1]', '[a, 1]']],
  [trait.dictionary(), 'mapping', '{key: value}', ['{a: 1}', '{a: 1}']],
];

describe('trait types', () => {
  for (const [{ declaration }, words, flag, ...given] of TRAITS) {
    it(`have a description and a flag: ${words}`, () => {
      expect(describeTrait(declaration)).to.equal(words);
      const { isBoolean, isMultiple, helpValue } = flagForm(declaration);
      expect(isBoolean ? 'boolean' : `${helpValue}${isMultiple ? ' several' : ''}`).to.equal(flag);
      for (const [texts, option] of given) expect(flagText(declaration, texts)).to.equal(option);
    });
  }

  it('list their choices and component kinds', () => {
    expect(flagForm(trait.list(trait.oneOf(['a', 'b'])).declaration).choices).to.deep.equal(['a', 'b']);
    const cleaners = trait.list(trait.tuple([trait.string(), trait.componentName(ImageCleaner)]));
    expect(componentKindsOf(cleaners.declaration)).to.deep.equal(['ImageCleaner']);
    expect(describeDefault(trait.member(EventType, { default: 16 }).declaration)).to.equal('"MUON"');
  });

  it('have typed declarations', () => {
    const _integer: TraitDeclaration = { type: 'integer', minimum: 3, perTelescope: true };
    // @ts-expect-error there are no choices
    const _choice: TraitDeclaration = { type: 'choice' };
    // @ts-expect-error text has no minimum
    const _string: TraitDeclaration = { type: 'string', minimum: 3 };
    // @ts-expect-error there is no such type
    const _other: TraitDeclaration = { type: 'angle' };
  });

  it('keep the digits of large integers', async () => {
    class Clock extends Component.withTraits({
      start: trait.optional(trait.bigInteger({ unit: 'ns', help: 'Since 1970.' })),
      steps: trait.perTelescope(trait.bigInteger({ default: '1', help: 'Per second.' })),
    }) {
      static override readonly kind = 'Clock';
    }
    const plugins = new PluginRegistry([
      installedPlugin(definePlugin({ name: 'clocks', apiVersion: 1, components: [Clock] })),
    ]);
    const build = async (layer: ConfigLayer): Promise<readonly [bigint | undefined, bigint]> => {
      const composition = await compose({ plugins, layers: [layer], components: ['Clock'] });
      await composition.setSubarray(arrayOf({ 3: 'LST_LST_LSTCam' }));
      const { start, steps } = composition.create(Clock, 'Clock').traits;
      return [start, steps.for(3)];
    };
    const large = '1582059789516351903';
    const text = `{"Clock": {"start": ${large}, "steps": [["type", "*", 7], ["id", 3, -${large}]]}}`;
    expect(await build(await readConfigFile(text, 'clock.json'))).to.deep.equal([BigInt(large), -BigInt(large)]);
    expect(await build(objectLayer({ Clock: { start: large, steps: 12 } }))).to.deep.equal([BigInt(large), 12n]);
    expect(await build(objectLayer({ Clock: { start: null } }))).to.deep.equal([undefined, 1n]);
    for (const start of [1.5, Number(large), 'now', true]) {
      const refused = await build(objectLayer({ Clock: { start } })).catch((error: unknown) => error);
      const [problem] = (refused as ConfigurationError).problems.map(formatProblem);
      const found = typeof start === 'string' ? `"${start}"` : String(start);
      expect(problem).to.equal(
        `config.Clock.start: error: Clock.start: expected an integer in ns or null, found ${found}`,
      );
    }
  });

  it('convert quantities to the unit of the trait', async () => {
    class Camera extends Component.withTraits({
      width: trait.quantity({ default: 5, unit: 'deg', minimum: 0, help: 'Of the field of view.' }),
      time: trait.optional(trait.quantity({ unit: 'h', help: 'Of the observation.' })),
    }) {
      static override readonly kind = 'Camera';
    }
    const plugins = new PluginRegistry([
      installedPlugin(definePlugin({ name: 'cameras', apiVersion: 1, components: [Camera] })),
    ]);
    const build = async (values: object): Promise<{ readonly width: number; readonly time: number | undefined }> => {
      const composition = await compose({ plugins, layers: [objectLayer({ Camera: values })], components: ['Camera'] });
      await composition.setSubarray(arrayOf({}));
      return composition.create(Camera, 'Camera').traits;
    };
    expect(await build({})).to.deep.equal({ width: 5, time: undefined });
    expect(await build({ width: '3 arcmin', time: '300 min' })).to.deep.equal({ width: 0.05, time: 5 });
    expect(await build({ width: '0.1deg', time: null })).to.deep.equal({ width: 0.1, time: undefined });
    for (const width of ['5 kg', '5 nothing', 'wide', '-1 deg']) {
      const refused = await build({ width }).catch((error: unknown) => error as ConfigurationError);
      const [problem] = (refused as ConfigurationError).problems.map(formatProblem);
      const expected =
        width === '-1 deg' ? 'at least 0 deg, found -1' : `a quantity in deg, such as "1 deg", found "${width}"`;
      expect(problem).to.equal(`config.Camera.width: error: Camera.width: expected ${expected}`);
    }
  });

  it('can be added with a single definition', async () => {
    // Stands for an entry in TRAIT_TYPES.
    const angle: TraitType = {
      describe: () => 'angle in deg or rad',
      schema: () => ({ type: 'number', unit: 'rad' }),
      editorSchema: () => ({ anyOf: [{ type: 'number' }, { type: 'string', pattern: '(deg|rad)$' }] }),
      flag: () => ({ helpValue: '90deg' }),
      normalize: (_, value) => {
        const [, number, unit] = /^([\d.]+)\s*(deg|rad)$/.exec(JSON.stringify(value).replaceAll('"', '')) ?? [];
        return number === undefined ? value : Number(number) * (unit === 'deg' ? Math.PI / 180 : 1);
      },
      runtime: (_, value) => ({ rad: value }),
    };
    Object.assign(TRAIT_TYPES, { angle });
    try {
      const declare = (members: object): Trait => ({ declaration: { type: 'angle', ...members } as never });
      class Mount extends Component.withTraits({
        zenith: declare({ default: '45deg', help: 'Of the pointing.' }),
        tilts: trait.perTelescope(declare({ default: 0, help: 'Of each telescope.' })),
        steps: trait.list(declare({}), { default: [], help: 'Where it stops.' }),
      }) {
        static override readonly kind = 'Mount';
      }
      const plugins = new PluginRegistry([
        installedPlugin(definePlugin({ name: 'mounts', apiVersion: 1, components: [Mount] })),
      ]);
      const build = async (config: object): Promise<Readonly<Record<string, unknown>>> => {
        const composition = await compose({ plugins, layers: [objectLayer(config)], components: ['Mount'] });
        await composition.setSubarray(arrayOf({ 1: 'LST_LST_LSTCam', 2: 'MST_MST_NectarCam' }));
        return composition.create(Mount, 'Mount').traits;
      };
      const tilts: Json = [
        ['type', '*', 0],
        ['id', 2, '180deg'],
      ];
      const traits = await build({ Mount: { tilts, steps: ['90 deg', 1] } });
      expect(traits['zenith']).to.deep.equal({ rad: Math.PI / 4 });
      expect((traits['tilts'] as { for(telId: number): unknown }).for(2)).to.deep.equal({ rad: Math.PI });
      expect(traits['steps']).to.deep.equal([{ rad: Math.PI / 2 }, { rad: 1 }]);
      const refused = await build({ Mount: { zenith: 'up' } }).catch((error: unknown) => error as ConfigurationError);
      expect((refused as ConfigurationError).problems.map(formatProblem)).to.deep.equal([
        'config.Mount.zenith: error: Mount.zenith: expected a number in rad, found "up"',
      ]);
      expect(describeTrait(Mount.traits['tilts']?.declaration ?? { type: '' })).to.equal(
        'angle in deg or rad; per telescope',
      );
      const ajv = new Ajv({ strictTuples: false, strictTypes: false, allowUnionTypes: true });
      const validate = ajv.compile(configurationSchema(plugins.catalog));
      expect(validate({ Mount: { tilts } })).to.equal(true);
      expect(validate({ Mount: { zenith: 'up' } })).to.equal(false);
    } finally {
      delete (TRAIT_TYPES as { angle?: TraitType }).angle;
    }
  });
});
