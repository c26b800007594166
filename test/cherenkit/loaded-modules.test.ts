import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as zlib from 'node:zlib';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

/** Preloaded script that appends the URL of each loaded module to the file `modules`. */
const RECORDING = `
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(
  "import { appendFileSync } from 'node:fs'; export function load(url, context, next) {" +
  "appendFileSync('modules', url + '\\\\n'); return next(url, context); }"));`;

describe('the library that reads HDF5', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  function loadsLibrary(...args: readonly string[]): boolean {
    writeFileSync(folder.join('recording.mjs'), RECORDING);
    writeFileSync(folder.join('modules'), '');
    const preload = ['--import', pathToFileURL(folder.join('recording.mjs')).href];
    const command = join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
    const { status, stderr } = spawnSync(process.execPath, [...preload, command, ...args], { cwd: folder.path });
    expect(status, String(stderr)).to.equal(0);
    return readFileSync(folder.join('modules'), 'utf8').includes('h5wasm');
  }

  it('is not loaded by commands that read none', () => {
    expect(loadsLibrary('--help')).to.equal(false);
    expect(loadsLibrary('process', '--help')).to.equal(false);
    expect(loadsLibrary('process', '-i', 'toymodel:?events=2', '-o', 'out.h5', '--write-showers')).to.equal(false);
    expect(existsSync(folder.join('out.h5'))).to.equal(true);
  });

  it('is loaded for files that need it', () => {
    // Rows are compressed by zstd, which is part of Node.js since 22.15.
    const needsLibrary = !('zstdDecompressSync' in zlib);
    expect(loadsLibrary('config', 'show', '-c', 'out.h5')).to.equal(needsLibrary);
    expect(loadsLibrary('events', 'out.h5')).to.equal(needsLibrary);
    appendFileSync(folder.join('out.h5'), 'bytes after the end of the file');
    expect(loadsLibrary('events', 'out.h5')).to.equal(true);
  });
});
