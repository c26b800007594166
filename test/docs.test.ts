import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

const pages = ['README.md', 'CONTRIBUTING.md', ...docsBelow('docs')];

function docsBelow(folder: string): string[] {
  return readdirSync(join(REPOSITORY_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function read(page: string): string {
  return readFileSync(join(REPOSITORY_ROOT, page), 'utf8');
}

describe('the documentation', () => {
  it('has up-to-date generated pages', function () {
    this.timeout(60_000);
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-docs.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
  });

  it('links to existing files', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(REPOSITORY_ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it('names existing commands', () => {
    const manifest = JSON.parse(read('packages/cherenkit/oclif.manifest.json')) as { readonly commands: object };
    const topics = Object.keys(manifest.commands).map((id) => id.split(':'));
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/(?:`|npx )cherenkit ([a-z][a-z0-9-]*)(?: ([a-z][a-z-]*))?/g)].map(
        ([, first = '', second]) => [first, second] as const,
      ),
    );
    const unknown = named.filter(
      ([first, second]) =>
        !topics.some(
          ([topic, subtopic]) =>
            topic === first && (subtopic === undefined || second === undefined || subtopic === second),
        ),
    );
    expect(unknown).to.deep.equal([]);
    expect(named.length).to.be.greaterThan(5);
  });
});
