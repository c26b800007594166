import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../../support/run-command.js';

/** The error of `plugins manifest` for a package with these members. */
async function manifestError(folder: TemporaryFolder, members: object): Promise<string> {
  const plugin = { apiVersion: '^1.0', manifest: './cherenkit-manifest.json' };
  writeFileSync(folder.join('package.json'), JSON.stringify({ name: 'own', cherenkit: plugin, ...members }));
  return (await cherenkit(['plugins', 'manifest', '.'], folder.path)).stderr;
}

describe('the main module of a plugin', () => {
  for (const [what, members, expected] of [
    ['main', { main: 'lib/main.js' }, 'lib/main.js'],
    [
      'the conditions of exports',
      { main: 'a.js', exports: { '.': { require: './b.cjs', node: { types: './c.d.ts', import: './c.js' } } } },
      'c.js',
    ],
  ] as const) {
    it(`is found by ${what}`, async () => {
      using folder = new TemporaryFolder();
      expect(await manifestError(folder, members)).to.include(`Cannot import ${join(folder.path, expected)}`);
    });
  }

  it('must be among the exports', async () => {
    using folder = new TemporaryFolder();
    expect(await manifestError(folder, { main: 'a.js', exports: { './more': './more.js' } })).to.match(
      /^error\[PLUGIN_UNUSABLE\]: .*package\.json: "exports" has no main module: "\." with "import" or "default"\.$/m,
    );
  });
});
