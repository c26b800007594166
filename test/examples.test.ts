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

/** A block of code in a page: `README-1.ts`. */
interface Example {
  readonly file: string;
  readonly text: string;
}

function examplesOf(page: string): Example[] {
  const text = readFileSync(join(REPOSITORY_ROOT, page), 'utf8');
  return [...text.matchAll(/^```(ts|js)\n([^]*?)^```$/gm)].map(([, language = '', code = ''], index) => ({
    file: `${page.replaceAll('/', '-').replace('.md', '')}-${index + 1}.${language}`,
    text: code,
  }));
}

describe('the examples of the documentation', function () {
  this.timeout(120_000);
  // Within the repository, so that they find the packages as a user's scripts find them in their node_modules.
  const folder = join(REPOSITORY_ROOT, 'test', 'dist', 'examples');
  const examples = PAGES.flatMap(examplesOf);

  before(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { file, text } of examples) writeFileSync(join(folder, file), text);
  });

  it('are there: one of each package', () => {
    for (const page of PAGES) expect(examplesOf(page), page).not.to.be.empty;
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
    const scripts = examples.filter(({ file }) => file.endsWith('.ts')).map(({ file }) => join(folder, file));
    const program = ts.createProgram(scripts, options);
    const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    const texts = problems.map(
      ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
    expect(texts).to.deep.equal([]);
  });

  it('run', () => {
    const urls = examples.map(({ file }) => pathToFileURL(join(folder, file.replace(/\.ts$/, '.js'))).href);
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

  /** Imports modules one after the other, in a process of their own. */
  function runModules(urls: readonly string[], ...args: string[]): ReturnType<typeof spawnSync> & { stdout: string } {
    const script = `for (const url of ${JSON.stringify(urls)}) await import(url);`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  }
});
