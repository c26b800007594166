import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { describeInstalled, packedPackages, run, runChecked, WANTS_PACKAGES } from '../support/packed-packages.js';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly cherenkit?: { readonly manifest: string };
}

describeInstalled('each package as published by npm', () => {
  const packages = WANTS_PACKAGES ? [...packedPackages()] : [];
  const { version } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'lerna.json'), 'utf8')) as PackageJson;

  for (const [name, tarball] of packages) {
    const filesIn = (): string[] => runChecked('tar', ['-tzf', tarball], '.').trim().split('\n');
    const contentOf = (file: string): string => runChecked('tar', ['-xzOf', tarball, `package/${file}`], '.');

    it(`${name}: passes publint`, async () => {
      const data = readFileSync(tarball);
      const pack = { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.length) };
      const { messages, pkg } = await publint({ pack, strict: true });
      expect(messages.map((message) => formatMessage(message, pkg ?? {}))).to.deep.equal([]);
    });

    it(`${name}: has types that match the code (attw, for ES modules)`, () => {
      const attw = join(REPOSITORY_ROOT, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
      const { status, stdout } = run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-color'], '.');
      expect(status, stdout).to.equal(0);
    });

    it(`${name}: contains code, types, license and README, and no tests`, () => {
      const files = filesIn();
      for (const file of ['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']) {
        expect(files).to.include(`package/${file}`);
      }
      expect(files.filter((file) => /(\.test\.[jt]s|tsbuildinfo|tsconfig\.json)$/.test(file))).to.satisfy(
        (found: string[]) => found.every((file) => file.startsWith('package/templates/')),
      );
      // The source maps refer to the sources, which debuggers show.
      expect(files.some((file) => /^package\/src\/.*\.ts$/.test(file))).to.equal(true);
    });

    it(`${name}: has the common version and no install scripts`, () => {
      const content = JSON.parse(contentOf('package.json')) as PackageJson;
      expect(content.version).to.equal(version);
      const { dependencies, peerDependencies, scripts = {} } = content;
      const ours = Object.entries({ ...dependencies, ...peerDependencies }).filter(([one]) => /cherenkit/.test(one));
      for (const [one, range] of ours) expect(range, one).to.equal(version);
      expect(Object.keys(scripts).filter((script) => /install|prepare/.test(script))).to.deep.equal([]);
      if (content.cherenkit) expect(filesIn()).to.include(`package/${content.cherenkit.manifest.replace('./', '')}`);
    });
  }

  it('@cherenkit/plugin-hdf5: contains the Blosc filter with its licenses, and the workers', () => {
    const [, tarball = ''] = packages.find(([name]) => name === '@cherenkit/plugin-hdf5') ?? [];
    const files = runChecked('tar', ['-tzf', tarball], '.').trim().split('\n');
    for (const file of [
      'filters/libH5Zblosc.so',
      'filters/LICENSES.txt',
      'dist/hdf5-worker.js',
      'dist/hdf5-worker.node.js',
    ]) {
      expect(files).to.include(`package/${file}`);
    }
  });

  it('@cherenkit/display: contains the font with its license, and types that need no other package', () => {
    const [, tarball = ''] = packages.find(([name]) => name === '@cherenkit/display') ?? [];
    const files = runChecked('tar', ['-tzf', tarball], '.').trim().split('\n');
    for (const file of ['font/DejaVuSans.ttf', 'font/LICENSE.txt', 'dist/THIRD-PARTY-LICENSES.txt']) {
      expect(files).to.include(`package/${file}`);
    }
    const types = runChecked('tar', ['-xzOf', tarball, 'package/dist/plots/distribution-plots.d.ts'], '.');
    expect(types).not.to.include('@observablehq');
  });
});
