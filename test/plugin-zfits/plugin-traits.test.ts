import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { TraitDeclaration } from '@cherenkit/core';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** Defaults of traits by plugin of ctapipe, class and trait, of make_plugin_traits.py. */
type PluginTraits = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
type Components = Readonly<Record<string, { readonly traits?: Readonly<Record<string, TraitDeclaration>> }>>;

/** A class that reads fewer data than its base class, and needs no component of its own. */
const LEFT_OUT = ['LightNectarCAMEventSource'];
/** Defaults that are others here, as docs/real-data.md says. */
const OTHER_DEFAULTS = [
  'ctapipe_io_zfits MultiFiles.all_chunks',
  'ctapipe_io_nectarcam NectarCAMR0Corrections.calibration_path',
];

describe("traits of ctapipe's plugins for zfits files", () => {
  const reference = JSON.parse(
    readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'plugin-traits.json'), 'utf8'),
  ) as PluginTraits;
  const path = join(REPOSITORY_ROOT, 'packages', 'plugin-zfits', 'cherenkit-manifest.json');
  const { components } = JSON.parse(readFileSync(path, 'utf8')) as { components: Components };

  for (const [plugin, classes] of Object.entries(reference)) {
    for (const [name, traits] of Object.entries(classes).filter(([each]) => !LEFT_OUT.includes(each))) {
      it(`are those of ${name}, as in ${plugin}`, () => {
        const { traits: own = {} } = components[name];
        expect(own).to.include.keys(Object.keys(traits));
        for (const [key, value] of Object.entries(traits)) {
          const place = `${plugin} ${name}.${key}`;
          if (!OTHER_DEFAULTS.includes(place)) expect(own[key].default ?? null, place).to.equal(value);
        }
      });
    }
  }
});
