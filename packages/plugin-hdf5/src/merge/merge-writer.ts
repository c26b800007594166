import { CherenkitError, dataModel, ExitCode, type Json, type ProvenanceActivity } from '@cherenkit/core';
import type { ByteSink } from '@cherenkit/io';
import { Hdf5File, type DatasetFilter } from '../engine/index.js';
import { FilterId } from '../format/filter-pipeline.js';
import { DEFAULT_FILTERS, Hdf5Writer, type ChunkStore, type FilterOptions, type TableWriter } from '../format/index.js';
import { MERGED_SHARDS, RUN_RECORD, type MergedShards } from '../tables/stored-record.js';
import { writeTable } from '../tables/write-table.js';
import { fileIdentity, formatUtc } from '../writer/reference-metadata.js';
import { mergedLevels } from './merge-selection.js';
import type { AddedTables } from './hdf5-merger.js';
import type { MergeSurvey, SurveyedFile } from './merge-survey.js';
import { rowConverter, type RowConverter } from './merged-columns.js';
import type { MergedTable, SurveyedLayout } from './merged-tables.js';
import { DistinctRows, FirstRows, SummedRows, type RowCollector } from './row-rules.js';
import { numberedAttributes } from './stored-attributes.js';
import { StoredChunks } from './stored-chunks.js';

/** Number of chunks compressed in the background. */
const CHUNKS_IN_BACKGROUND = 8;

/** Options of {@link writeMerged}. */
export interface MergeWriterOptions {
  readonly sink: ByteSink;
  readonly chunkStore: ChunkStore | undefined;
  readonly activity: ProvenanceActivity | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly added?: AddedTables | undefined;
  /** Shards of a production whose outputs are merged. */
  readonly shards?: MergedShards | undefined;
  /** Record of the run, as JSON, whose inputs were processed to the files. */
  readonly record?: Json | undefined;
  /** Called after each file. */
  readonly onFile?: (file: SurveyedFile) => void;
}

/** A table being written: rows go to the file, or are collected until all files were read. */
interface Target {
  readonly table: MergedTable;
  readonly writer: TableWriter;
  readonly collector: RowCollector | undefined;
  readonly converters: Map<SurveyedLayout, RowConverter>;
}

/**
 * Writes the merged file. Its bytes depend only on the rows of all files, in their order, and on the identity of the merge:
 * a merge of merged files equals that of the original ones.
 *
 * @throws CherenkitError MERGE_REFUSED, HDF5_CORRUPT if a file has changed since the survey; those of the sink
 */
export async function writeMerged(survey: MergeSurvey, options: MergeWriterOptions): Promise<void> {
  const { sink, chunkStore, signal, onFile } = options;
  const writer = new Hdf5Writer(sink, { filters: filtersOf(survey.files), chunkStore });
  const [only, another] = survey.files;
  // The chunks of several files would depend on the programs that compressed them.
  const isCopy = options.added !== undefined && only !== undefined && another === undefined;
  const targets = createTables(writer, survey, isCopy);
  for (const file of survey.files) {
    signal?.throwIfAborted();
    await using chunks = isCopy ? await StoredChunks.open(file.path) : undefined;
    await appendFile(file, targets, writer, chunks);
    onFile?.(file);
  }
  for (const { collector, writer: table } of targets.values()) {
    for (const rows of collector?.rows() ?? []) table.appendRows(rows);
    await writer.drain(CHUNKS_IN_BACKGROUND);
  }
  if (options.added) await options.added.write(writer);
  await writer.drain(CHUNKS_IN_BACKGROUND);
  writeMetadata(writer, survey, options);
  signal?.throwIfAborted();
  await writer.finish();
}

/** @param isCopy - whether tables have chunks of the same size as those of the only file */
function createTables(file: Hdf5Writer, { tables, files, options }: MergeSurvey, isCopy: boolean): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const path of [...tables.keys()].sort()) {
    const table = tables.get(path);
    if (!table) continue;
    const { columns, attributes } = table;
    const { rowBytes = 0, chunkRows = 0 } = (isCopy && files[0]?.tables.get(path)?.layout) || {};
    const chunkBytes = rowBytes * chunkRows;
    const writer = file.createTable(path, columns, {
      title: attributes.title,
      attributes: numberedAttributes(attributes, columns),
      ...(chunkBytes > 0 && { chunkBytes }),
    });
    const collector = collectorOf(table, writer, options.strategy === 'shards');
    targets.set(path, { table, writer, collector, converters: new Map() });
  }
  return targets;
}

/** @param ofShards - whether the files are outputs of shards: the first row of an observation block is that of all events */
function collectorOf(
  { rule, ids, isOfObservations }: MergedTable,
  { rowBytes, columns }: TableWriter,
  ofShards: boolean,
): RowCollector | undefined {
  switch (rule) {
    case 'append':
      return undefined;
    case 'equal':
      return new FirstRows();
    case 'distinct':
      return ofShards && isOfObservations ? new DistinctRows(rowBytes, columns, ids) : new DistinctRows(rowBytes);
    case 'sum':
      return new SummedRows(rowBytes, columns, ids);
  }
}

