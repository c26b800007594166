import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { configurationLayers, runTool } from 'cherenkit';
import { errorOf } from '../support/error-of.js';
import { cherenkit, COMMAND, spawnCherenkit } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { FIXED_DIRECTION, link, reconstructorCode, writePackage } from '../support/third-party-plugin.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const SMALL = 'n_hv_disabled.simtel.gz';
const TOY = 'toymodel:?events=2&showers=1';
const INPUT = 'input.simtel.gz';
const PLUGIN = { packageName: 'plane-fit', code: reconstructorCode('plane-fit', 'PlaneFit', FIXED_DIRECTION) };
const SINGLE_FILE = `
import { ImageCleaner } from '@cherenkit/core';
export default class MyCleaner extends ImageCleaner {
  clean(telId, image) { return new Uint8Array(image.length); }
}
`;

describe('files of a run', () => {
  let folder: TemporaryFolder;
  before(skipWithoutTestData);
  beforeEach(() => {
    folder = new TemporaryFolder();
    writeFileSync(folder.join(INPUT), readFileSync(inTestData('data', SMALL)));
  });
  afterEach(() => folder[Symbol.dispose]());

  const run = (...args: string[]) => cherenkit(['process', ...args], folder.path);

  it('refuses an output that is the input, also by a link', async () => {
    linkSync(folder.join(INPUT), folder.join('hard'));
    symlinkSync(INPUT, folder.join('soft'));
    const url = pathToFileURL(folder.join(INPUT)).href;
    for (const [input, output] of [
      [INPUT, INPUT],
      [INPUT, `./${INPUT}`],
      [INPUT, 'hard'],
      [INPUT, 'soft'],
      [INPUT, url],
      [url, INPUT],
    ]) {
      const { exitCode, stderr } = await run('-i', input, '-o', output, '--overwrite');
      expect(exitCode, output).to.equal(2);
      expect(stderr).to.include('FILE_USED_TWICE').and.include(INPUT);
    }
    expect(readFileSync(folder.join(INPUT))).to.deep.equal(readFileSync(inTestData('data', SMALL)));
  });

  it('refuses a log that is an input, an output, a configuration or the other log', async () => {
    writeFileSync(folder.join('mine.yaml'), '{}');
    for (const flag of ['--log-file', '--provenance-log']) {
      for (const path of [INPUT, 'out.h5', 'mine.yaml']) {
        const { exitCode, stderr } = await run('-i', INPUT, '-o', 'out.h5', '-c', 'mine.yaml', '-v', flag, path);
        expect(exitCode, `${flag} ${path}`).to.equal(2);
        expect(stderr).to.include('FILE_USED_TWICE').and.include(flag);
      }
    }
    const both = await run('-i', INPUT, '-o', 'out.h5', '--log-file', 'a', '--provenance-log', './a');
    expect(both.exitCode).to.equal(2);
    expect(folder.files).to.have.members([INPUT, 'mine.yaml']);
    expect(readFileSync(folder.join('mine.yaml'), 'utf8')).to.equal('{}');
    expect(readFileSync(folder.join(INPUT))).to.deep.equal(readFileSync(inTestData('data', SMALL)));
  });

  for (const flag of ['-o', '--log-file', '--provenance-log']) {
    it(`keeps included configurations from ${flag}`, async () => {
      mkdirSync(folder.join('inner'));
      writeFileSync(folder.join('outer.yaml'), 'include: [inner/middle.yaml]');
      writeFileSync(folder.join('inner/middle.yaml'), 'include: [deep.yaml]');
      writeFileSync(folder.join('inner/deep.yaml'), '{}');
      for (const path of ['inner/middle.yaml', 'inner/deep.yaml']) {
        const before = readFileSync(folder.join(path), 'utf8');
        const { exitCode, stderr } = await run('-i', TOY, '-c', 'outer.yaml', '--overwrite', '-q', flag, path);
        expect([exitCode, readFileSync(folder.join(path), 'utf8')], path).to.deep.equal([2, before]);
        expect(stderr).to.include('FILE_USED_TWICE').and.include('the configuration');
      }
    });

    it(`keeps the files of plugins from ${flag}`, async () => {
      await writePackage(folder.join('package'), PLUGIN);
      mkdirSync(folder.join('node_modules'));
      link(join(REPOSITORY_ROOT, 'packages', 'core'), folder.join('node_modules/@cherenkit/core'));
      writeFileSync(folder.join('single.mjs'), SINGLE_FILE);
      const plugins = ['--plugin', './package', '--plugin', './single.mjs'];
      const files = ['package/package.json', 'package/index.js', 'package/cherenkit-manifest.json', 'single.mjs'];
      for (const path of files) {
        const before = readFileSync(folder.join(path), 'utf8');
        const { exitCode, stderr } = await run('-i', TOY, ...plugins, '--overwrite', '-q', flag, path);
        expect([exitCode, readFileSync(folder.join(path), 'utf8')], path).to.deep.equal([2, before]);
        expect(stderr).to.include('FILE_USED_TWICE').and.include('plugin ');
      }
    });
  }

  it('names an empty path of the output, and warns of no name before an error', async () => {
    const empty = await run('-i', TOY, '-o', '');
    expect(empty).to.deep.include({
      exitCode: 73,
      stderr:
        'error[OUTPUT_NOT_WRITABLE]: The path of the output is empty. Give the name of a file: --output FILE (in scripts, outputPath).\n',
    });
    const { stderr } = await run('-i', TOY, '-o', '.', '--overwrite');
    expect(stderr).to.equal(
      'error[OUTPUT_NOT_WRITABLE]: Cannot create .: it is a directory, expected a file. Choose another output.\n',
    );
  });

  it('refuses the file with noise events as output', async () => {
    writeFileSync(folder.join('nsb'), 'noise');
    const nsb = ['--add-nsb-in-waveforms', '--NoiseWaveformModifier.nsb_file=nsb'];
    const { exitCode, stderr } = await run('-i', INPUT, '-o', 'nsb', '--overwrite', ...nsb);
    expect([exitCode, stderr]).to.deep.equal([2, stderr]);
    expect(stderr).to.include('FILE_USED_TWICE');
    expect(readFileSync(folder.join('nsb'), 'utf8')).to.equal('noise');
  });

  it('leaves no output if the summary or the provenance record cannot be written', async function () {
    if (process.platform !== 'linux') this.skip();
    writeFileSync(folder.join('out.h5'), 'old');
    const args = ['process', '-i', INPUT, '-o', 'out.h5', '--overwrite'];
    const stdio = ['ignore', openSync('/dev/full', 'w'), 'pipe'] as const;
    const full = spawnSync(process.execPath, [COMMAND, ...args], { cwd: folder.path, stdio: [...stdio] });
    expect([full.status, String(full.stderr)]).to.deep.equal([75, String(full.stderr)]);
    expect(String(full.stderr)).to.include('SUMMARY_NOT_WRITTEN');
    const unrecorded = await cherenkit([...args, '--provenance-log', '/dev/full'], folder.path);
    expect(unrecorded.exitCode).to.equal(75);
    expect(unrecorded.stderr).to.include('no space is left on the device. No output was kept. Choose another path');
    const unlogged = await cherenkit([...args, '--log-file', '/dev/full', '--log-file-level', 'DEBUG'], folder.path);
    expect(unlogged.exitCode).to.equal(75);
    expect(unlogged.stderr).to.include('LOG_FILE_UNWRITABLE');
    expect(folder.files).to.have.members([INPUT, 'out.h5']);
    expect(readFileSync(folder.join('out.h5'), 'utf8')).to.equal('old');
  });

  it('refuses an unwritable provenance log before the input is read', async () => {
    const { exitCode, stderr } = await run('-i', 'missing', '-o', 'out.h5', '--provenance-log', 'no/log');
    expect(exitCode).to.equal(73);
    expect(stderr)
      .to.include('PROVENANCE_LOG_UNWRITABLE')
      .and.include('its folder does not exist. Choose another path');
  });

  it('says in words why a log file is not writable', async () => {
    const { exitCode, stderr } = await run('-i', TOY, '-o', 'out.h5', '--log-file', 'no/log');
    expect({ exitCode, stderr }).to.deep.equal({
      exitCode: 73,
      stderr:
        'error[LOG_FILE_UNWRITABLE]: Cannot write the log file no/log: its folder does not exist. Choose another path for --log-file.\n',
    });
  });

  it('exits with 66 for a file: URL of another host and with 75 for an I/O error', async function () {
    expect(await run('-i', 'file://host/x', '-o', 'out.h5')).to.deep.include({
      exitCode: 66,
      stderr:
        'error[INPUT_MISSING]: Cannot read file://host/x: a file: URL must not name a host; write file:///PATH, or the path itself.\n',
    });
    if (process.platform !== 'linux') this.skip();
    const { exitCode, stderr } = await run('-i', '/proc/self/mem', '-o', 'out.h5'); // its first byte is not mapped
    expect(exitCode).to.equal(75);
    expect(stderr).to.include('INPUT_READ_FAILED');
  });

  it('refuses a directory, a device and a named pipe as output', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(folder.join('directory'));
    spawnSync('mkfifo', [folder.join('pipe')]);
    for (const output of ['directory', 'pipe', '/dev/null', '-', '/dev/stdout']) {
      const { exitCode, stderr } = await run('-i', INPUT, '-o', output, '--overwrite');
      expect(exitCode, output).to.equal(73);
      expect(stderr).to.include('OUTPUT_NOT_WRITABLE');
    }
  });

  it('refuses a log and a provenance log that are named pipes without a reader', async function () {
    if (process.platform === 'win32') this.skip();
    spawnSync('mkfifo', [folder.join('pipe')]);
    for (const flag of ['--log-file', '--provenance-log']) {
      const { exitCode, stderr } = await run('-i', INPUT, '-o', 'out.h5', flag, 'pipe');
      expect(exitCode, flag).to.equal(73);
      expect(stderr).to.include('pipe: it is a named pipe that no program reads');
    }
    expect(folder.files).not.to.include('out.h5');
    const shell = ['-c', `"$0" "$1" process -i ${INPUT} -o out.h5 --log-file >(cat)`, process.execPath, COMMAND];
    expect(spawnSync('bash', shell, { cwd: folder.path, encoding: 'utf8' })).to.include({ status: 0, stderr: '' });
  });

  it('reads a named pipe, and ends at the first signal while nothing comes', async function () {
    if (process.platform === 'win32') this.skip();
    spawnSync('mkfifo', [folder.join('pipe')]);
    const shell = ['-c', `cat ${INPUT} > pipe & "$0" "$1" process -i pipe -o out.h5`, process.execPath, COMMAND];
    expect(spawnSync('bash', shell, { cwd: folder.path, encoding: 'utf8' })).to.include({ status: 0, stderr: '' });
    for (const input of ['pipe', '-']) {
      const child = spawn(process.execPath, [COMMAND, 'process', '-i', input, '-o', 'never.h5'], { cwd: folder.path });
      await sleep(4000);
      child.kill('SIGTERM');
      const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect(exitCode ?? signal, input).to.be.oneOf([75, 'SIGTERM']); // the latter before the run begins
    }
    expect(folder.files).not.to.include('never.h5');
  });

  it('ends at a signal that came before it opened a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    spawnSync('mkfifo', [folder.join('pipe')]);
    const [EventSource, DataWriter] = [{ input_url: folder.join('pipe') }, { output_path: folder.join('never.h5') }];
    const layers = await configurationLayers({ EventSource, DataWriter });
    const signal = AbortSignal.abort(new Error('stopped'));
    const error = await errorOf(runTool({ tool: 'ProcessorTool', layers }, { signal }));
    expect(error.message).to.equal('stopped');
    expect(folder.files).not.to.include('never.h5');
  });

  it('reads standard input in one pass', () => {
    const input = readFileSync(folder.join(INPUT));
    for (const name of ['-', '/dev/stdin']) {
      const args = [COMMAND, 'process', '-i', name, '-o', `out${name.length}.h5`];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, input, encoding: 'utf8' });
      expect([status, stderr], name).to.deep.equal([0, '']);
    }
    const shell = ['-c', `"$0" "$1" process -i <(cat ${INPUT}) -o shell.h5`, process.execPath, COMMAND];
    const { status, stderr } = spawnSync('bash', shell, { cwd: folder.path, encoding: 'utf8' });
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(folder.files).to.include.members(['out1.h5', 'out10.h5', 'shell.h5']);
  });

  it('names standard input in errors', () => {
    for (const [input, sentence] of [
      ['', 'error[INPUT_EMPTY]: standard input is empty; expected event data.\n'],
      [
        'hello',
        'error[INPUT_UNKNOWN]: No event source can read standard input: it begins with the bytes 68 65 6c 6c 6f.',
      ],
    ]) {
      const args = [COMMAND, 'process', '-i', '-', '-o', 'out.h5'];
      const { stderr } = spawnSync(process.execPath, args, { cwd: folder.path, input, encoding: 'utf8' });
      expect(stderr).to.include(sentence);
    }
  });

  it('goes on in silence if standard error is closed, and ends without leftovers', () => {
    const script = `"$0" "$1" process -i ${INPUT} -o out.h5 -v --progress 2>&1 >/dev/null | true; exit "\${PIPESTATUS[0]}"`;
    const { status } = spawnSync('bash', ['-c', script, process.execPath, COMMAND], { cwd: folder.path });
    expect(status).to.equal(0);
    expect(folder.files).to.have.members([INPUT, 'out.h5']);
  });

  for (const [signal, exitCode] of [
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const) {
    it(`leaves nothing after ${signal}`, async function () {
      if (process.platform === 'win32') this.skip();
      const args = [COMMAND, 'process', '-i', 'toymodel:?events=1000000', '-o', 'out.h5', '-v'];
      const child = spawn(process.execPath, args, { cwd: folder.path });
      await new Promise((resolve) => child.stderr.once('data', resolve));
      child.kill(signal);
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect(code).to.equal(exitCode);
      expect(folder.files).to.deep.equal([INPUT]);
    });
  }

  it('keeps the output of a run whose reader closed standard output', () => {
    const script = `"$0" "$1" process -i ${INPUT} -o out.h5 | true; exit "\${PIPESTATUS[0]}"`;
    expect(spawnSync('bash', ['-c', script, process.execPath, COMMAND], { cwd: folder.path }).status).to.equal(0);
    expect(spawnCherenkit(['config', 'show', '-c', 'out.h5'], folder.path).exitCode).to.equal(0);
  });
});
