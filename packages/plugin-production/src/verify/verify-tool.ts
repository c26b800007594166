import {
  counted,
  ExitCode,
  printable,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type ProductionManifest,
  type ShardInput,
  type ToolOptions,
} from '@cherenkit/core';
import { defectOfOutput, OUTPUT_DEFECTS, readManifestFile, type DefectiveOutput } from '@cherenkit/plugin-hdf5';
import { digestFile, folderOf, pathFrom, scopeOfDigest, setExitCode, writeText } from '#production-host';
import { arrayText } from './array-text.js';

/** Most outputs that are listed. */
const MOST_LISTED = 100;
/** Outputs between reports of the progress. */
const REPORT_INTERVAL = 1000;

/** A shard whose output has to be made again. */
interface DefectiveShard extends DefectiveOutput {
  readonly number: number;
  readonly path: string;
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
  static override readonly help = 'Finds the shards of a production whose outputs are missing, broken, foreign or stale.';
  static override readonly command: CommandDeclaration = {
    name: 'verify',
    description:
      'Reads the beginning of each output and its record of the run that made it. An output is missing, broken (not a whole HDF5 file), foreign (not that of the shard) or stale (of another configuration or version). Exits with 0 if all outputs are valid, 66 if some are missing, else 65. cherenkit check verifies the data of files.',
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
    const numbers = arrayText(defective.map(({ number }) => number));
    if (resubmit) await writeText(numbers && `${numbers}\n`);
    else await writeText(describe(path, manifest, defective, changed));
    const isMissing = defective.some(({ defect }) => defect === 'missing');
    if (isMissing) setExitCode(ExitCode.NO_INPUT);
    else if (defective.length + changed.length > 0) setExitCode(ExitCode.BAD_INPUT);
  }
}

function defectiveShards(
  manifest: ProductionManifest,
  folder: string,
  { signal, onProgress }: ToolOptions,
): DefectiveShard[] {
  const { shards } = manifest;
  return shards.flatMap((shard, number) => {
    if (number % REPORT_INTERVAL === 0) {
      signal?.throwIfAborted();
      onProgress?.({ fraction: number / shards.length, text: `${number}/${shards.length} outputs examined` });
    }
    const path = pathFrom(folder, shard.output);
    const found = defectOfOutput(manifest, shard, path);
    return found ? [{ ...found, number, path }] : [];
  });
}

/** What is wrong with the inputs, in words. */
function changedInputs({ shards }: ProductionManifest, folder: string, { signal }: ToolOptions): string[] {
  const inputs = new Map(shards.flatMap((shard) => shard.inputs.map((input) => [input.path, input] as const)));
  return [...inputs.values()].flatMap((input) => {
    signal?.throwIfAborted();
    const reason = changeOfInput(input, pathFrom(folder, input.path));
    return reason === undefined ? [] : [`input: ${pathFrom(folder, input.path)}: ${reason}`];
  });
}

function changeOfInput({ bytes, digest }: ShardInput, path: string): string | undefined {
  if (digest === undefined) return undefined;
  try {
    const found = digestFile(path, scopeOfDigest(digest));
    return found?.bytes === bytes && found?.digest === digest ? undefined : 'it has changed since the plan';
  } catch (error) {
    return (error as Error).message;
  }
}

function describe(
  name: string,
  { shards }: ProductionManifest,
  defective: readonly DefectiveShard[],
  changed: readonly string[],
): string {
  const lines = [
    ...changed,
    ...defective.map(({ defect, number, path, reason }) => {
      return defect === 'missing' ? `missing: ${number} ${path}` : `${defect}: ${number} ${path}: ${reason}`;
    }),
  ];
  const more = lines.length > MOST_LISTED ? [`and ${lines.length - MOST_LISTED} more`] : [];
  const counts = OUTPUT_DEFECTS.flatMap((kind) => {
    const count = defective.filter(({ defect }) => defect === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  const valid = `${shards.length - defective.length} of ${counted(shards.length, 'output')} valid`;
  const inputs = changed.length > 0 ? [`${counted(changed.length, 'input')} changed`] : [];
  const summary = `${name}: ${[valid, ...counts, ...inputs].join(', ')}`;
  return [...lines.slice(0, MOST_LISTED), ...more, summary].map((line) => `${printable(line)}\n`).join('');
}