async function appendFile(
  surveyed: SurveyedFile,
  targets: ReadonlyMap<string, Target>,
  writer: Hdf5Writer,
  chunks: StoredChunks | undefined,
): Promise<void> {
  await using file = await Hdf5File.open(surveyed.path);
  if (file.size !== surveyed.size) throw changed(surveyed.path);
  for (const [path, { nRows, layout }] of surveyed.tables) {
    const target = targets.get(path);
    if (!target || nRows === 0) continue;
    const stored = target.collector ? undefined : await chunks?.chunksFor(path, layout, target.writer);
    if (stored) {
      for await (const { bytes, nRows: nStored } of stored) {
        target.writer.appendChunk(bytes, nStored);
        await writer.drain(CHUNKS_IN_BACKGROUND);
      }
      continue;
    }
    const { rowBytes, columns, chunkRows, filters } = layout;
    const table = file.knownTable(path, {
      shape: [nRows],
      elementBytes: rowBytes,
      isCompound: true,
      members: columns,
      chunkShape: chunkRows === undefined ? undefined : [chunkRows],
      filters,
    });
    const convert = converterFor(target, layout, `${surveyed.path}: ${path}`);
    for await (const block of table.rowBlocks()) {
      const rows = convert(block);
      if (target.collector) target.collector.add(rows);
      else target.writer.appendRows(rows);
      await writer.drain(CHUNKS_IN_BACKGROUND);
    }
  }
}

function converterFor({ writer, converters }: Target, layout: SurveyedLayout, place: string): RowConverter {
  const known = converters.get(layout);
  if (known) return known;
  const converter = rowConverter(layout, writer, place);
  converters.set(layout, converter);
  return converter;
}

function writeMetadata(
  file: Hdf5Writer,
  survey: MergeSurvey,
  { activity: running, added, shards, record }: Pick<MergeWriterOptions, 'activity' | 'added' | 'shards' | 'record'>,
): void {
  const { obsIds, options } = survey;
  const { groups, levels, merged, isTruncated } = survey.metadata;
  const names = dataModel.MERGED.columns.map(({ name }) => name);
  if (merged.length > 0) {
    const values = Object.fromEntries(names.map((name) => [name, merged.map((row) => row[name] ?? '')]));
    writeTable(file, dataModel.MERGED.path, dataModel.tableOf(dataModel.MERGED, values));
  }
  for (const [group, attributes] of groups) file.setAttributes(group, Object.fromEntries(attributes));
  if (isTruncated) file.setAttributes('/cherenkit', { truncated: { type: 'bool', value: true } });
  const ids = obsIds.join(',');
  const { productId, activity, stopTime } = fileIdentity(ids, running);
  file.setAttributes('/', {
    'CTA PRODUCT ID': productId,
    'CTA PRODUCT CREATION TIME': formatUtc(stopTime),
    'CTA PRODUCT DATA LEVELS': mergedLevels(options, [...levels], added?.levels).join(','),
    'CTA PROCESS ID': ids,
    'CTA ACTIVITY NAME': activity.name,
    'CTA ACTIVITY TYPE': 'software',
    'CTA ACTIVITY ID': activity.id,
    'CTA ACTIVITY START TIME': formatUtc(activity.startTime),
    'CTA ACTIVITY STOP TIME': formatUtc(stopTime),
    'CTA ACTIVITY SOFTWARE NAME': 'cherenkit',
    'CTA ACTIVITY SOFTWARE VERSION': activity.softwareVersion,
    ...(shards && { [MERGED_SHARDS]: JSON.stringify(shards) }),
    ...(record !== undefined && { [RUN_RECORD]: JSON.stringify(record) }),
  });
}

/** Filters of the first table that has some; those of ctapipe if none has. */
function filtersOf(files: readonly SurveyedFile[]): FilterOptions {
  for (const { tables } of files) {
    for (const { layout } of tables.values()) {
      const found = filterOptions(layout.filters);
      if (found) return found;
    }
  }
  return DEFAULT_FILTERS;
}

function filterOptions(filters: readonly DatasetFilter[]): FilterOptions | undefined {
  if (filters.length === 0) return undefined;
  const fletcher32 = filters.some(({ id }) => id === FilterId.FLETCHER32);
  const deflate = filters.find(({ id }) => id === FilterId.DEFLATE);
  if (deflate) return { compression: 'zlib', level: deflate.parameters[0] ?? DEFAULT_FILTERS.level, fletcher32 };
  const blosc = filters.find(({ id }) => id === FilterId.BLOSC);
  if (!blosc) return undefined;
  return { compression: 'blosc:zstd', level: blosc.parameters[4] ?? DEFAULT_FILTERS.level, fletcher32 };
}

function changed(path: string): CherenkitError {
  const message = `${path} changed while it was merged. Wait until it is complete, and run again.`;
  return new CherenkitError('MERGE_REFUSED', ExitCode.BAD_INPUT, message);
}
