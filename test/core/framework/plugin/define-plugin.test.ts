import { Component, definePlugin, ImageCleaner, Reconstructor, service, serviceToken, trait } from '@cherenkit/core';
import type { ComponentClass } from '@cherenkit/core';
import { expect } from 'chai';

const define = (component: unknown): unknown =>
  definePlugin({ name: 'odd', apiVersion: 1, components: [component as ComponentClass] });

describe('definePlugin', () => {
  it('rejects a component without the method of its kind', () => {
    class Empty extends (ImageCleaner as unknown as typeof Component) {}
    expect(() => define(Empty)).to.throw('Plugin odd: Empty has no method clean, which ImageCleaner requires.');
  });

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
    expect(make).to.throw('odd.First -> odd.Second -> odd.First');
  });

  it('cannot have traits whose names are not in camelCase', () => {
    const minSize = trait.number({ default: 1, help: 'For the test.' });
    expect(() => Component.withTraits({ 'min-size': minSize })).to.throw(
      'Trait name min-size is not in camelCase; expected minSize.',
    );
    expect(() => Component.withTraits({ Size: minSize })).to.throw('Trait name Size is not in camelCase');
  });
});
