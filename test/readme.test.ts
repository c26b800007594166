import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ExitCode } from '@cherenkit/core';
import ts from 'typescript';
import { cherenkit, EmptyFolder } from './support/run-command.js';
import { REPOSITORY_ROOT, TEST_DATA } from './support/repository-root.js';

const README = readFileSync(join(REPOSITORY_ROOT, 'README.md'), 'utf8');

/** The first block of code in this language. */
function codeBlock(language: string): string {
  const code = new RegExp('^```' + language + '\\n([^]*?)^```$', 'm').exec(README)?.[1];
  if (code === undefined) throw new Error(`There is no block of ${language} in the README.`);
  return code;
}

describe('the README', () => {
  it('points to files that are there', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path]) => path);
    expect(links).not.to.be.empty;
    expect(links.filter((path) => !existsSync(join(REPOSITORY_ROOT, path)))).to.deep.equal([]);
  });

  it('tells every exit code', () => {
    const table = README.slice(README.indexOf('## Exit codes'));
    const told = [...table.matchAll(/^\| (\d[\d, ]*) \|/gm)].flatMap(([, codes]) => codes.split(',').map(Number));
    expect(told).to.include.members([0, ...Object.values(ExitCode), 130, 143]);
  });

  it('shows a configuration that is right', () => {
    using folder = new EmptyFolder();
    writeFileSync(folder.join('mine.yaml'), codeBlock('yaml'));
    const { exitCode, stdout, stderr } = cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.equal('mine.yaml: no mistakes found\n');
  });

  it('shows commands and flags that there are', () => {
    const commands = [...README.matchAll(/^npx cherenkit (.+)$/gm)].map(([, args]) => args.split(' '));
    expect(commands).not.to.be.empty;
    for (const [command, ...args] of commands) {
      const name = command === 'config' ? [command, args[0]] : [command];
      const help = cherenkit([...name, '--help'], REPOSITORY_ROOT);
      expect(help.exitCode, command).to.equal(0);
      const flags = args.filter((arg) => /^--?[a-z]/.test(arg) && arg !== '--help');
      for (const flag of flags)
        expect(help.stdout).to.match(new RegExp(`(?:^|[\\s,])${flag}\\b|--\\[no-\\]${flag.slice(2)}\\b`));
    }
  });
});

describe('the script of the README', function () {
  this.timeout(120_000);
  // Within the repository, so that it finds the packages as a user's script finds them in its node_modules.
  const folder = join(REPOSITORY_ROOT, 'test', 'dist', 'readme-script');
  const script = join(folder, 'script.ts');

  before(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(script, codeBlock('ts'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('compiles', () => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      types: ['node'],
      strict: true,
      skipLibCheck: true,
    };
    const program = ts.createProgram([script], options);
    const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).to.deep.equal([]);
  });

  const urls = ['toymodel:'];
  if (TEST_DATA !== undefined) urls.push(join(TEST_DATA, 'data', 'gamma_diffuse_north_alpha_600.simtel.zst'));
  for (const url of urls) {
    it(`prints reconstructed events of ${url} and writes a file`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'script.js'), url], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      const numbers = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ').map(Number));
      expect(numbers).not.to.be.empty;
      for (const [eventId, alt, az, hMax, telescopes] of numbers) {
        expect(eventId).to.be.above(0);
        expect(alt).to.be.within(0, 90);
        expect(az).to.be.within(0, 360);
        expect(hMax).not.to.equal(0);
        expect(telescopes).to.be.at.least(2);
      }
      expect(readdirSync(folder)).to.include('events.dl2.h5');
    });
  }
});
