import type { CommandDeclaration } from '@cherenkit/core';
import { cwlFiles } from './cwl-files.js';
import { nextflowFiles } from './nextflow-files.js';
import { slurmFiles } from './slurm-files.js';
import { snakemakeFiles } from './snakemake-files.js';
import { WorkflowTool, workflowCommand } from './workflow-tool.js';

/** Generates a workflow in the Common Workflow Language: `cherenkit workflow cwl`. */
export class WorkflowCwlTool extends WorkflowTool {
  static override readonly help = 'Writes a CWL workflow that runs productions.';
  static override readonly command: CommandDeclaration = workflowCommand(
    'WorkflowCwlTool',
    'cwl',
    'CWL descriptions of the commands, a workflow and the values of its inputs',
  );
  protected override readonly filesOf = cwlFiles;

  protected override startOf(folder: string): string[] {
    return ['cwltool', '--outdir', 'results', `${folder}/workflow.cwl`, `${folder}/job.yml`];
  }
}

/** Generates a Snakefile: `cherenkit workflow snakemake`. */
export class WorkflowSnakemakeTool extends WorkflowTool {
  static override readonly help = 'Writes a Snakefile that runs productions.';
  static override readonly command: CommandDeclaration = workflowCommand(
    'WorkflowSnakemakeTool',
    'snakemake',
    'a Snakefile, and profiles for one machine and for Slurm,',
  );
  protected override readonly filesOf = snakemakeFiles;

  protected override startOf(folder: string): string[] {
    return ['snakemake', '--snakefile', `${folder}/Snakefile`, '--profile', `${folder}/profiles/local`];
  }
}

/** Generates batch scripts: `cherenkit workflow slurm`. */
export class WorkflowSlurmTool extends WorkflowTool {
  static override readonly help = 'Writes batch scripts for Slurm that run productions.';
  static override readonly command: CommandDeclaration = workflowCommand(
    'WorkflowSlurmTool',
    'slurm',
    'batch scripts with arrays of jobs, and a script that submits them with their dependencies,',
  );
  protected override readonly filesOf = slurmFiles;

  protected override startOf(folder: string): string[] {
    return ['bash', `${folder}/submit.sh`];
  }
}

/** Generates a workflow of Nextflow: `cherenkit workflow nextflow`. */
export class WorkflowNextflowTool extends WorkflowTool {
  static override readonly help = 'Writes a workflow of Nextflow that runs productions.';
  static override readonly command: CommandDeclaration = workflowCommand(
    'WorkflowNextflowTool',
    'nextflow',
    'main.nf and nextflow.config',
  );
  protected override readonly filesOf = nextflowFiles;

  protected override startOf(folder: string): string[] {
    return ['nextflow', 'run', `${folder}/main.nf`];
  }
}
