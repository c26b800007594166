import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

/** The sources of all packages, without the indices of folders. */
function sourceFiles(): string[] {
  const packages = join(REPOSITORY_ROOT, 'packages');
  return readdirSync(packages)
    .flatMap((folder) => readdirSync(join(packages, folder, 'src'), { recursive: true, encoding: 'utf8' }))
    .filter((file) => file.endsWith('.ts') && basename(file) !== 'index.ts')
    .map((file) => basename(file));
}

describe('source files', () => {
  const names = sourceFiles();

  it('have names of their own, in kebab-case', () => {
    expect(names.length).to.be.greaterThan(100);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).to.deep.equal([]);
  });

  it('are named after what they hold', () => {
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|types)\.ts$/.test(name))).to.deep.equal([]);
  });
});
