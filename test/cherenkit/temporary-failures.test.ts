import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, COMMAND, spawnCherenkit } from '../support/run-command.js';
import { cherenkitOnSmallDisk } from '../support/small-disk.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { FIXED_DIRECTION, reconstructorCode, writePackage } from '../support/third-party-plugin.js';

const TOY = ['-i', 'toymodel:?events=15', '--write-images'];

/** The last line on standard error with `--log-format json`. */
interface EndLine {
  readonly code: string;
  readonly exitCode: number;
  readonly isTemporary: boolean;
  readonly message: string;
  readonly peakMemory: number;
}

function endOf(stderr: string): EndLine {
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as EndLine;
}

/** Runs a script of Node.js that processes events in two threads, and prints the code and the exit code of the error. */
const IN_TWO_THREADS = `
  import { configurationLayers, runTool } from '${import.meta.resolve('cherenkit')}';
  const [input, output, plugin] = process.argv.slice(2);
  const layers = await configurationLayers({
    EventSource: { input_url: input },
    DataWriter: { output_path: output, write_dl2: true },
    ShowerProcessor: { reconstructor_types: ['PlaneFit'] },
  });
  const request = { tool: 'ProcessorTool', layers, plugins: { plugins: [plugin], discovery: false } };
  await runTool(request, { threads: { count: 2, isEager: true, blockBytes: 1 } }).catch((error) => {
    console.log(error.code, error.exitCode);
  });
`;

describe('failures that a repetition may overcome', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
    mkdirSync(folder.join('disk'));
  });
  afterEach(() => folder[Symbol.dispose]());

  it('exit with 75 if the disk of the output, the report or the temporary files is full', function () {
    const onSmallDisk = (...args: string[]) => cherenkitOnSmallDisk(folder.join('disk'), '64k', args, folder.path);
    const full = onSmallDisk('process', ...TOY, '-o', 'disk/out.h5', '--log-format', 'json', '--report', 'report.json');
    if (full === undefined) {
      console.log('      skipped: the system permits no mounts');
      this.skip();
    }
    expect(full.exitCode, full.stderr).to.equal(75);
    const report = JSON.parse(readFileSync(folder.join('report.json'), 'utf8')) as EndLine;
    for (const end of [endOf(full.stderr), report]) {
      expect(end).to.deep.include({ code: 'OUTPUT_WRITE_FAILED', exitCode: 75, isTemporary: true });
      expect(end.message).to.include('no space is left on the device');
      expect(end.peakMemory).to.be.within(2e7, 2e9);
    }
    const log = onSmallDisk('process', ...TOY, '-o', 'out.h5', '-l', 'disk/log', '--log-file-level', 'DEBUG');
    // The log of this run fits into 64 kB or does not.
    expect(log?.exitCode).to.be.oneOf([0, 75]);
    expect(spawnCherenkit(['process', ...TOY, '-o', 'a.h5'], folder.path).exitCode).to.equal(0);
    const merge = onSmallDisk('merge', 'a.h5', '-o', 'disk/all.h5');
    expect(merge?.exitCode, merge?.stderr).to.equal(75);
    expect(merge?.stderr).not.to.include('standard output');
  });

  it('do not include a limit of the size of files', function () {
    if (process.platform !== 'linux') this.skip();
    const script = `ulimit -f 64; trap '' XFSZ; "$0" "$1" process ${TOY.join(' ').replace('?', '\\?')} -o out.h5`;
    const run = spawnSync('bash', ['-c', script, process.execPath, COMMAND], { cwd: folder.path, encoding: 'utf8' });
    expect(run.stderr).to.include('OUTPUT_WRITE_FAILED').and.include('larger than');
    expect([run.status, folder.files]).to.deep.equal([74, ['disk']]);
  });

  it('exit with 75 if a worker thread has too little memory', async function () {
    skipWithoutTestData.call(this);
    const exhaust = `if (!isMainThread) for (const hoard = []; ; ) hoard.push(new Array(1e5).fill(hoard));`;
    const code = reconstructorCode('plane-fit', 'PlaneFit', `${exhaust} ${FIXED_DIRECTION}`);
    const plugin = await writePackage(folder.join('plane-fit'), {
      packageName: 'plane-fit',
      code: `import { isMainThread } from 'node:worker_threads';\n${code}`,
    });
    const input = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    writeFileSync(folder.join('run.mjs'), IN_TWO_THREADS);
    const args = ['--max-old-space-size=300', 'run.mjs', input, 'out.h5', plugin];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    expect(stdout, stderr).to.equal('WORKER_OUT_OF_MEMORY 75\n');
    expect(folder.files).not.to.include('out.h5');
  });

  it('exit with 75 if a component cannot allocate memory, and not as a failure of the event', async () => {
    const code = reconstructorCode('plane-fit', 'PlaneFit', `new ArrayBuffer(2 ** 52); ${FIXED_DIRECTION}`);
    const plugin = await writePackage(folder.join('plane-fit'), { packageName: 'plane-fit', code });
    const args = ['process', '-i', 'toymodel:?events=2', '-o', 'out.h5', '--write-showers', '--plugin', plugin];
    const { exitCode, stderr } = await cherenkit([...args, '--reconstructor', 'PlaneFit'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({
      exitCode: 75,
      stderr:
        'error[OUT_OF_MEMORY]: The memory is exhausted: Array buffer allocation failed. Run again with more memory, or with fewer threads.\n',
    });
  });
});

describe('--log-format json', () => {
  let folder: TemporaryFolder;
  beforeEach(() => void (folder = new TemporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());

  const endWith = async (...args: string[]): Promise<EndLine> => {
    const { stderr, exitCode } = await cherenkit([...args, '--log-format', 'json'], folder.path);
    const lines = stderr.trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).to.include.keys('time', 'level', 'message');
    const end = endOf(stderr);
    expect(end.exitCode).to.equal(exitCode);
    return end;
  };

  it('ends with a line for success, invalid command lines, missing inputs and final failures', async () => {
    const ok = await endWith('process', '-i', 'toymodel:?events=1', '-o', 'out.h5', '-v');
    expect(ok).to.deep.include({ code: 'OK', exitCode: 0, isTemporary: false });
    expect(ok.message).to.match(/^out\.h5: 1 event, /);
    for (const [args, code, exitCode] of [
      [['-i', 'toymodel:', '-o', 'out.h5'], 'OUTPUT_EXISTS', 2],
      [['-i', 'toymodel:', '--no-such-flag'], 'USAGE', 2],
      [['-i', 'missing', '-o', 'new.h5'], 'INPUT_MISSING', 66],
    ] as const) {
      expect(await endWith('process', ...args)).to.deep.include({ code, exitCode, isTemporary: false });
    }
    writeFileSync(folder.join('list.txt'), 'out.h5\n');
    expect(await endWith('merge', '@list.txt', '-o', 'all.h5')).to.deep.include({ code: 'OK' });
  });
});
