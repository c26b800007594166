import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { COMMAND, spawnCherenkit } from '../support/run-command.js';

const TOY = 'toymodel:?events=10';

/** Whether this process may make namespaces of its own, as container engines do. */
function canUnshare(context: Mocha.Context): void {
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0) return;
  console.log('      skipped: the system permits no namespaces');
  context.skip();
}

/** Runs a script of the shell in namespaces of its own; $0 and $1 are the words of the command `cherenkit`. */
function inNamespace(script: string, cwd: string): { readonly status: number | null; readonly stderr: string } {
  const words = ['--mount', '--pid', '--fork', 'bash', '-c', script, process.execPath, COMMAND];
  return spawnSync('unshare', words, { cwd, encoding: 'utf8' });
}

describe('jobs in containers and on other file systems', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  beforeEach(function () {
    canUnshare(this);
    folder = new TemporaryFolder();
  });
  afterEach(() => folder?.[Symbol.dispose]());

  it('write only the output, and temporary files beside it: everything else may be read-only, without home and network', () => {
    mkdirSync(folder.join('out'));
    mkdirSync(folder.join('work'));
    spawnCherenkit(['process', '-i', 'toymodel:?events=2', '-o', 'work/in.h5'], folder.path);
    const script = `
      set -e
      mount --bind work work
      mount -o remount,bind,ro work
      cd work
      export HOME=/nonexistent TMPDIR=/nonexistent XDG_CACHE_HOME=/nonexistent
      if touch forbidden 2>/dev/null; then echo "the folder can be written" >&2; exit 99; fi
      unshare --net "$0" "$1" process -i 'toymodel:?events=2' -o ../out/a.h5 --report ../out/report.json -q
      unshare --net "$0" "$1" merge in.h5 -o ../out/all.h5 -q
    `;
    const { status, stderr } = inNamespace(script, folder.path);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    expect(readdirSync(folder.join('out')).sort()).to.deep.equal(['a.h5', 'all.h5', 'report.json']);
  });

  it('write one output at a time: of two containers that write the same file, one wins and the file is whole', async () => {
    const args = ['--mount', '--pid', '--fork', process.execPath, COMMAND, 'process', '-i', TOY, '-o', 'out.h5', '-q'];
    const runs = [1, 2].map(() => spawn('unshare', args, { cwd: folder.path, stdio: 'ignore' }));
    const codes = await Promise.all(runs.map(async (run) => ((await once(run, 'exit')) as [number])[0]));
    expect(codes.sort()).to.deep.equal([0, 2]);
    expect(folder.files).to.deep.equal(['out.h5']);
    mkdirSync(folder.join('alone')); // the name of the output is part of its configuration
    const alone = spawnCherenkit(['process', '-i', TOY, '-o', 'out.h5', '-q'], folder.join('alone'));
    expect(alone.exitCode).to.equal(0);
    expect(spawnCherenkit(['diff', 'out.h5', 'alone/out.h5'], folder.path)).to.include({ exitCode: 0 });
  });

  it('do not remove the unfinished file of a run in another container', async () => {
    const endless = ['process', '-i', 'toymodel:?events=1000000', '-o', 'out.h5', '-q'];
    const first = spawn(process.execPath, [COMMAND, ...endless], { cwd: folder.path, stdio: 'ignore' });
    while (!folder.files.some((name) => name.endsWith('.part'))) await new Promise((done) => setTimeout(done, 50));
    const parts = folder.files;
    const second = inNamespace(`"$0" "$1" process -i '${TOY}' -o out.h5 -q`, folder.path);
    expect(second.status, second.stderr).to.equal(0);
    expect(folder.files).to.include.members(parts);
    first.kill('SIGTERM');
    await once(first, 'exit');
    expect(folder.files).to.deep.equal(['out.h5']);
  });

  it('replace a symbolic link to a file on another file system by a file there', () => {
    mkdirSync(folder.join('disk'));
    const script = `
      set -e
      mount -t tmpfs tmpfs disk
      ln -s disk/out.h5 link.h5
      "$0" "$1" process -i '${TOY}' -o link.h5 -q
      "$0" "$1" process -i '${TOY}' -o link.h5 -q --overwrite
      test -L link.h5
      cp disk/out.h5 copy.h5
      test "$(ls -A disk)" = out.h5
    `;
    const { status, stderr } = inNamespace(script, folder.path);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    copyFileSync(folder.join('copy.h5'), folder.join('out.h5'));
    expect(spawnCherenkit(['tables', 'out.h5'], folder.path).exitCode).to.equal(0);
  });
});

describe('inputs of jobs from standard input', () => {
  it('are lists of files to merge, and not HDF5 files, with the remedy', () => {
    using folder = new TemporaryFolder();
    spawnCherenkit(['process', '-i', 'toymodel:?events=2', '-o', 'a.h5', '-q'], folder.path);
    const merge = (input: Buffer | string, ...args: string[]) =>
      spawnSync(process.execPath, [COMMAND, 'merge', ...args], { cwd: folder.path, input, encoding: 'utf8' });
    const list = merge('a.h5\n', '@-', '-o', 'all.h5');
    expect([list.status, list.stderr]).to.deep.equal([0, '']);
    const bytes = merge(readFileSync(folder.join('a.h5')), '-', '-o', 'one.h5');
    expect(bytes.status).to.equal(65);
    expect(bytes.stderr).to.include('is a pipe').and.include('Write it to a file first');
  });
});
