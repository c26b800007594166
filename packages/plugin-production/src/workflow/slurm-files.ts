import { shellCommand, shellWord } from './shell-words.js';
import { laterCommand, TEMPORARY_CODES, type GeneratedFile, type StepResources, type Workflow } from './workflow.js';

/** Indices of the tasks of an array are below this number, the default of MaxArraySize in slurm.conf minus 1. */
const ARRAY_SIZE = 1000;
/** Number of times that a job is repeated after a temporary failure. */
const MAX_REPEATS = 3;

/** Runs a step in a job: passes on SIGTERM, and repeats the job after a temporary failure. */
const RUN_STEP = `# Runs a step of a job and ends the job with its exit code. SIGTERM, which Slurm sends before the time limit, is passed on. After a
# temporary failure (75; 143 and 152 if SIGTERM or SIGXCPU came while the program started) the job is queued again.
run_step() {
  local code child
  "$@" &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null' TERM
  wait "$child"
  code=$?
  while kill -0 "$child" 2>/dev/null; do
    wait "$child" # a signal ended the first one
    code=$?
  done
  case $code in
    ${TEMPORARY_CODES.join(' | ')})
      if [ "\${SLURM_RESTART_COUNT:-0}" -lt ${MAX_REPEATS} ]; then
        scontrol requeue "\${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}\${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}" && sleep 60
      fi
      ;;
  esac
  exit "$code"
}
`;

/** Generates batch scripts for Slurm and a script that submits them with their dependencies. */
export function slurmFiles(workflow: Workflow): GeneratedFile[] {
  const { productions, resources } = workflow;
  const files: GeneratedFile[] = [{ path: 'run-step.sh', text: RUN_STEP }];
  const script = (name: string, used: StepResources, lines: readonly string[], isArray = false): void => {
    files.push({ path: `${name}.sbatch`, text: batchScript(workflow, name, used, lines, isArray) });
  };
  for (const production of productions) {
    const { name, manifest } = production;
    script(
      `process_${name}`,
      production.resources,
      [
        'shard=$((${OFFSET:-0} + SLURM_ARRAY_TASK_ID))',
        step(workflow, [
          'process',
          '--shard',
          raw(`${shellWord(`${manifest}#`)}"$shard"`),
          '--if-needed',
          '--threads',
          raw('"$SLURM_CPUS_PER_TASK"'),
          '--report',
          raw(`${shellWord(`${workflow.output}/reports/process_${name}_`)}"$shard".json`),
        ]),
      ],
      true,
    );
    script(`verify_${name}`, resources, [step(workflow, ['verify', manifest])]);
    script(`merge_${name}`, resources, [
      step(workflow, ['merge', '--manifest', manifest, '-o', production.merged, '--overwrite']),
    ]);
  }
  for (const later of workflow.later) {
    script(later.name, resources, [`run_step ${shellCommand(laterCommand(workflow, later))}`]);
  }
  return [...files, { path: 'submit.sh', text: submitScript(workflow) }];
}

/** A part of a command that is written to a script as it is. */
interface RawWord {
  readonly raw: string;
}

function raw(text: string): RawWord {
  return { raw: text };
}

function step({ program }: Workflow, words: readonly (string | RawWord)[]): string {
  const written = words.map((word) => (typeof word === 'string' ? shellWord(word) : word.raw));
  return `run_step ${shellCommand(program)} ${written.join(' ')}`;
}

function batchScript(
  { output, folder }: Workflow,
  name: string,
  { threads, memory, minutes }: StepResources,
  lines: readonly string[],
  isArray: boolean,
): string {
  return `#!/bin/bash
#SBATCH --job-name=${name}
#SBATCH --cpus-per-task=${threads}
#SBATCH --mem=${memory}M
#SBATCH --time=${minutes}
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${directiveText(`${output}/logs/`)}%x_%${isArray ? 'A_%a' : 'j'}.log
. ${shellWord(`${output}/run-step.sh`)}
cd ${shellWord(folder)} || exit 66
${lines.join('\n')}
`;
}

/** A path in a line of #SBATCH, where `%` begins a placeholder and a backslash takes the meaning of the next character. */
function directiveText(path: string): string {
  return path.replaceAll('%', '%%').replaceAll(/[^\w%./-]/gu, '\\$&');
}

function submitScript({ productions, later, output, program }: Workflow): string {
  const blocks = productions.map(({ name, manifest, shards }) => {
    const merged = `job_${name}=$(submit --dependency="afterok:$verify" --kill-on-invalid-dep=yes merge_${name}.sbatch)`;
    return `jobs=
if [ "\${1:-}" = --missing ]; then
  missing=$(${shellCommand([...program, 'verify', manifest, '--resubmit'])} || true)
  [ -z "$missing" ] || jobs=:$(submit --array="$missing" process_${name}.sbatch)
else
  for ((offset = 0; offset < ${shards.length}; offset += ${ARRAY_SIZE})); do
    last=$((${shards.length} - offset < ${ARRAY_SIZE} ? ${shards.length} - offset - 1 : ${ARRAY_SIZE} - 1))
    jobs+=:$(submit --array="0-$last" --export="ALL,OFFSET=$offset" process_${name}.sbatch)
  done
fi
verify=$(submit \${jobs:+--dependency="afterany$jobs"} verify_${name}.sbatch)
${merged}
echo "${name}: process \${jobs#:}, verify $verify, merge $job_${name}"`;
  });
  const steps = later.map(({ name, after }) => {
    const jobs = after.map((each) => `:$job_${each}`).join('');
    const dependency = jobs === '' ? '' : `--dependency="afterok${jobs}" --kill-on-invalid-dep=yes `;
    return `job_${name}=$(submit ${dependency}${name}.sbatch)\necho "${name}: $job_${name}"`;
  });
  return `#!/bin/bash
# Submits the jobs of the workflow: bash submit.sh. Shards that are complete are not processed again. With --missing, only the shards
# that "cherenkit verify" finds missing, broken or stale are submitted; their numbers must be below MaxArraySize of the cluster.
set -euo pipefail
cd ${shellWord(output)}
mkdir -p logs reports

submit() {
  sbatch --parsable "$@" | cut -d';' -f1
}

${[...blocks, ...steps].join('\n\n')}
`;
}
