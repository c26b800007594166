import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemporaryFolder } from '@cherenkit/testing';
import { REPOSITORY_ROOT } from './repository-root.js';
import { COMMAND } from './run-command.js';

/**
 * The program of a workflow engine: that of an environment variable, such as CHERENKIT_SNAKEMAKE, or the one in PATH. Skips the test
 * if there is none.
 */
export function engineProgram(context: Mocha.Context, name: 'SNAKEMAKE' | 'CWLTOOL' | 'NEXTFLOW'): string {
  const program = process.env[`CHERENKIT_${name}`] ?? name.toLowerCase();
  if (spawnSync(program, [name === 'NEXTFLOW' ? '-version' : '--version']).status === 0) return program;
  console.log(`      skipped: there is no ${program}; set CHERENKIT_${name} to its path`);
  return context.skip();
}

/** The folder of the unpacked packages of Slurm. Skips the test if there is none. */
export function slurmPackages(context: Mocha.Context): string {
  const folder = process.env['CHERENKIT_SLURM'];
  if (folder !== undefined) return folder;
  console.log('      skipped: CHERENKIT_SLURM is not set to a folder with the unpacked packages of Slurm');
  return context.skip();
}

/** Engines for which `cherenkit workflow` generates files. */
export const ENGINES = ['snakemake', 'cwl', 'nextflow', 'slurm'] as const;
export type Engine = (typeof ENGINES)[number];

/** Waits until Slurm has no jobs but those that failed finally. */
export const NO_SLURM_JOBS = 'while [ -n "$(squeue --noheader --format=%T | grep -v SPECIAL_EXIT)" ]; do sleep 1; done';

/**
 * The command that runs the workflow which `cherenkit workflow ENGINE -o ENGINE` has generated in the working directory, one job at
 * a time. Results of CWL are in the folder `results`. Skips the test if the engine is not there.
 */
export function engineCommand(context: Mocha.Context, engine: Engine): [program: string, ...args: string[]] {
  switch (engine) {
    case 'snakemake': {
      const profile = ['--profile', 'snakemake/profiles/local', '--cores', '1'];
      return [engineProgram(context, 'SNAKEMAKE'), '--snakefile', 'snakemake/Snakefile', ...profile];
    }
    case 'cwl':
      return [
        engineProgram(context, 'CWLTOOL'),
        '--no-container',
        '--outdir',
        'results',
        'cwl/workflow.cwl',
        'cwl/job.yml',
      ];
    case 'nextflow':
      return [
        engineProgram(context, 'NEXTFLOW'),
        '-log',
        'nextflow.log',
        'run',
        'nextflow/main.nf',
        '-ansi-log',
        'false',
      ];
    case 'slurm': {
      const script = `bash slurm/submit.sh && ${NO_SLURM_JOBS}`;
      return ['bash', ONE_NODE_SLURM, slurmPackages(context), 'bash', '-c', script];
    }
  }
}

/** Script that runs a command with a Slurm of one node. */
export const ONE_NODE_SLURM = join(REPOSITORY_ROOT, 'test', 'support', 'one-node-slurm.sh');

/** Runs a command in a folder. */
export function runIn(folder: TemporaryFolder, [program = '', ...args]: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd: folder.path, encoding: 'utf8' });
}

/**
 * Counts its calls, and ends the first ones of `process` with the exit codes in the names of files in the folder `codes`: a file
 * can be moved once, also by jobs that run at the same time.
 */
const FLAKY = `#!/bin/bash
here=$(dirname "$0")
echo "$*" >>"$here/calls"
if [ "$1" = process ]; then
  for file in "$here"/codes/*; do
    mv "$file" "$here/taken" 2>/dev/null && exit "\${file##*-}"
  done
fi
exec ${process.execPath} ${COMMAND} "$@"
`;

/** A program for jobs that is cherenkit, but some of whose first calls of `process` fail. */
export class FlakyProgram {
  constructor(private readonly folder: TemporaryFolder) {
    writeFileSync(this.path, FLAKY, { mode: 0o755 });
  }

  get path(): string {
    return this.folder.join('flaky');
  }

  /** Lets the next calls of `process` end with exit codes. */
  failWith(...codes: readonly number[]): void {
    mkdirSync(this.folder.join('codes'), { recursive: true });
    for (const [i, code] of codes.entries()) writeFileSync(this.folder.join(`codes/${i}-${code}`), '');
  }

  /** The calls of a command so far, with their arguments. */
  calls(command: string): string[] {
    const calls = this.folder.join('calls');
    if (!existsSync(calls)) return [];
    const lines = readFileSync(calls, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith(`${command} `));
  }
}
