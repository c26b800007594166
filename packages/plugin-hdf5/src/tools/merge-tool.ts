import {
  CherenkitError,
  counted,
  ExitCode,
  PROVENANCE,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { HDF5Merger } from '../merge/hdf5-merger.js';
import { productionParts } from '../merge/production-parts.js';
import type { MergedShards } from '../tables/stored-record.js';
import { inputFiles } from './input-files.js';

const INPUT = 'INPUT';
const OUTPUT = 'OUTPUT';
const CONTENT = 'CONTENT';

/** Merges HDF5 files of ctapipe and Cherenkit into one: `cherenkit merge`. Source: ctapipe 0.32 `MergeTool`. */
export class MergeTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), {
    default: [],
    help: 'Files to merge, in this order. @LIST reads their paths from a file, one per line, @- from standard input.',
  }),
  inputDir: trait.optional(trait.path({ help: 'Directory of further files to merge, sorted by name.' })),
  filePattern: trait.string({ default: '*.h5', help: 'Pattern of the names of files in the input directory.' }),
  manifest: trait.optional(
    trait.path({
      help: 'Merge the outputs of a production, of which each shard has to be there once, in the order of this manifest. Given files are outputs of its shards, or merges of them.',
    }),
  ),
  shards: trait.optional(
    trait.string({
      help: 'Numbers of the shards of the production to merge: FIRST-LAST, or a single number. Default: all.',
    }),
  ),
  skipBrokenFiles: trait.boolean({
    default: false,
    help: 'Leave out files that cannot be merged, with a warning, instead of refusing the merge.',
  }),
}) {
  static override readonly help = 'Merges HDF5 files of one telescope array into one.';
  static override readonly children: readonly ComponentKind[] = [HDF5Merger];
  static override readonly command: CommandDeclaration = {
    name: 'merge',
    description:
      'Reads files of ctapipe and Cherenkit. All files are checked before anything is written: same data model, category and telescope array, each observation block and event once, same tables. Merging merged files gives the same file as merging all at once.',
    examples: [
      'merge gamma_1.dl2.h5 gamma_2.dl2.h5 -o gamma.dl2.h5',
      "merge --input-dir runs --pattern '*.dl1.h5' -o all.dl1.h5 --no-dl1-images",
      'merge run.dl1.h5 monitoring.h5 -o run.with-monitoring.dl1.h5 --attach-monitoring',
      'merge @runs.txt -o all.dl2.h5 --skip-broken-files',
      'merge --manifest manifest.json -o all.dl2.h5',
    ],
    positional: { trait: 'MergeTool.input_files', name: 'FILE' },
    flags: {
      'input-dir': { trait: 'MergeTool.input_dir', letter: 'i', group: INPUT },
      pattern: { trait: 'MergeTool.file_pattern', letter: 'p', group: INPUT },
      manifest: { trait: 'MergeTool.manifest', group: INPUT },
      shards: { trait: 'MergeTool.shards', group: INPUT },
      'skip-broken-files': { trait: 'MergeTool.skip_broken_files', group: INPUT },
      output: { trait: 'HDF5Merger.output_path', letter: 'o', required: true, group: OUTPUT },
      overwrite: { trait: 'HDF5Merger.overwrite', group: OUTPUT },
      append: { trait: 'HDF5Merger.append', group: OUTPUT },
      'merge-strategy': { trait: 'HDF5Merger.merge_strategy', letter: 's', group: CONTENT },
      'single-ob': {
        trait: 'HDF5Merger.merge_strategy',
        value: 'events-single-ob',
        group: CONTENT,
        help: 'The files are parts of one observation block.',
      },
      'attach-monitoring': {
        trait: 'HDF5Merger.merge_strategy',
        value: 'monitoring-only',
        group: CONTENT,
        help: 'Attach the monitoring data of all other files to the first one, or with --append to the output: a file of events, for example.',
      },
      'telescope-events': { trait: 'HDF5Merger.telescope_events', group: CONTENT },
      'r0-waveforms': { trait: 'HDF5Merger.r0_waveforms', group: CONTENT },
      'r1-waveforms': { trait: 'HDF5Merger.r1_waveforms', group: CONTENT },
      'dl1-images': { trait: 'HDF5Merger.dl1_images', group: CONTENT },
      'true-images': { trait: 'HDF5Merger.true_images', group: CONTENT },
      'true-parameters': { trait: 'HDF5Merger.true_parameters', group: CONTENT },
      'dl1-parameters': { trait: 'HDF5Merger.dl1_parameters', group: CONTENT },
      'dl1-muon': { trait: 'HDF5Merger.dl1_muon', group: CONTENT },
      'dl2-telescope': { trait: 'HDF5Merger.dl2_telescope', group: CONTENT },
      'dl2-subarray': { trait: 'HDF5Merger.dl2_subarray', group: CONTENT },
      monitoring: { trait: 'HDF5Merger.monitoring', group: CONTENT },
      simulation: { trait: 'HDF5Merger.simulation', group: CONTENT },
      'processing-statistics': { trait: 'HDF5Merger.processing_statistics', group: CONTENT },
      exclude: { trait: 'HDF5Merger.exclude', group: CONTENT },
    },
  };

  readonly #merger = this.context.create(HDF5Merger, 'HDF5Merger');

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { skipBrokenFiles } = this.traits;
    const { paths, shards } = await this.#inputs();
    // A run over several inputs has a record of its own, and merges its parts.
    const { runRecord: record } = this.context.service(PROVENANCE);
    const options = { skipBrokenFiles, signal, onProgress, shards, record };
    const { nFiles, nEvents, skipped } = await this.#merger.merge(paths, options);
    const parts = [counted(nFiles, 'file'), counted(nEvents, 'event')];
    if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
    return parts.join(', ');
  }
  async #inputs(): Promise<{ readonly paths: readonly string[]; readonly shards?: MergedShards }> {
    const {
      inputFiles: files,
      inputDir: directory,
      filePattern: pattern,
      manifest,
      shards,
      skipBrokenFiles,
    } = this.traits;
    if (!manifest) {
      if (shards != null) throw optionRefused('--shards selects shards of a production. Give its --manifest as well.');
      return { paths: inputFiles({ files, directory, pattern }) };
    }
    if (skipBrokenFiles) {
      throw optionRefused('--manifest merges all shards, --skip-broken-files leaves some out. Remove one of them.');
    }
    if (this.#merger.traits.append) {
      throw optionRefused('--manifest writes a new file, --append adds to another one. Remove one of them.');
    }
    const given = files.length > 0 || directory ? inputFiles({ files, directory, pattern }) : [];
    return productionParts(manifest, given, shards == null ? undefined : rangeOf(shards));
  }
}

/** @throws CherenkitError MERGE_REFUSED (2) */
function rangeOf(text: string): [first: number, last: number] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw optionRefused(
      `--shards ${text || '""'}: expected the number of a shard, or those of the first and the last one, such as 0-99.`,
    );
  }
  return [Number(first), Number(last)];
}

function optionRefused(message: string): CherenkitError {
  return new CherenkitError('MERGE_REFUSED', ExitCode.USAGE, message);
}
