import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CherenkitError } from '@cherenkit/core';
import { FileSink } from '@cherenkit/io/node';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

// Writes rows until it is killed or writing fails, and prints the error.
const WRITE_ENDLESSLY = `
  import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
  import { FileSink } from '@cherenkit/io/node';
  const file = new Hdf5Writer(new FileSink(process.argv[1], { overwrite: true }), { filters: { compression: 'zlib', level: 0, fletcher32: true } });
  const table = file.createTable('/t', [{ name: 'x', type: 'float64', shape: [1000] }]);
  const row = [new Float64Array(1000).fill(1.5)];
  try {
    for (let i = 0; i < 1e9; i++) {
      table.append(row);
      await file.drain();
      if (i === 2000) console.log('written much');
      if (i % 100 === 0) await new Promise(setImmediate);
    }
  } catch (error) {
    console.log(error.code, error.exitCode);
  }
`;
const RUN = ['--input-type=module', '-e', WRITE_ENDLESSLY];

describe('FileSink', () => {
  let folder: TemporaryFolder;
  let path = '';
  beforeEach(() => {
    folder = new TemporaryFolder();
    path = folder.join('events.h5');
  });
  afterEach(() => folder[Symbol.dispose]());

  const failure = (action: () => unknown) => {
    try {
      action();
    } catch (error) {
      if (CherenkitError.is(error)) return { code: error.code, exitCode: error.exitCode };
      throw error;
    }
    return 'none';
  };

  it('creates the file at the final path only when published', async () => {
    const sink = new FileSink(path);
    sink.append(Uint8Array.of(0, 0, 3));
    sink.append(new Uint8Array(3_000_000).fill(4));
    sink.overwrite(0, Uint8Array.of(1, 2));
    expect(folder.files).to.deep.equal([`.events.h5.${process.pid}.part`]);
    await sink.publish();
    expect(folder.files).to.deep.equal(['events.h5']);
    const bytes = readFileSync(path);
    expect(bytes).to.have.length(3_000_003);
    expect([...bytes.subarray(0, 5)]).to.deep.equal([1, 2, 3, 4, 4]);
    expect(failure(() => sink.append(new Uint8Array(2_000_000)))).to.deep.equal({
      code: 'OUTPUT_WRITE_FAILED',
      exitCode: 74,
    });
  });

  it('removes the temporary file if disposed before publishing, and keeps a published file', async () => {
    {
      await using sink = new FileSink(path);
      sink.append(Uint8Array.of(1));
    }
    expect(folder.files).to.deep.equal([]);
    {
      await using sink = new FileSink(path);
      await sink.publish();
    }
    expect(folder.files).to.deep.equal(['events.h5']);
  });

  it('rejects an existing file unless overwrite is set, also one created in the meantime', async () => {
    const early = new FileSink(path);
    writeFileSync(path, 'old');
    expect(failure(() => new FileSink(path))).to.deep.equal({ code: 'OUTPUT_EXISTS', exitCode: 2 });
    const late = await early.publish().catch((error: unknown) => error);
    expect(late).to.have.property('code', 'OUTPUT_EXISTS');
    await early.discard();
    expect(readFileSync(path, 'utf8')).to.equal('old');
    const sink = new FileSink(path, { overwrite: true });
    sink.append(Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).to.equal('old');
    await sink.publish();
    expect(readFileSync(path, 'utf8')).to.equal('new');
  });

  it('distinguishes a missing directory from one that is not writable', () => {
    const missing = { code: 'OUTPUT_DIRECTORY_MISSING', exitCode: 73 };
    expect(failure(() => new FileSink(folder.join('no', 'events.h5')))).to.deep.equal(missing);
    writeFileSync(folder.join('file'), '');
    const notWritable = { code: 'OUTPUT_NOT_WRITABLE', exitCode: 73 };
    expect(failure(() => new FileSink(folder.join('file', 'events.h5')))).to.deep.equal(notWritable);
  });

  it('removes temporary files of dead processes for the same path only', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const kept = ['events.h5', `.other.h5.${dead}.part`, `.events.h5.${process.ppid}.part`, '.events.h5.x.part'];
    for (const name of [...kept, `.events.h5.${dead}.part`]) writeFileSync(folder.join(name), 'old');
    await new FileSink(path, { overwrite: true }).discard();
    expect(folder.files).to.have.members(kept);
  });

  it('keeps the existing file if the process is killed, and removes the temporary file in the next run', async () => {
    writeFileSync(path, 'old');
    const child = spawn(process.execPath, [...RUN, path], { cwd: REPOSITORY_ROOT });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const part = folder.join(`.events.h5.${child.pid}.part`);
    expect(existsSync(part)).to.equal(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(readFileSync(path, 'utf8')).to.equal('old');
    expect(existsSync(part)).to.equal(true);
    await new FileSink(path, { overwrite: true }).discard();
    expect(folder.files).to.deep.equal(['events.h5']);
  });

  it('reports a failed write during a run', function () {
    if (process.platform === 'win32') this.skip();
    // The shell limits the file size to 1024 blocks, so that a write fails in Node.
    const script = `ulimit -f 1024; exec "$0" "$@"`;
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, ...RUN, path], {
      cwd: REPOSITORY_ROOT,
      encoding: 'utf8',
    });
    expect(stdout).to.equal('OUTPUT_WRITE_FAILED 74\n');
  });
});
