import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

const CLASSES = 'packages/core/src/framework/configuration/ctapipe/ctapipe-classes.ts';

/** Traits of ctapipe that no component here has; those of tools and formats of messages are given as flags. */
const OTHERS = ['back_seekable', 'output_table_schema'];

function read(path: string): string {
  return readFileSync(join(REPOSITORY_ROOT, path), 'utf8');
}

describe('docs/from-ctapipe.md', () => {
  const page = read('docs/from-ctapipe.md');
  const components = read('docs/configuration.md');

  it('names each configurable class of ctapipe that is not a component here', () => {
    const names = [...read(CLASSES).matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name);
    expect(names.length).to.be.greaterThan(140);
    const isNamedIn = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
    expect(names.filter((name) => !isNamedIn(components, name) && !isNamedIn(page, name))).to.deep.equal([]);
  });

  it('names the traits of ctapipe that have no counterpart', () => {
    for (const trait of OTHERS) {
      expect(components).not.to.include(trait);
      expect(page).to.include(trait);
    }
  });
});
