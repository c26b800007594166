import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { expect } from 'chai';
import { manifestOf } from '@cherenkit/core/internal';
import {
  corePlugin,
  ImageCleaner,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  serviceToken,
  type Plugin,
} from '@cherenkit/core';
import { REPOSITORY_ROOT } from '../../../support/repository-root.js';
import { subarray } from '../../../support/test-run.js';
import { compose } from '../../../support/compose.js';

/** A third-party plugin in plain JavaScript. */
const PLUGIN = `
import { definePlugin, ImageCleaner, service, serviceToken, SUBARRAY, trait } from '@cherenkit/core';
const ARRAY_SIZE = serviceToken('third-party.ArraySize');
class ArraySize {
  constructor(subarray) { this.subarray = subarray; }
}
class ThirdPartyCleaner extends ImageCleaner.withTraits({
  threshold: trait.perTelescope(trait.number({ default: 3, help: 'Pixels above this are kept.' })),
}) {
  clean(telId, image) { return Uint8Array.from(image, (charge) => Number(charge > this.traits.threshold.for(telId))); }
  get array() { return this.context.service(ARRAY_SIZE).subarray; }
}
export default definePlugin({
  name: 'third-party', apiVersion: 1, components: [ThirdPartyCleaner], services: [service(ARRAY_SIZE, [SUBARRAY], ArraySize)],
});
`;

describe('a plugin with its own copy of core', () => {
  let directory = '';

  before(async () => {
    // Inside the checkout, so that the dependencies of core are resolved.
    directory = await mkdtemp(join(dirname(fileURLToPath(import.meta.url)), 'second-core-'));
    const copy = join(directory, 'node_modules', '@cherenkit', 'core');
    await mkdir(copy, { recursive: true });
    for (const part of ['dist', 'package.json']) {
      await cp(join(REPOSITORY_ROOT, 'packages', 'core', part), join(copy, part), { recursive: true });
    }
    await writeFile(join(directory, 'plugin.mjs'), PLUGIN);
  });

  after(() => rm(directory, { recursive: true, force: true }));

  it('works with the components and services of the first copy', async () => {
    const { default: plugin } = (await import(pathToFileURL(join(directory, 'plugin.mjs')).href)) as {
      default: Plugin;
    };
    expect(Object.getPrototypeOf(Object.getPrototypeOf(plugin.components[0]))).not.to.equal(ImageCleaner);
    const thirdParty = {
      manifest: manifestOf(plugin),
      load: () => import(pathToFileURL(join(directory, 'plugin.mjs')).href) as Promise<{ default: Plugin }>,
    };
    const composition = await compose({
      plugins: new PluginRegistry([installedPlugin(corePlugin), thirdParty]),
      layers: [
        objectLayer({
          ThirdPartyCleaner: {
            threshold: [
              ['type', '*', 4],
              ['id', 5, 8],
            ],
          },
        }),
      ],
      components: ['ThirdPartyCleaner'],
    });
    await composition.setSubarray(subarray);
    const cleaner = composition.create(ImageCleaner, 'ThirdPartyCleaner');
    const image = Float32Array.of(3, 5, 9);
    const masks = [1, 5].map((telId) => [...cleaner.clean(telId, image)]);
    expect(masks).to.deep.equal([
      [0, 1, 1],
      [0, 0, 1],
    ]);
    expect(cleaner).to.have.property('array', subarray);
    expect(composition.service(serviceToken('third-party.ArraySize'))).to.have.property('subarray', subarray);
  });
});
