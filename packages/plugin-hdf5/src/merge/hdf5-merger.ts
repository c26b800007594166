import {
  CherenkitError,
  Component,
  ExitCode,
  OUTPUT_FILES,
  PROVENANCE,
  trait,
  type Json,
  type ToolProgress,
} from '@cherenkit/core';
import type { Hdf5Writer } from '../format/index.js';
import { createChunkStore, fileExists, sameFile } from '#tool-host';
import type { MergedShards } from '../tables/stored-record.js';
import { MERGE_STRATEGIES, type MergeOptions } from './merge-selection.js';
import { MergeSurvey } from './merge-survey.js';
import { writeMerged } from './merge-writer.js';

/** What was merged. */
export interface MergeResult {
  readonly nFiles: number;
  readonly nEvents: number;
  /** Files that were skipped. */
  readonly skipped: readonly string[];
}

/** Tables that are written in addition to those of the input files. */
export interface AddedTables {
  /** Data levels of the tables. */
  readonly levels: readonly string[];
  /** Paths of tables of the input files that they replace; `*` stands for any text. */
  readonly replaced: readonly string[];
  /** Writes the tables, after those of the files. */
  write(file: Hdf5Writer): Promise<void>;
}

/** Options of {@link HDF5Merger.merge}. */
export interface MergeRunOptions {
  /** The output. Default: the trait. */
  readonly outputPath?: string;
  /** Whether to replace an existing output. Default: the trait. */
  readonly overwrite?: boolean;
  readonly added?: AddedTables;
  /** Shards of a production whose outputs the files are, in their order. */
  readonly shards?: MergedShards | undefined;
  /** Record of the run whose parts the files are: they are merged as shards are, and the output stores it. */
  readonly record?: Json | undefined;
  /** Whether to leave out files that cannot be merged, with a warning. */
  readonly skipBrokenFiles?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called after each file, when it was examined and when it was merged. */
  readonly onProgress?: ((progress: ToolProgress) => void) | undefined;
}

/** Most problems that an error lists. */
const MOST_LISTED = 50;

/**
 * Merges HDF5 files of one telescope array. Source: ctapipe 0.32 `HDF5Merger`.
 *
 * All files are examined before anything is written. Tables that ctapipe's merger leaves out are kept: the atmosphere profile,
 * those of Cherenkit, and unknown ones.
 */
