import { expect } from 'chai';
import fc from 'fast-check';
import { camelCase, Component, snakeCase, trait, type TelescopeValues, type Trait } from '@cherenkit/core';
import {
  EventSource,
  MARSImageCleaner,
  Reconstructor,
  StereoQualityQuery,
  TailcutsImageCleaner,
  type HillasIntersection,
  type ToySource,
} from '../../../support/test-components.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const assertType = <_T extends true>(): void => undefined;
type Value<T> = T extends Trait<infer V> ? V : never;

describe('trait', () => {
  it('infers the static type of its value', () => {
    const _traits = {
      number: trait.number({ help: '' }),
      words: trait.oneOf(['a', 'b'], { default: 'b' }),
      list: trait.list(trait.integer()),
      pairs: trait.list(trait.tuple([trait.string(), trait.integer()]), { default: [['a', 1]] }),
      set: trait.integerSet({ default: [1] }),
      large: trait.bigInteger(),
      maybe: trait.optional(trait.path()),
      table: trait.perTelescope(trait.optional(trait.number())),
      free: trait.dictionary<string>(),
    };
    assertType<Equal<Value<typeof _traits.number>, number>>();
    assertType<Equal<Value<typeof _traits.words>, 'a' | 'b'>>();
    assertType<Equal<Value<typeof _traits.list>, readonly number[]>>();
    assertType<Equal<Value<typeof _traits.pairs>, readonly (readonly [string, number])[]>>();
    assertType<Equal<Value<typeof _traits.set>, ReadonlySet<number>>>();
    assertType<Equal<Value<typeof _traits.large>, bigint>>();
    assertType<Equal<Value<typeof _traits.maybe>, string | undefined>>();
    assertType<Equal<Value<typeof _traits.table>, TelescopeValues<number | undefined>>>();
    assertType<Equal<Value<typeof _traits.free>, { readonly [key: string]: string }>>();
  });

  it('rejects a default of the wrong type at compile time', () => {
    // @ts-expect-error 'other' is not a choice
    trait.oneOf(['a', 'b'], { default: 'other' });
    // @ts-expect-error a word is no number
    trait.number({ default: 'ten' });
    // @ts-expect-error the second place holds an integer
    trait.tuple([trait.string(), trait.integer()], { default: ['a', 'b'] });
    // @ts-expect-error a rule has three places
    trait.perTelescope(trait.number(), [['type', '*']]);
    // @ts-expect-error rules hold values of the trait
    trait.perTelescope(trait.number(), [['type', '*', 'ten']]);
  });

  it('has a declaration of plain data', () => {
    const threshold = trait.number({ default: 10, minimum: 0, unit: 'pe', help: 'Kept above.' });
    expect(trait.perTelescope(threshold).declaration).to.deep.equal({
      type: 'number',
      default: 10,
      minimum: 0,
      unit: 'pe',
      help: 'Kept above.',
      perTelescope: true,
    });
    expect(trait.perTelescope(trait.number({ help: 'h' }), [['type', 'LST*', 1]]).declaration.default).to.deep.equal([
      ['type', 'LST*', 1],
    ]);
    expect(trait.optional(trait.integer({ help: 'h' })).declaration).to.deep.equal({
      type: 'integer',
      help: 'h',
      default: null,
      optional: true,
    });
    expect(trait.optional(trait.integer({ default: 3 })).declaration.default).to.equal(3);
    expect(trait.componentName(Reconstructor).declaration).to.deep.equal({ type: 'component', kind: 'Reconstructor' });
  });

  it('rejects wrappers in the wrong order', () => {
    expect(() => trait.optional(trait.perTelescope(trait.number()))).to.throw(TypeError, /perTelescope\(optional/);
    expect(() => trait.perTelescope(trait.perTelescope(trait.number()))).to.throw(TypeError, /twice/);
  });
});

describe('Component.withTraits', () => {
  it('infers the types of values, including inherited ones', () => {
    assertType<Equal<HillasIntersection['traits']['weighting'], 'Konrad' | 'hess'>>();
    assertType<Equal<HillasIntersection['traits']['prefix'], string>>();
    assertType<Equal<MARSImageCleaner['traits']['pictureThresholdPe'], TelescopeValues<number>>>();
    assertType<Equal<ToySource['traits']['allowedTels'], ReadonlySet<number> | undefined>>();
    // @ts-expect-error no such trait
    assertType<HillasIntersection['traits']['wieghting']>();
    // @ts-expect-error reconstruct is missing
    class _Incomplete extends Reconstructor.withTraits({}) {}
  });

  it('inherits the traits of base classes and overrides those of the same name', () => {
    expect(Object.keys(MARSImageCleaner.traits)).to.deep.equal([
      'pictureThresholdPe',
      'keepIsolatedPixels',
      'minNumberPictureNeighbors',
    ]);
    expect(StereoQualityQuery.traits['qualityCriteria']?.declaration.default).to.deep.equal([
      ['> 50 pe', 'parameters.hillas.intensity > 50'],
    ]);
    expect(TailcutsImageCleaner.kind).to.equal('ImageCleaner');
    expect(EventSource.kind).to.equal('EventSource');
  });

  it('rejects names that are not in camelCase and traits without help', () => {
    const named = { min_telescopes: trait.integer({ help: 'h' }) };
    expect(() => Component.withTraits(named)).to.throw(
      TypeError,
      'the name of the trait min_telescopes is not in camelCase; expected minTelescopes.',
    );
    expect(() => Component.withTraits({ count: trait.integer() })).to.throw(TypeError, 'the trait count has no help;');
  });
});

describe('trait names', () => {
  it('are converted one-to-one between camelCase and snake_case', () => {
    for (const name of ['picture_threshold_pe', 'leakage_width_2', 'dl1_images', 'h_max', 'class_', 'id_']) {
      expect(snakeCase(camelCase(name))).to.equal(name);
    }
    expect(camelCase('picture_threshold_pe')).to.equal('pictureThresholdPe');
    expect(camelCase('leakage_width_2')).to.equal('leakageWidth_2');
  });

  it('survive the round trip for any snake_case name', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    const name = fc.array(fc.oneof(word, fc.stringMatching(/^[0-9]{1,2}$/)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(word, name, (first, rest) => {
        const snake = [first, ...rest].join('_');
        expect(snakeCase(camelCase(snake))).to.equal(snake);
      }),
    );
  });
});
