import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, COMMAND } from '../support/run-command.js';
import {
  engineCommand,
  engineProgram,
  FlakyProgram,
  NO_SLURM_JOBS,
  ONE_NODE_SLURM,
  runIn,
  slurmPackages,
} from '../support/workflow-engine.js';

/** Two productions of simulated showers, and the steps that follow. */
const STEPS = `# a comment
merge a.h5 \\
  -o all.h5
export all.h5 --table /simulation/event/subarray/shower -o showers.csv
`;

describe('generated workflows', function () {
  this.timeout(600_000);
  let folder: TemporaryFolder;
  let flaky: FlakyProgram;
  beforeEach(async () => {
    folder = new TemporaryFolder();
    flaky = new FlakyProgram(folder);
    writeFileSync(folder.join('dl2.yaml'), 'DataWriter:\n  write_dl2: true\n');
    writeFileSync(folder.join('steps.txt'), STEPS);
    for (const [name, run] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      const input = `toymodel:?events=4&seed=${run}`;
      await run_('plan', input, '-o', `${name}.json`, '-c', 'dl2.yaml', '--target-events', '2');
    }
  });
  afterEach(() => folder[Symbol.dispose]());

  /** Runs a command that has to succeed. */
  const run_ = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    return stdout;
  };

  const generate = (engine: string, ...more: string[]): Promise<string> =>
    run_(
      'workflow',
      engine,
      'a.json',
      'b.json',
      '-o',
      engine,
      '--steps',
      'steps.txt',
      '--program',
      flaky.path,
      ...more,
    );

  const engine = (program: string, args: readonly string[]): SpawnSyncReturns<string> =>
    runIn(folder, [program, ...args]);

  /** Requires the merged files of a workflow to be those of a run without it. */
  const expectMerged = async (...files: string[]): Promise<void> => {
    const merged = files.find((file) => existsSync(folder.join(file)));
    expect(merged, `one of ${files.join(', ')}`).not.to.equal(undefined);
    for (const name of ['a', 'b']) {
      for (const k of [0, 1]) await run_('process', '--shard', `${name}.json#${k}`, '--if-needed', '-q');
      await run_('merge', '--manifest', `${name}.json`, '-o', `expected_${name}.h5`, '-q');
    }
    await run_('merge', 'expected_a.h5', '-o', 'expected.h5', '-q');
    const compared = await cherenkit(['diff', 'expected.h5', merged ?? '', '--ignore-provenance'], folder.path);
    expect(compared).to.include({ exitCode: 0 });
    expect(compared.stdout).to.match(/^\d+ tables are equal, 0 differences/m);
  };

  it('are run by Snakemake, which repeats temporary failures only', async function () {
    const snakemake = engineProgram(this, 'SNAKEMAKE');
    await generate('snakemake');
    const args = ['--snakefile', 'snakemake/Snakefile', '--profile', 'snakemake/profiles/local', '--cores', '1'];
    flaky.failWith(75, 143);
    const { status, stderr } = engine(snakemake, args);
    expect(status, stderr).to.equal(0);
    expect(flaky.calls('process')).to.have.length(6);
    await expectMerged('all.h5');
    const again = engine(snakemake, args);
    expect([again.status, flaky.calls('process').length], again.stderr).to.deep.equal([0, 6]);
  });

  it('are run by Snakemake in folders whose names have spaces, quotes and substitutions', async function () {
    const snakemake = engineProgram(this, 'SNAKEMAKE');
    const names = ["it's $(touch injected)", 'out "of" {b}'] as const;
    mkdirSync(folder.join(names[0]));
    const manifest = join(names[0], 'c.json');
    await run_('plan', 'toymodel:?events=4', '-o', manifest, '--target-events', '2');
    writeFileSync(folder.join('steps.txt'), `merge "${names[0]}/c.h5" -o "${names[0]}/all.h5"\n`.replace('$', '\\$'));
    const steps = ['--steps', 'steps.txt'];
    await run_('workflow', 'snakemake', manifest, '-o', names[1], '--program', flaky.path, ...steps);
    const place = join(folder.path, names[1]);
    const args = ['--snakefile', join(place, 'Snakefile'), '--profile', join(place, 'profiles/local'), '--cores', '1'];
    const { status, stderr } = engine(snakemake, args);
    expect(status, stderr).to.equal(0);
    expect(existsSync(folder.join(names[0], 'all.h5'))).to.equal(true);
    expect(existsSync(folder.join(names[1], 'logs', 'process_c_0.log'))).to.equal(true);
    expect(existsSync(folder.join('injected'))).to.equal(false);
  });

  it('are refused for Snakemake if files have braces, which are wildcards', async () => {
    mkdirSync(folder.join('{b}'));
    await run_('plan', 'toymodel:?events=4', '-o', '{b}/c.json');
    const { exitCode, stderr } = await cherenkit(['workflow', 'snakemake', '{b}/c.json', '-o', 'w'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(
      /^error\[STEP_INVALID\]: Snakemake takes braces in paths for wildcards: .*\/\{b\}\/c\.h5\./,
    );
  });

  it('are ended by Snakemake after a final failure, which is not repeated', async function () {
    const snakemake = engineProgram(this, 'SNAKEMAKE');
    await generate('snakemake');
    flaky.failWith(65);
    const args = ['--snakefile', 'snakemake/Snakefile', '--profile', 'snakemake/profiles/local', '--cores', '1'];
    expect(engine(snakemake, args).status).not.to.equal(0);
    expect(flaky.calls('process')).to.have.length(4);
    expect(flaky.calls('merge').filter((line) => line.includes('--manifest'))).to.have.length(1); // of the other production
    // The failed shard alone is processed by the next run.
    const { status, stderr } = engine(snakemake, args);
    expect([status, flaky.calls('process').length], stderr).to.deep.equal([0, 5]);
  });

  it('are valid and run by cwltool, which tells temporary failures from final ones', async function () {
    const cwltool = engineProgram(this, 'CWLTOOL');
    await generate('cwl');
    for (const file of ['workflow.cwl', 'process.cwl', 'process_shard.cwl', 'merge.cwl', 'export.cwl']) {
      const { status, stderr } = engine(cwltool, ['--validate', `cwl/${file}`]);
      expect(status, stderr).to.equal(0);
    }
    const args = ['--no-container', '--outdir', 'results', 'cwl/workflow.cwl', 'cwl/job.yml'];
    const { status, stderr } = engine(cwltool, args);
    expect(status, stderr).to.equal(0);
    await expectMerged('results/all.h5');
    for (const [code, message] of [
      [75, /temporaryFail/],
      [65, /permanentFail/],
    ] as const) {
      flaky.failWith(code);
      const failed = engine(cwltool, args);
      expect(failed.status).not.to.equal(0);
      expect(failed.stderr).to.match(message);
    }
  });

  it('are run by Nextflow, which repeats temporary failures', async function () {
    const command = engineCommand(this, 'nextflow');
    await generate('nextflow');
    flaky.failWith(75);
    const { status, stdout, stderr } = runIn(folder, command);
    expect(status, `${stdout}${stderr}`).to.equal(0);
    expect(stdout).not.to.include('WARN');
    expect(flaky.calls('process')).to.have.length(5);
    await expectMerged('all.h5');
  });

  it('have the traits, lists and outputs of further steps in CWL', async () => {
    writeFileSync(
      folder.join('steps.txt'),
      `apply-models -i a.h5 -r x.onnx,y.onnx --HDF5Merger.dl1_images=false -o a[1].h5
compute-irf --cuts cuts.fits --gamma-file a[1].h5 -o irf.fits --benchmark-output benchmarks.fits
create-dl3 a[1].h5 --cuts cuts.fits --irf irf.fits -o dl3
`,
    );
    await generate('cwl');
    const workflow = readFileSync(folder.join('cwl/workflow.cwl'), 'utf8');
    const job = readFileSync(folder.join('cwl/job.yml'), 'utf8');
    expect(workflow).to.match(/set:\n\s+default:\n\s+- "HDF5Merger\.dl1_images=false"/);
    expect(job).to.include('/x.onnx').and.include('/y.onnx').and.not.include('x.onnx,');
    expect(workflow).to.match(/output:\n\s+default: a_1_\.h5/); // CWL finds outputs by patterns
    expect(workflow).to.include('gamma_file: apply_models/output_file').and.include('irf: compute_irf/output_file');
    expect(workflow).to.include('outputSource: compute_irf/benchmark_output_file');
    expect(workflow).to.match(/type: "Directory\?"\n\s+outputSource: create_dl3\/output_dir_file/);
  });

  it('are refused for productions with equal outputs', async () => {
    for (const place of ['x', 'y']) {
      mkdirSync(folder.join(place));
      folder.write(join(place, 'run.simtel'), place);
      await run_('plan', `${place}/*.simtel`, '-o', `${place}.json`, '--output-dir', 'shards');
    }
    const { exitCode, stderr } = await cherenkit(['workflow', 'slurm', 'x.json', 'y.json', '-o', 'w'], folder.path);
    expect([exitCode, existsSync(folder.join('w'))]).to.deep.equal([2, false]);
    expect(stderr).to.match(
      /^error\[FILE_USED_TWICE\]: \S*\/shards\/run\.dl1\.h5 is an output of both \S*\/x\.json and \S*\/y\.json; expected .* --output-dir/,
    );
    await run_('plan', 'y/*.simtel', '-o', 'y.json', '--overwrite', '--output-dir', 'shards/y');
    await run_('workflow', 'slurm', 'x.json', 'y.json', '-o', 'w');
  });

  it('number steps of the same command', async () => {
    writeFileSync(folder.join('steps.txt'), 'merge a.h5 -o c.h5\nexport a.h5 -o a.csv\nmerge b.h5 -o d.h5\n');
    await generate('slurm');
    const scripts = readdirSync(folder.join('slurm'));
    expect(scripts).to.include.members(['merge_1.sbatch', 'export.sbatch', 'merge_2.sbatch']);
    expect(scripts).not.to.include('merge.sbatch');
  });

  it('name files of the same name in different folders differently in CWL', async () => {
    for (const [i, place] of ['x', 'y'].entries()) {
      mkdirSync(folder.join(place));
      folder.write(join(place, 'run.simtel'), `${i}`);
    }
    await run_('plan', 'x/*.simtel', 'y/*.simtel', '-o', 'xy.json');
    await run_('workflow', 'cwl', 'xy.json', '-o', 'xy');
    // It has to be a valid manifest: no input is in two shards.
    expect((await cherenkit(['verify', 'xy/xy.manifest.json'], folder.path)).stdout).to.match(/0 of 2 outputs valid/);
    expect(readFileSync(folder.join('xy/job.yml'), 'utf8')).to.match(/y\/run\.simtel\n\s+basename: "1-run\.simtel"/);
  });

  it('run the program that writes them by default', async () => {
    await run_('workflow', 'slurm', 'a.json', '-o', 'w');
    expect(readFileSync(folder.join('w/process_a.sbatch'), 'utf8')).to.include(
      `run_step ${process.execPath} ${COMMAND} process --shard `,
    );
    for (const [bin, expected] of [
      ['bin', 'cherenkit'],
      // npx puts it into the PATH of its own process only.
      ['node_modules/.bin', `${process.execPath} ${COMMAND}`],
    ] as const) {
      mkdirSync(folder.join(bin), { recursive: true });
      symlinkSync(COMMAND, folder.join(bin, 'cherenkit'));
      const PATH = `${folder.join(bin)}:${process.env['PATH']}`;
      await cherenkit(['workflow', 'slurm', 'a.json', '-o', 'w', '--overwrite'], folder.path, { PATH });
      const script = readFileSync(folder.join('w/process_a.sbatch'), 'utf8');
      expect(script).to.include(`run_step ${expected} process --shard `);
    }
    await run_('workflow', 'nextflow', 'a.json', '-o', 'n', '--image', 'cherenkit.sif');
    expect(readFileSync(folder.join('n/main.nf'), 'utf8')).to.include('exec cherenkit process --shard ');
  });

  it('are not written if the file of the steps is missing', async () => {
    const { exitCode, stderr } = await cherenkit(
      ['workflow', 'slurm', 'a.json', '-o', 'w', '--steps', 'none'],
      folder.path,
    );
    expect([exitCode, existsSync(folder.join('w'))]).to.deep.equal([66, false]);
    expect(stderr).to.include('Cannot read the steps none: there is no such file. Check the path of --steps.');
  });

  it('queue jobs of Slurm again after 75, 143 and 152 only', async () => {
    await generate('slurm');
    const queuedAgain = (code: number): boolean => {
      const script = `scontrol() { echo "$@"; return 1; }; . slurm/run-step.sh; run_step bash -c 'exit ${code}'`;
      const { status, stdout } = spawnSync('bash', ['-c', script], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { ...process.env, SLURM_JOB_ID: '7' },
      });
      expect(status).to.equal(code);
      return stdout === 'requeue 7\n';
    };
    expect([0, 65, 75, 137, 143, 152].filter(queuedAgain)).to.deep.equal([75, 143, 152]);
  });

  it('escape the path of the logs of Slurm', async () => {
    await run_('workflow', 'slurm', 'a.json', '-o', "100% o'f #1");
    const script = readFileSync(folder.join("100% o'f #1", 'process_a.sbatch'), 'utf8');
    expect(script).to.include("/100%%\\ o\\'f\\ \\#1/logs/%x_%A_%a.log\n");
  });

  it('are submitted to Slurm with their dependencies, and repeated after temporary failures only', async function () {
    expect(await generate('slurm')).to.match(
      /^slurm: \d+ files, 2 productions, 4 shards, 2 further steps \(start: bash slurm\/submit\.sh\), .*\n$/,
    );
    const scripts = [
      'run-step.sh',
      'submit.sh',
      ...['process_a', 'verify_a', 'merge_a', 'merge'].map((name) => `${name}.sbatch`),
    ];
    for (const file of scripts) {
      const { status, stderr } = engine('bash', ['-n', `slurm/${file}`]);
      expect(status, stderr).to.equal(0);
    }
    const slurm = slurmPackages(this);
    // Shards run one after the other, so that the first ones get the exit codes.
    flaky.failWith(75, 65);
    const script = `bash slurm/submit.sh && ${NO_SLURM_JOBS}; echo "$(ls)" >first; bash slurm/submit.sh --missing && ${NO_SLURM_JOBS}`;
    const { status, stderr, stdout } = engine('bash', [ONE_NODE_SLURM, slurm, 'bash', '-c', script]);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/^a: process \d+, verify \d+, merge \d+$/m);
    // Four shards, one that was repeated at once, and one that failed and was submitted again.
    expect(flaky.calls('process')).to.have.length(6);
    const first = readFileSync(folder.join('first'), 'utf8').split('\n');
    expect(first.filter((name) => ['a.h5', 'b.h5'].includes(name))).to.have.length(1);
    await expectMerged('all.h5');
  });
});