export class HDF5Merger extends Component.withTraits({
  outputPath: trait.path({ default: '', help: 'Merged file.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output file.' }),
  append: trait.boolean({ default: false, help: 'Append to the output file, if it exists.' }),
  mergeStrategy: trait.oneOf(MERGE_STRATEGIES, {
    default: 'events-multiple-obs',
    help: 'What the files contain: events of different observation blocks, parts of one observation block, or monitoring data to attach to the first file.',
  }),
  telescopeEvents: trait.boolean({ default: true, help: 'Include tables of telescopes.' }),
  simulation: trait.boolean({ default: true, help: 'Include simulated truth.' }),
  trueImages: trait.boolean({ default: true, help: 'Include true images.' }),
  trueParameters: trait.boolean({ default: true, help: 'Include parameters of true images.' }),
  r0Waveforms: trait.boolean({ default: true, help: 'Include raw waveforms.' }),
  r1Waveforms: trait.boolean({ default: true, help: 'Include calibrated waveforms.' }),
  dl1Images: trait.boolean({ default: true, help: 'Include images.' }),
  dl1Parameters: trait.boolean({ default: true, help: 'Include image parameters.' }),
  dl1Muon: trait.boolean({ default: true, help: 'Include muon parameters.' }),
  dl2Subarray: trait.boolean({ default: true, help: 'Include stereo results.' }),
  dl2Telescope: trait.boolean({ default: true, help: 'Include results of telescopes.' }),
  monitoring: trait.boolean({ default: true, help: 'Include monitoring data.' }),
  processingStatistics: trait.boolean({ default: true, help: 'Include statistics of quality criteria.' }),
  exclude: trait.list(trait.string(), {
    default: [],
    help: 'Paths of tables to leave out; * stands for any text, as in /my_plugin/*.',
  }),
}) {
  static override readonly kind: string = 'HDF5Merger';
  static override readonly help = 'Merges HDF5 files of one telescope array.';

  /**
   * Merges files, in their order.
   *
   * @throws CherenkitError MERGE_REFUSED (2, 65, 66) listing all problems of all files; OUTPUT_NOT_NAMED, FILE_USED_TWICE (2);
   *   those of the output
   */
  async merge(
    paths: readonly string[],
    { skipBrokenFiles = false, signal, onProgress, added, shards, record, ...given }: MergeRunOptions = {},
  ): Promise<MergeResult> {
    const { append } = this.traits;
    const { outputPath = this.traits.outputPath, overwrite = this.traits.overwrite } = given;
    if (outputPath === '') {
      throw new CherenkitError('OUTPUT_NOT_NAMED', ExitCode.USAGE, 'No output: give --output FILE.');
    }
    const { logger } = this.context;
    const appends = append && fileExists(outputPath);
    const own = paths.find((path) => sameFile(path, outputPath));
    if (own !== undefined) {
      const message = `${own} is both an input and the output, which would destroy it. Choose another output, or append with --append and without this input.`;
      throw new CherenkitError('FILE_USED_TWICE', ExitCode.USAGE, message);
    }
    // Reserves the output before the files are examined.
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite: overwrite || appends });
    const provenance = this.context.service(PROVENANCE);
    const isOfShards = shards !== undefined || record !== undefined;
    const survey = new MergeSurvey(this.#options(appends, overwrite, isOfShards), added?.replaced);
    const inputs = appends ? [outputPath, ...paths] : paths;
    const skipped: string[] = [];
    for (const [i, path] of inputs.entries()) {
      signal?.throwIfAborted();
      const nProblems = survey.problems.length;
      const isMergeable = await survey.add(path);
      onProgress?.({ fraction: (i + 1) / (2 * inputs.length), text: `${i + 1}/${inputs.length} files examined` });
      // The file to which others are appended is never left out, which would delete its events.
      if (isMergeable || !skipBrokenFiles || (appends && i === 0)) continue;
      const [problem, ...others] = survey.skip(path, nProblems);
      logger.warning(`skipped: ${[problem, ...others.map((each) => `Also: ${each}`)].join(' ')}`);
      skipped.push(path);
    }
    survey.complete();
    for (const pattern of survey.unusedPatterns) logger.warning(`--exclude ${pattern}: no file has such a table.`);
    if (survey.problems.length > 0 || survey.files.length === 0) throw refused(survey, inputs.length);
    for (const warning of survey.warnings) logger.warning(warning);
    for (const { path } of survey.files) provenance.addInput({ url: path, role: 'data product to merge' });
    using chunkStore = createChunkStore(outputPath);
    const nFiles = survey.files.length;
    let merged = 0;
    const onFile = (): void => {
      merged++;
      onProgress?.({ fraction: 0.5 + merged / (2 * nFiles), text: `${merged}/${nFiles} files merged` });
    };
    await writeMerged(survey, {
      sink,
      chunkStore,
      activity: provenance.activity,
      signal,
      onFile,
      added,
      shards,
      record,
    });
    provenance.addOutput({ url: outputPath, role: 'merged data product' });
    const nEvents = survey.files.reduce((sum, file) => sum + file.nEvents, 0);
    return { nFiles, nEvents, skipped };
  }

  #options(append: boolean, overwrite: boolean, ofShards: boolean): MergeOptions {
    const { mergeStrategy, ...selection } = this.traits;
    const strategy = ofShards ? 'shards' : mergeStrategy;
    if (strategy === 'monitoring-only' && !selection.monitoring) {
      const message =
        'The strategy monitoring-only attaches monitoring data, which --no-monitoring leaves out. Remove one of them.';
      throw new CherenkitError('MERGE_REFUSED', ExitCode.USAGE, message);
    }
    if (selection.append && overwrite) {
      throw new CherenkitError(
        'MERGE_REFUSED',
        ExitCode.USAGE,
        '--append and --overwrite exclude each other. Remove one of them.',
      );
    }
    return { ...selection, strategy, append };
  }
}

function refused({ problems, files, missing }: MergeSurvey, nInputs: number): CherenkitError {
  const listed = problems.slice(0, MOST_LISTED).map((problem) => `- ${problem}`);
  const more = problems.length > MOST_LISTED ? [`and ${problems.length - MOST_LISTED} more`] : [];
  const nProblems = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const title = `${nInputs} ${nInputs === 1 ? 'file' : 'files'} cannot be merged: ${nProblems}. No output was written.`;
  const exitCode = missing.size > 0 ? ExitCode.NO_INPUT : files.length === 0 ? ExitCode.BAD_INPUT : ExitCode.USAGE;
  return new CherenkitError('MERGE_REFUSED', exitCode, [title, ...listed, ...more].join('\n'));
}
