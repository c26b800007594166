import {
  Component,
  definePlugin,
  EventSource,
  ImageCleaner,
  Reconstructor,
  service,
  serviceToken,
  Tool,
  trait,
} from '@cherenkit/core';
import type { ComponentClass, Trait } from '@cherenkit/core';
import { expect } from 'chai';

const define = (component: unknown): unknown =>
  definePlugin({ name: 'odd', apiVersion: 1, components: [component as ComponentClass] });

describe('definePlugin', () => {
  it('rejects a component without the method of its kind', () => {
    class Empty extends (ImageCleaner as unknown as typeof Component) {}
    expect(() => define(Empty)).to.throw('Plugin odd: Empty has no method clean, which ImageCleaner requires');
  });

  it('rejects a component without an asynchronous method of its kind', () => {
    class Silent extends (EventSource as unknown as typeof Component) {
      async open(): Promise<void> {
        await Promise.resolve();
      }
    }
    class Idle extends (Tool as unknown as typeof Component) {}
    expect(() => define(Silent)).to.throw(
      'Plugin odd: Silent has no method [Symbol.asyncIterator], which EventSource requires',
    );
    expect(() => define(Idle)).to.throw('Plugin odd: Idle has no method run, which Tool requires');
  });

  const traits: readonly [name: string, declared: unknown, message: string][] = [
    ['min-size', trait.number({ help: 'For the test.' }), 'the trait min-size is not in camelCase; expected minSize.'],
    ['size', trait.number(), 'the trait size has no help; describe it in one sentence.'],
    ['size', 5, 'the trait size has no declaration; expected trait.number({ ... }), for example.'],
  ];
  for (const [name, declared, message] of traits) {
    it(`rejects a component whose traits are assigned: ${message}`, () => {
      class Odd extends ImageCleaner {
        static override readonly traits = { [name]: declared as Trait };
        override clean(_: number, image: Float32Array): Uint8Array {
          return new Uint8Array(image.length);
        }
      }
      expect(() => define(Odd))
        .to.throw(TypeError, /^Plugin odd: Odd: /)
        .with.property('message')
        .that.includes(message);
    });
  }

  it('rejects a component whose method is asynchronous', () => {
    class Late extends Reconstructor {
      // eslint-disable-next-line @typescript-eslint/require-await, @typescript-eslint/no-misused-promises -- under test
      override async reconstruct(): Promise<void> {
        return;
      }
    }
    expect(() => define(Late)).to.throw('Plugin odd: the method reconstruct of Late is async');
  });

  it('rejects services that need each other', () => {
    const [first, second] = [serviceToken<object>('odd.First'), serviceToken<object>('odd.Second')];
    class NeedsOne {
      constructor(readonly needed: object) {}
    }
    const services = [service(first, [second], NeedsOne), service(second, [first], NeedsOne)];
    const make = (): unknown => definePlugin({ name: 'odd', apiVersion: 1, services });
    expect(make).to.throw(
      'Plugin odd: its services need each other, so that none can be created first: odd.First -> odd.Second -> odd.First.',
    );
  });

  it('cannot have traits whose names are not in camelCase', () => {
    const minSize = trait.number({ default: 1, help: 'For the test.' });
    expect(() => Component.withTraits({ 'min-size': minSize })).to.throw(
      'withTraits: the name of the trait min-size is not in camelCase; expected minSize.',
    );
    expect(() => Component.withTraits({ Size: minSize })).to.throw('the trait Size is not in camelCase; expected size');
  });
});
