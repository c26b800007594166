import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5Writer, readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { CTAPIPE_PYTHON, ctapipePython } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';

/** Writes a table that is not chunked, with big-endian numbers. */
const CONTIGUOUS = `
import h5py, numpy as np, sys
rows = np.array([(1, 2.5), (3, 4.5)], dtype=[('a', '>i4'), ('b', '>f8')])
h5py.File(sys.argv[1], 'w').create_dataset('/table', data=rows)`;

/** Writes a table with numbers that are not supported, and another one. */
const UNSUPPORTED = `
import h5py, numpy as np, sys
with h5py.File(sys.argv[1], 'w') as file:
    file.create_dataset('/half', data=np.array([(1,)], dtype=[('a', '<f2')]))
    file.create_dataset('/table', data=np.array([(1,)], dtype=[('a', '<f4')]))`;

const ESCAPE = '\u001b[31m';

describe('the files of tools that read HDF5', () => {
  const folder = new TemporaryFolder();
  let content: Buffer;

  before(async () => {
    const file = new Hdf5Writer(new FileSink(folder.join('a.h5')));
    const table = file.createTable('/table', [
      { name: `x${ESCAPE}`, type: 'int32' },
      { name: 'text', type: 'S16' },
    ]);
    table.append([1, `red${ESCAPE}\nnext`]);
    await file.finish();
    content = readFileSync(folder.join('a.h5'));
    symlinkSync('a.h5', folder.join('link.csv'));
    mkdirSync(folder.join('directory'));
    execFileSync('mkfifo', [folder.join('pipe')]);
    writeFileSync(folder.join('binary'), Uint8Array.of(1, 0, 2));
    writeFileSync(folder.join('nested'), '@other\n');
  });
  after(() => folder[Symbol.dispose]());

  for (const args of [
    ['export', 'a.h5', '--table', '/table', '--format', 'csv', '--overwrite', '-o', 'a.h5'],
    ['export', 'a.h5', '--table', '/table', '--overwrite', '-o', 'link.csv'],
    ['fileinfo', 'a.h5', '-T', 'csv', '--overwrite', '-o', './a.h5'],
    ['check', 'a.h5', '--salvage', 'a.h5'],
    ['merge', 'a.h5', '--append', '-o', 'a.h5'],
  ]) {
    it(`are not destroyed: ${args.join(' ')}`, async () => {
      const { exitCode, stderr } = await cherenkit(args, folder.path);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/^error\[FILE_USED_TWICE\]/);
      expect(readFileSync(folder.join('a.h5')).equals(content)).to.equal(true);
    });
  }

  for (const [list, reason] of [
    ['@directory', 'directory is a directory, expected a text file'],
    ['@pipe', 'pipe is a pipe, expected a text file'],
    ['@binary', 'binary is a binary file, expected a text file'],
    ['@nested', 'nested contains @other: lists in lists are not read'],
  ]) {
    it(`are not listed in ${list}`, async () => {
      const { exitCode, stderr } = await cherenkit(['merge', list, '-o', 'merged.h5'], folder.path);
      expect(stderr).to.include(`error[INPUT_NOT_NAMED]: ${reason}`);
      expect(exitCode).to.equal(2);
    });
  }

  it('are not searched in a file', async () => {
    const { exitCode, stderr } = await cherenkit(['merge', '-i', 'a.h5', '-o', 'merged.h5'], folder.path);
    expect(stderr).to.include('a.h5 is a file, expected a directory');
    expect(exitCode).to.equal(2);
  });

  it('have names and texts that are escaped when they are shown', async () => {
    const { stdout } = await cherenkit(['tables', 'a.h5', '/table'], folder.path);
    expect(stdout).to.include('x\\x1b[31m').and.include('red\\x1b[31m\\nnext').and.not.include(ESCAPE);
    const inspected = await cherenkit(['inspect', 'a.h5'], folder.path);
    expect(inspected.stdout).to.include('x\\x1b[31m').and.not.include(ESCAPE);
  });

  it('are damaged for fileinfo, too', async () => {
    writeFileSync(folder.join('truncated.h5'), content.subarray(0, content.length / 2));
    const { stdout, exitCode } = await cherenkit(['fileinfo', 'truncated.h5'], folder.path);
    expect(stdout).to.match(/^truncated\.h5: 'ERROR .*truncated/);
    expect(exitCode).to.equal(65);
  });

  it('are named by check and inspect where they have types that are not supported', async function () {
    if (CTAPIPE_PYTHON === undefined) this.skip();
    await ctapipePython(['-c', UNSUPPORTED, 'half.h5'], { cwd: folder.path });
    const checked = await cherenkit(['check', 'half.h5'], folder.path);
    expect(checked.stdout).to.match(/^- not checked: .*\/half has floating-point numbers of 2 bytes/m);
    const { stdout, exitCode } = await cherenkit(['inspect', 'half.h5'], folder.path);
    expect(stdout)
      .to.match(/^\/half: .*floating-point numbers of 2 bytes/m)
      .and.match(/^\/table: 1 row$/m);
    expect(exitCode).to.equal(0);
  });

  it('are saved by the library if only the reader of damaged files does not support them', async function () {
    if (CTAPIPE_PYTHON === undefined) this.skip();
    await ctapipePython(['-c', CONTIGUOUS, 'contiguous.h5'], { cwd: folder.path });
    const { stdout, exitCode } = await cherenkit(['check', 'contiguous.h5', '--salvage', 'saved.h5'], folder.path);
    expect(stdout).to.include('1 table with 2 rows was copied to saved.h5, nothing is lost');
    expect(exitCode).to.equal(0);
    const table = await readTable(folder.join('saved.h5'), '/table');
    expect([...table.numbers('a')]).to.deep.equal([1, 3]);
    expect([...table.numbers('b')]).to.deep.equal([2.5, 4.5]);
  });
});
