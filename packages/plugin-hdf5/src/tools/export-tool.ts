import {
  CherenkitError,
  didYouMean,
  ExitCode,
  OUTPUT_FILES,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
} from '@cherenkit/core';
import type { ByteSink } from '@cherenkit/io';
import type { ColumnHeader } from '@cherenkit/tables';
import { counted } from '../engine/counted.js';
import { Hdf5File } from '../engine/index.js';
import { CsvExport, ParquetExport, type TableExport } from '../export/table-export.js';
import { readTableChunks, readTableHeader } from '../tables/read-table.js';

const FORMATS = ['csv', 'parquet'] as const;

/** Writes tables of an HDF5 file as CSV or Parquet: `cherenkit export`. */
export class ExportTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'The HDF5 file.' }),
  table: trait.list(trait.string(), {
    default: [],
    help: 'Paths of tables with the same columns, whose rows are written one after the other; * stands for any text.',
  }),
  columns: trait.list(trait.string(), { default: [], help: 'Names of the columns to write. Empty: all.' }),
  format: trait.optional(trait.oneOf(FORMATS, { help: 'Format. None: by the suffix of the output.' })),
  outputPath: trait.path({ default: '', help: 'The output file.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output file.' }),
  chunkRows: trait.integer({
    default: 10_000,
    minimum: 1,
    help: 'Rows that are in memory at once; a row group of Parquet.',
  }),
}) {
  static override readonly help = 'Writes tables of an HDF5 file as CSV or Parquet.';
  static override readonly command: CommandDeclaration = {
    name: 'export',
    description:
      'Units and descriptions are stored in the metadata of Parquet files. Arrays become lists in Parquet and numbers separated by spaces in CSV; times are texts in TAI.',
    examples: [
      'export gamma.dl2.h5 --table /simulation/event/subarray/shower -o showers.csv',
      "export gamma.dl2.h5 --table '/dl1/event/telescope/parameters/*' -o parameters.parquet",
    ],
    positional: { trait: 'ExportTool.input_files', name: 'FILE' },
    flags: { output: { trait: 'ExportTool.output_path', letter: 'o', required: true } },
  };

  override async run(_source: EventSource | undefined): Promise<void> {
    const { inputFiles, table, outputPath, overwrite } = this.traits;
    const [path, ...others] = inputFiles;
    if (path === undefined || others.length > 0 || table.length === 0) {
      const message = `Found ${counted(inputFiles.length, 'file')} and ${counted(table.length, 'table')}, expected one file and at least one table: cherenkit export FILE --table PATH -o OUT.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    const format = this.#format();
    await using file = await Hdf5File.open(path);
    const paths = matching(await file.paths(), table, file.name);
    const columns = await this.#columns(file, paths);
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    await this.#write(file, paths, columns, await exportOf(format, sink, columns));
    await sink.publish();
  }

  async #write(
    file: Hdf5File,
    paths: readonly string[],
    columns: readonly ColumnHeader[],
    to: TableExport,
  ): Promise<void> {
    const options = { columns: columns.map(({ name }) => name), chunkRows: this.traits.chunkRows };
    for (const path of paths) {
      for await (const chunk of readTableChunks(file, path, options)) to.write(chunk);
    }
    to.finish();
  }

  #format(): (typeof FORMATS)[number] {
    const { format, outputPath } = this.traits;
    const found = format ?? FORMATS.find((each) => outputPath.endsWith(`.${each}`));
    if (found) return found;
    const message = `${outputPath}: unknown format, expected .csv or .parquet. Choose such a name, or give --format.`;
    throw new CherenkitError('EXPORT_FORMAT_UNKNOWN', ExitCode.USAGE, message);
  }

  /** The columns to write, which all tables must have. */
  async #columns(file: Hdf5File, paths: readonly string[]): Promise<readonly ColumnHeader[]> {
    const { columns: wanted } = this.traits;
    let first: readonly ColumnHeader[] | undefined;
    for (const path of paths) {
      const { columns } = await readTableHeader(file, path);
      const names = wanted.length > 0 ? wanted : columns.map(({ name }) => name);
      const chosen = names.map((name) => columns.find((column) => column.name === name));
      const missing = names.filter((_, i) => chosen[i] === undefined);
      if (missing.length > 0) throw unknownColumns(path, missing, columns);
      const own = chosen.flatMap((column) => column ?? []).map(decoded);
      first ??= own;
      if (signature(own) === signature(first)) continue;
      const message = `${path} has other columns than ${paths[0]}. Export it to a file of its own, or choose common columns with --columns.`;
      throw new CherenkitError('TABLES_DIFFER', ExitCode.USAGE, message);
    }
    return first ?? [];
  }
}

async function exportOf(
  format: (typeof FORMATS)[number],
  sink: ByteSink,
  columns: readonly ColumnHeader[],
): Promise<TableExport> {
  return format === 'csv' ? new CsvExport(sink) : ParquetExport.create(sink, columns);
}

/** Fixed-point columns are read as floats. */
function decoded(column: ColumnHeader): ColumnHeader {
  return column.meaning?.kind === 'fixed point' ? { ...column, type: 'float32', meaning: undefined } : column;
}

function signature(columns: readonly ColumnHeader[]): string {
  return columns.map(({ name, type, shape = [] }) => `${name} ${type} ${shape.join()}`).join('\n');
}

/** @throws CherenkitError TABLE_UNKNOWN */
function matching(paths: readonly string[], patterns: readonly string[], file: string): string[] {
  const found = patterns.flatMap((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    const matches = new RegExp(`^/?${parts.join('.*').replace(/^\//, '')}$`);
    const own = paths.filter((path) => matches.test(path));
    if (own.length > 0) return own;
    const message = `${file} has no table ${pattern}${didYouMean(pattern, paths)}. "cherenkit tables ${file}" lists its tables.`;
    throw new CherenkitError('TABLE_UNKNOWN', ExitCode.USAGE, message);
  });
  return [...new Set(found)];
}

function unknownColumns(path: string, missing: readonly string[], columns: readonly ColumnHeader[]): CherenkitError {
  const message = `${path} has no column ${missing.join(', ')}; its columns are ${columns.map(({ name }) => name).join(', ')}.`;
  return new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, message);
}
