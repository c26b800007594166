import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import ts from 'typescript';
import { REPOSITORY_ROOT } from './support/repository-root.js';
import { inTestData, TEST_DATA } from './support/test-data.js';

const PAGES = [
  'README.md',
  'docs/scripts.md',
  ...readdirSync(join(REPOSITORY_ROOT, 'packages')).map((folder) => `packages/${folder}/README.md`),
];

const REAL_FILE = inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst');

const SOURCES = readdirSync(join(REPOSITORY_ROOT, 'packages')).flatMap((folder) =>
  readdirSync(join(REPOSITORY_ROOT, 'packages', folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `packages/${folder}/src/${file}`),
);

/** Declarations for names in excerpts that no package exports. */
const FREE_NAMES: Readonly<Record<string, string>> = {
  source: `declare const source: import('@cherenkit/core').EventSource;`,
  layers: `declare const layers: import('@cherenkit/core').ConfigLayer[];`,
  plugins: `declare const plugins: import('@cherenkit/core').PluginRegistry;`,
  pipeline: `declare const pipeline: import('@cherenkit/core').Pipeline;`,
  subarray: `declare const subarray: import('@cherenkit/core').SubarrayDescription;`,
  config: `declare const config: object;`,
  Waveforms: `import type { Waveforms } from '@cherenkit/core';`,
  path: `declare const path: string;`,
  table: `declare const table: import('@cherenkit/tables').Table;`,
  existsSync: `import { existsSync } from 'node:fs';`,
  openFile: `import { openFile } from '@cherenkit/io';`,
  SimtelFile: `import { SimtelFile } from '@cherenkit/plugin-simtel/eventio';`,
  image: `declare const image: Float32Array;`,
  geometry: `declare const geometry: import('@cherenkit/core').CameraGeometry<import('@cherenkit/kernels').TelescopeFrame>;`,
  display: `declare const display: import('@cherenkit/display').CameraDisplay;`,
  writePicture: `import { writePicture } from '@cherenkit/display/node';`,
  describe: `import { describe } from 'mocha';`,
  it: `import { it } from 'mocha';`,
  PlaneFitReconstructor: `import { PlaneFitReconstructor } from './plane-fit-reconstructor.js';`,
};

/** The plugin used by the examples. */
const PLANE_FIT: Example = {
  file: 'plane-fit-reconstructor.ts',
  text: `export { HillasReconstructor as PlaneFitReconstructor } from '@cherenkit/plugin-hillas';`,
  isScript: true,
};

/** A code block of a page or a docstring: `README-1.ts`. */
interface Example {
  readonly file: string;
  readonly text: string;
  /** Whether it is a script with imports; an excerpt without imports is only compiled. */
  readonly isScript: boolean;
}

function examplesOfPage(page: string): Example[] {
  return codeBlocks(page, readFileSync(join(REPOSITORY_ROOT, page), 'utf8'));
}

function examplesOfSource(source: string): Example[] {
  const docstrings = readFileSync(join(REPOSITORY_ROOT, source), 'utf8').match(/^ *\/\*\*$[^]*?^ *\*\/$/gm) ?? [];
  return codeBlocks(source, docstrings.join('\n').replaceAll(/^ *\* ?/gm, ''));
}

function codeBlocks(path: string, text: string): Example[] {
  return [...text.matchAll(/^```(ts|js)\n([^]*?)^```$/gm)].map(([, language = '', code = ''], index) => ({
    file: `${path.replaceAll('/', '-').replace(/\.(md|ts)$/, '')}-${index + 1}.${language}`,
    text: code,
    isScript: /^import /m.test(code),
  }));
}

/**
 * Converts an excerpt to a module: names of its own package are imported from there, others from `cherenkit` or
 * `@cherenkit/testing`, and those of `FREE_NAMES` are declared. The braces allow the excerpt to redeclare such names.
 */
async function completed(excerpt: Example): Promise<Example> {
  const [, own = ''] = /^packages-(.+?)-src-/.exec(excerpt.file) ?? [];
  const names = new Set(excerpt.text.match(/\b[A-Za-z_]\w*/g));
  const head = Object.entries(FREE_NAMES).flatMap(([name, line]) => (names.has(name) ? [line] : []));
  for (const name of ['default', ...Object.keys(FREE_NAMES)]) names.delete(name);
  for (const name of [own === 'cherenkit' ? own : `@cherenkit/${own}`, 'cherenkit', '@cherenkit/testing']) {
    const exported = Object.keys((await import(name)) as object).filter((key) => names.delete(key));
    if (exported.length > 0) head.push(`import { ${exported.join(', ')} } from '${name}';`);
  }
  return { ...excerpt, text: [...head, `{\n${excerpt.text}}`, 'export {};'].join('\n') };
}

describe('examples in the documentation', function () {
  this.timeout(120_000);
  // Inside the repository, so that the packages are resolved as in the node_modules of a user.
  const folder = join(REPOSITORY_ROOT, 'test', 'dist', 'examples');
  const examples = [PLANE_FIT, ...PAGES.flatMap(examplesOfPage), ...SOURCES.flatMap(examplesOfSource)];
  const scripts = examples.filter(({ isScript }) => isScript);

  before(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const excerpts = examples.filter(({ isScript }) => !isScript);
    for (const { file, text } of [...scripts, ...(await Promise.all(excerpts.map(completed)))]) {
      writeFileSync(join(folder, file), text);
    }
  });

  it('exist for each package', () => {
    for (const page of PAGES) expect(examplesOfPage(page), page).not.to.be.empty;
  });

  it('compile', () => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      types: ['node'],
      strict: true,
      skipLibCheck: true,
    };
    const files = examples.filter(({ file }) => file.endsWith('.ts')).map(({ file }) => join(folder, file));
    const program = ts.createProgram(files, options);
    const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    const texts = problems.map(
      ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
    expect(texts).to.deep.equal([]);
  });

  it('run', () => {
    const urls = scripts.map(({ file }) => pathToFileURL(join(folder, file.replace(/\.ts$/, '.js'))).href);
    const { stdout, stderr, status } = runModules(urls);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    expect(stdout).not.to.equal('');
  });

  for (const input of ['toymodel:', ...(TEST_DATA === undefined ? [] : [REAL_FILE])]) {
    it(`reconstruct events of ${input}`, () => {
      const { stdout, stderr } = runModules([pathToFileURL(join(folder, 'README-1.js')).href], input);
      expect(stderr).to.equal('');
      const lines = stdout.trim().split('\n');
      for (const line of lines) {
        const [eventId, alt, az] = line.split(' ').map(Number);
        expect(eventId).to.be.above(0);
        expect(alt).to.be.within(0, 90);
        expect(az).to.be.within(0, 360);
      }
    });
  }

  /** Imports modules one after the other in a separate process. */
  function runModules(urls: readonly string[], ...args: string[]): ReturnType<typeof spawnSync> & { stdout: string } {
    const script = `for (const url of ${JSON.stringify(urls)}) await import(url);`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  }
});
