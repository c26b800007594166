import { spawnSync } from 'node:child_process';

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
