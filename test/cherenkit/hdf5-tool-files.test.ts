import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

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
  });
});
