import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

/** File names that any package or folder may have: its exports, and those for the other packages of this repository. */
const EXPORT_LISTS: ReadonlySet<string> = new Set(['index.ts', 'internal.ts']);

/** The file names of the sources of all packages except lists of exports. */
function sourceFiles(): string[] {
  const packages = join(REPOSITORY_ROOT, 'packages');
  return readdirSync(packages)
    .flatMap((folder) => readdirSync(join(packages, folder, 'src'), { recursive: true, encoding: 'utf8' }))
    .filter((file) => file.endsWith('.ts') && !EXPORT_LISTS.has(basename(file)))
    .map((file) => basename(file));
}

describe('source files', () => {
  const names = sourceFiles();

  it('have unique names in kebab-case', () => {
    expect(names.length).to.be.greaterThan(100);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).to.deep.equal([]);
  });

  it('have specific names', () => {
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|types)\.ts$/.test(name))).to.deep.equal([]);
  });
});
