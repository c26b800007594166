import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { expect } from 'chai';
import { simulationFile } from '../support/ctapipe-reference.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { pluginWorkshop } from '../support/built-plugin.js';
import {
  describeInstalled,
  installedCherenkit,
  installedProgram,
  packedPackages,
  run,
  runChecked,
} from '../support/packed-packages.js';
import { TEST_DATA } from '../support/test-data.js';

const README = readFileSync(join(REPOSITORY_ROOT, 'README.md'), 'utf8');
/** The executable of another version of Node. */
const OTHER_NODE = process.env['CHERENKIT_OTHER_NODE'];
/** Bytes; a tenth of it is the program that draws PNG. */
const LARGEST_INSTALLATION = 65e6;

function codeBlocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp('^```' + language + '\\n([^]*?)^```$', 'gm'))].map(([, code]) => code);
}

/** Size on disk in bytes, in whole blocks as counted by `du`. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => lstatSync(join(folder, file)).blocks * 512)
    .reduce((sum, size) => sum + size, 0);
}

describeInstalled('cherenkit installed from its packages outside the repository', () => {
  let folder: string;
  const npx = (...args: string[]) => run('npx', ['--no-install', 'cherenkit', ...args], folder);

  before(() => (folder = installedCherenkit()));

  it(`takes less than ${LARGEST_INSTALLATION / 1e6} MB including dependencies`, () => {
    expect(sizeOf(join(folder, 'node_modules'))).to.be.below(LARGEST_INSTALLATION);
  });

  it('has no install scripts', () => {
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.keys(lock.packages).length).to.be.above(packedPackages().size);
    expect(Object.keys(lock.packages).filter((name) => lock.packages[name].hasInstallScript)).to.deep.equal([]);
  });

  it('lists its commands in the help', () => {
    const { status, stdout, stderr } = npx('--help');
    expect(status, stderr).to.equal(0);
    for (const command of ['process', 'events', 'inspect', 'config', 'create-plugin'])
      expect(stdout).to.include(command);
  });

  it('draws an event as PNG', () => {
    const { status, stderr } = npx('display', 'toymodel:?events=1', '-o', 'event.png');
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    const png = readFileSync(join(folder, 'event.png'));
    expect(png.subarray(1, 4).toString()).to.equal('PNG');
    expect(png.length).to.be.above(100_000);
  });

  it('reconstructs simulated showers', () => {
    const { status, stdout, stderr } = npx('process', '-i', 'toymodel:', '-o', 'toy.dl2.h5', '--write-showers');
    expect(status, stderr).to.equal(0);
    expect(stdout)
      .to.match(/^toy\.dl2\.h5: 10 events/)
      .and.match(/^HillasReconstructor: (?:8|9|10) of 10 events/m);
    expect(readdirSync(folder)).to.include('toy.dl2.h5');
  });

  it('runs on another version of Node', function () {
    if (OTHER_NODE === undefined) {
      console.log('      skipped: CHERENKIT_OTHER_NODE is not set');
      return this.skip();
    }
    const other = (...args: string[]) => run(OTHER_NODE, [installedProgram(folder, 'cherenkit'), ...args], folder);
    expect(other('--version').stdout).to.match(/^cherenkit\//);
    expect(other('plugins', 'doctor').status).to.equal(0);
    const inputs = ['toymodel:', ...(TEST_DATA === undefined ? [] : [simulationFile('proton_north_alpha_700')])];
    for (const input of inputs) {
      const options = ['-i', input, '-o', 'other.dl2.h5', '--write-showers', '--overwrite'];
      const { status, stdout, stderr } = other('process', ...options);
      expect({ status, stderr }, input).to.deep.equal({ status: 0, stderr: '' });
      expect(stdout).to.match(/^HillasReconstructor: \d+ of \d+ events/m);
    }
  });

  it('accepts the configuration of the README', () => {
    const [yaml] = codeBlocks(README, 'yaml');
    writeFileSync(join(folder, 'mine.yaml'), yaml);
    const { status, stderr } = npx('config', 'check', 'mine.yaml');
    expect(status, stderr).to.equal(0);
  });

  it('runs the JavaScript example of its README', () => {
    const [script] = codeBlocks(readFileSync(join(folder, 'node_modules', 'cherenkit', 'README.md'), 'utf8'), 'js');
    writeFileSync(join(folder, 'script.js'), script);
    const lines = runChecked(process.execPath, ['script.js'], folder).trim().split('\n');
    expect(lines.length).to.be.within(1, 5);
    for (const line of lines) expect(line).to.match(/^\d+ \d+\.\d+ \d+\.\d+$/);
  });

  it('runs the code of the tutorial', () => {
    const page = readFileSync(join(REPOSITORY_ROOT, 'docs', 'tutorial.md'), 'utf8');
    const { code } = transformSync(codeBlocks(page, 'ts').join('\n'), { loader: 'ts', target: 'node20' });
    writeFileSync(join(folder, 'tutorial.js'), code);
    runChecked(process.execPath, ['tutorial.js', 'toymodel:?array=lst&events=6'], folder);
    expect(readdirSync(join(folder, 'tutorial'))).to.include.members([
      '01-image.svg',
      '09-islands.svg',
      'events.dl2.h5',
    ]);
  });

  it('compiles and runs the TypeScript example of the README', () => {
    const user = join(pluginWorkshop(), 'typescript-user');
    mkdirSync(user);
    writeFileSync(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const [script] = codeBlocks(README, 'ts');
    writeFileSync(join(user, 'script.ts'), script);
    const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2023,esnext.disposable'];
    runChecked('npx', ['--no-install', 'tsc', ...options, '--types', 'node', 'script.ts'], user);
    expect(runChecked(process.execPath, ['script.js'], user)).to.match(/^\d+ \d+\.\d+ \d+\.\d+$/m);
  });

  const packages = ['kernels', 'core', 'plugin-simtel', 'plugin-toymodel', 'plugin-extractors', 'plugin-cleaners'];
  for (const directory of [...packages, 'plugin-hillas', 'plugin-muon', 'plugin-hdf5', 'plugin-ml']) {
    const name = `@cherenkit/${directory}`;
    it(`can be bundled for browsers: ${name}`, async () => {
      const { errors, metafile } = await build({
        stdin: { contents: `export * from '${name}';`, resolveDir: folder },
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        keepNames: true,
        logLevel: 'silent',
      });
      expect(errors).to.deep.equal([]);
      const inputs = Object.keys(metafile.inputs).map((file) => file.replace(/.*node_modules\//, ''));
      expect(inputs.filter((file) => /^@cherenkit.*\/node\//.test(file))).to.deep.equal([]);
      expect(inputs.some((file) => file.startsWith(name))).to.equal(true);
    });
  }
});
