import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs, {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
/** Name of a temporary file: host, process, start time and a random number. */
const PART = /^\.events\.h5\.[0-9a-f]{12}-\d+-\d+-[0-9a-f]{16}\.part$/;
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
    expect(folder.files).to.have.length(1);
    expect(folder.files[0]).to.match(PART).and.include(`-${process.pid}-`);
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

  it('says why a file cannot be created, and names it once', () => {
    symlinkSync('loop', folder.join('loop'));
    writeFileSync(folder.join('file'), '');
    const cases = [
      ['x'.repeat(300), 'its name is too long. Choose another output.'],
      [folder.join('file/events.h5'), 'a part of its path is not a folder. Choose another output.'],
      [folder.join('loop'), 'its symbolic links lead back to themselves. Choose another output.'],
      [
        'file://host/x.h5',
        'a file: URL must not name a host; write file:///PATH, or the path itself. Choose another output.',
      ],
      ['https://a.example/x.h5', 'URLs with https: are not supported. Choose another output.'],
    ];
    for (const [name, reason] of cases) {
      expect(() => new FileSink(name)).to.throw(CherenkitError, `Cannot create ${name}: ${reason}`);
    }
  });

  it('accepts a file: URL', async () => {
    await using sink = new FileSink(pathToFileURL(folder.join('a b.h5')).href);
    await sink.publish();
    expect(folder.files).to.deep.equal(['a b.h5']);
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

  it('removes temporary files of ended processes for the same path, and none of a live or unseen one', async () => {
    const open = new FileSink(path);
    const [own = ''] = folder.files;
    const [, host = '', pid = '', start = ''] = /\.([0-9a-f]{12})-(\d+)-(\d+)-/.exec(own) ?? [];
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const named = (name: string, of: string): string => `.${name}.${of}-0123456789abcdef.part`;
    const other = 'f'.repeat(12);
    const kept = [own, named('other.h5', `${host}-${dead}-1`), named('events.h5', `${other}-1-1`), '.events.h5.x.part'];
    const old = named('events.h5', `${other}-2-2`);
    const stale = [named('events.h5', `${host}-${dead}-1`), old];
    // The id of this process, used by another one before it: known where the system gives the start time.
    if (start !== '0') stale.push(named('events.h5', `${host}-${pid}-${Number(start) - 1}`));
    for (const name of [...kept.slice(1), ...stale]) writeFileSync(folder.join(name), 'old');
    utimesSync(folder.join(old), 0, 0);
    await new FileSink(path, { overwrite: true }).discard();
    expect(folder.files).to.have.members(kept);
    await open.discard();
  });

  it('keeps the existing file if the process is killed, and removes the temporary file in the next run', async () => {
    writeFileSync(path, 'old');
    const child = spawn(process.execPath, [...RUN, path], { cwd: REPOSITORY_ROOT });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(readFileSync(path, 'utf8')).to.equal('old');
    expect(folder.files.filter((name) => PART.test(name))).to.have.length(1);
    await new FileSink(path, { overwrite: true }).discard();
    expect(folder.files).to.deep.equal(['events.h5']);
  });

  it('removes the temporary file if the process exits', () => {
    const script = `
      import { FileSink } from '@cherenkit/io/node';
      new FileSink(process.argv[1]);
      process.exit(3);
    `;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, path], { cwd: REPOSITORY_ROOT });
    expect(run.status).to.equal(3);
    expect(folder.files).to.deep.equal([]);
  });

  it('lets exactly one of two runs win that create the same file, and keeps it whole', async () => {
    const sinks = [1, 2].map((content) => {
      const sink = new FileSink(path);
      sink.append(new Uint8Array(10).fill(content));
      return sink;
    });
    await Promise.all(sinks.map((sink) => sink.complete()));
    const results = await Promise.allSettled(sinks.map((sink) => sink.publish()));
    expect(results.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(failed?.reason).to.include({ code: 'OUTPUT_EXISTS' });
    expect(new Set(readFileSync(path))).to.have.property('size', 1);
    for (const sink of sinks) await sink.discard();
    expect(folder.files).to.deep.equal(['events.h5']);
  });

  it('is published if the file system has named it, but says that it failed', async () => {
    // A server of a network file system whose first answer was lost says of the repeated link that there is such a file, and
    // of the repeated renaming that there is no temporary file.
    const { linkSync, renameSync } = fs;
    const afterwards = <Args extends unknown[]>(step: (...args: Args) => void, code: string) => {
      return (...args: Args): void => {
        step(...args);
        throw Object.assign(new Error(code), { code });
      };
    };
    fs.linkSync = afterwards(linkSync, 'EEXIST');
    fs.renameSync = afterwards(renameSync, 'ENOENT');
    syncBuiltinESMExports();
    try {
      for (const overwrite of [false, true]) {
        const sink = new FileSink(path, { overwrite });
        sink.append(Buffer.from(`overwrite ${overwrite}`));
        await sink.publish();
        expect(readFileSync(path, 'utf8')).to.equal(`overwrite ${overwrite}`);
        expect(folder.files).to.deep.equal(['events.h5']);
      }
    } finally {
      Object.assign(fs, { linkSync, renameSync });
      syncBuiltinESMExports();
    }
  });

  it('publishes nothing if its temporary file was replaced', async () => {
    const sink = new FileSink(path);
    sink.append(Buffer.from('mine'));
    const [part = ''] = folder.files;
    unlinkSync(folder.join(part));
    writeFileSync(folder.join(part), 'theirs');
    expect(await sink.publish().catch((error: unknown) => error)).to.have.property('code', 'OUTPUT_WRITE_FAILED');
    expect(existsSync(path)).to.equal(false);
  });

  it('replaces the target of a symbolic link, which may not exist yet', async () => {
    mkdirSync(folder.join('data'));
    const target = folder.join('data', 'target.h5');
    symlinkSync(join('data', 'target.h5'), path);
    for (const text of ['first', 'second']) {
      const sink = new FileSink(path, { overwrite: true });
      sink.append(Buffer.from(text));
      await sink.publish();
      expect(readFileSync(target, 'utf8')).to.equal(text);
      expect(lstatSync(path).isSymbolicLink()).to.equal(true);
    }
    symlinkSync('loop.h5', folder.join('loop.h5'));
    const failed = failure(() => new FileSink(folder.join('loop.h5'), { overwrite: true }));
    expect(failed).to.deep.equal({ code: 'OUTPUT_NOT_WRITABLE', exitCode: 73 });
  });

  it('refuses a directory, a device, a named pipe and a socket', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(folder.join('directory'));
    spawnSync('mkfifo', [folder.join('pipe')]);
    const server = createServer().listen(folder.join('socket'));
    await once(server, 'listening');
    for (const special of [folder.join('directory'), folder.join('pipe'), folder.join('socket'), '/dev/null']) {
      for (const overwrite of [false, true]) {
        const failed = failure(() => new FileSink(special, { overwrite }));
        expect(failed, special).to.deep.equal({ code: 'OUTPUT_NOT_WRITABLE', exitCode: 73 });
      }
    }
    server.close();
  });

  it('accepts a name of 255 bytes', async () => {
    const name = folder.join('n'.repeat(255));
    await new FileSink(name).publish();
    expect(existsSync(name)).to.equal(true);
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
