import {
  counted,
  ExitCode,
  filesOfShard,
  printable,
  readingReason,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type ProductionManifest,
  type ShardFile,
  type ToolOptions,
} from '@cherenkit/core';
import { defectOfOutput, OUTPUT_DEFECTS, readManifestFile, type DefectiveOutput } from '@cherenkit/plugin-hdf5';
import { digestFile, folderOf, pathFrom, scopeOfDigest, setExitCode, writeText } from '#production-host';
import { arrayText } from './array-text.js';

/** Most outputs that are listed. */
const MOST_LISTED = 100;
/** Outputs between reports of the progress. */
const REPORT_INTERVAL = 1000;

/** The shards whose outputs have to be made again. */
interface DefectiveShards {
  readonly numbers: readonly number[];
  readonly counts: ReadonlyMap<DefectiveOutput['defect'], number>;
  /** What is wrong, in words; of the first ones only. */
  readonly listed: readonly string[];
}

/** An input that is not that of the plan. */
interface ChangedInput {
  /** Whether it cannot be read. */
  readonly isMissing: boolean;
  /** What is wrong, in words. */
  readonly text: string;
}

/** Finds the shards of a production without a valid output: `cherenkit verify`. */
export class VerifyTool extends Tool.withTraits({
  manifest: trait.path({ default: '', help: 'Manifest of the production, as cherenkit plan writes it.' }),
  resubmit: trait.boolean({
    default: false,
    help: 'Print only the numbers of the shards to process again, as for --array of sbatch: 3,7-12.',
  }),
  checkInputs: trait.boolean({
    default: false,
    help: 'Also compare the inputs with the digests in the manifest.',
  }),
}) {
  static override readonly help =
    'Finds the shards of a production whose outputs are missing, broken, foreign or stale.';
  static override readonly command: CommandDeclaration = {
    name: 'verify',
    description:
      'Reads the beginning of each output and its record of the run that made it. An output is missing, broken (not a whole HDF5 file), foreign (not that of the shard) or stale (of another configuration or version). Exits with 0 if all outputs are valid, 66 if some, or with --check-inputs some inputs, are missing, else 65. cherenkit check verifies the data of files.',
    examples: ['verify manifest.json', 'verify manifest.json --resubmit'],
    positional: { trait: 'VerifyTool.manifest', name: 'MANIFEST' },
    flags: {
      resubmit: { trait: 'VerifyTool.resubmit' },
      'check-inputs': { trait: 'VerifyTool.check_inputs' },
    },
  };

  override async run(_source: EventSource | undefined, options: ToolOptions = {}): Promise<void> {
    const { manifest: path, resubmit, checkInputs } = this.traits;
    const manifest = await readManifestFile(path);
    const folder = folderOf(path);
    const changed = checkInputs ? changedInputs(manifest, folder, options) : [];
    const defective = defectiveShards(manifest, folder, options);
    const numbers = arrayText(defective.numbers);
    if (resubmit) await writeText(numbers && `${numbers}\n`);
    else await writeText(describe(path, manifest, defective, changed));
    if (defective.counts.has('missing') || changed.some(({ isMissing }) => isMissing)) setExitCode(ExitCode.NO_INPUT);
    else if (numbers !== '' || changed.length > 0) setExitCode(ExitCode.BAD_INPUT);
  }
}

function defectiveShards(
  manifest: ProductionManifest,
  folder: string,
  { signal, onProgress }: ToolOptions,
): DefectiveShards {
  const numbers: number[] = [];
  const listed: string[] = [];
  const counts = new Map<DefectiveOutput['defect'], number>();
  const { shards } = manifest;
  for (const [number, shard] of shards.entries()) {
    if (number % REPORT_INTERVAL === 0) {
      signal?.throwIfAborted();
      onProgress?.({ fraction: number / shards.length, text: `${number}/${shards.length} outputs examined` });
    }
    const path = pathFrom(folder, shard.output);
    const found = defectOfOutput(manifest, shard, path);
    if (!found) continue;
    const { defect, reason } = found;
    numbers.push(number);
    counts.set(defect, (counts.get(defect) ?? 0) + 1);
    if (listed.length >= MOST_LISTED) continue;
    listed.push(`${defect}: ${number} ${path}${defect === 'missing' ? '' : `: ${reason}`}`);
  }
  return { numbers, counts, listed };
}

/** Finds the inputs that are missing or not those of the plan. */
function changedInputs({ shards }: ProductionManifest, folder: string, { signal }: ToolOptions): ChangedInput[] {
  const inputs = new Map(shards.flatMap((shard) => filesOfShard(shard).map((file) => [file.path, file] as const)));
  return [...inputs.values()].flatMap((input) => {
    signal?.throwIfAborted();
    return changeOfInput(input, pathFrom(folder, input.path)) ?? [];
  });
}

function changeOfInput({ bytes, digest }: ShardFile, path: string): ChangedInput | undefined {
  if (digest === undefined) return undefined;
  try {
    const found = digestFile(path, scopeOfDigest(digest));
    if (found?.bytes === bytes && found?.digest === digest) return undefined;
    return { isMissing: false, text: `input: ${path}: it has changed since the plan` };
  } catch (error) {
    return { isMissing: true, text: `missing input: ${path}: ${readingReason(error)}` };
  }
}

function describe(
  name: string,
  { shards }: ProductionManifest,
  { numbers, counts, listed }: DefectiveShards,
  changed: readonly ChangedInput[],
): string {
  const lines = [...changed.map(({ text }) => text), ...listed].slice(0, MOST_LISTED);
  const nMore = changed.length + numbers.length - lines.length;
  const more = nMore > 0 ? [`and ${nMore} more`] : [];
  const valid = `${shards.length - numbers.length} of ${counted(shards.length, 'output')} valid`;
  const defects = OUTPUT_DEFECTS.flatMap((kind) => (counts.has(kind) ? [`${counts.get(kind)} ${kind}`] : []));
  const nMissing = changed.filter(({ isMissing }) => isMissing).length;
  const nChanged = changed.length - nMissing;
  const inputs = [
    ...(nMissing > 0 ? [`${counted(nMissing, 'input')} missing`] : []),
    ...(nChanged > 0 ? [`${counted(nChanged, 'input')} changed`] : []),
  ];
  const summary = `${name}: ${[valid, ...defects, ...inputs].join(', ')}`;
  return [...lines, ...more, summary].map((line) => `${printable(line)}\n`).join('');
}
