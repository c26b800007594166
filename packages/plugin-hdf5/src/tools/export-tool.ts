import {
  CherenkitError,
  counted,
  dataModel,
  didYouMean,
  ExitCode,
  OUTPUT_FILES,
  PROVENANCE,
  TABLE_EXPORTERS,
  TableExporter,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type EventSource,
  type ExportFormat,
} from '@cherenkit/core';
import type { ColumnHeader, Table } from '@cherenkit/tables';
import { writeText } from '#tool-host';
import { Hdf5File } from '../engine/index.js';
import { matchesPattern } from '../format/object-path.js';
import { readTable, readTableChunks, readTableHeader } from '../tables/read-table.js';

/** Output path for standard output. */
const STANDARD_OUTPUT = '-';
/** What bytes that are not UTF-8 are read as. */
const REPLACEMENT_CHARACTER = '\uFFFD';
/** Packages of exporters that are not part of `cherenkit`, by format. */
const OPTIONAL_PACKAGES: ReadonlyMap<string, string> = new Map([
  ['arrow', '@cherenkit/plugin-arrow'],
  ['feather', '@cherenkit/plugin-arrow'],
]);

/** Writes tables of an HDF5 file in other formats: `cherenkit export`. */
export class ExportTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'The HDF5 file.' }),
  table: trait.list(trait.string(), {
    default: [],
    help: 'Paths of tables with the same columns, whose rows are written one after the other; * stands for any text.',
  }),
  columns: trait.list(trait.string(), { default: [], help: 'Names of the columns to write. Empty: all.' }),
  format: trait.optional(
    trait.string({ help: 'Format: csv, parquet, or that of a plugin. None: by the suffix of the output.' }),
  ),
  outputPath: trait.path({ default: '', help: 'The output file; - writes CSV to standard output.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output file.' }),
  chunkRows: trait.integer({
    default: 10_000,
    minimum: 1,
    help: 'Rows that are in memory at once; a row group of Parquet, a record batch of Arrow.',
  }),
}) {
  static override readonly help = 'Writes tables of an HDF5 file as CSV, Parquet or Arrow.';
  static override readonly children: readonly ComponentKind[] = [TableExporter];
  static override readonly command: CommandDeclaration = {
    name: 'export',
    description:
      'Types, shapes, units, descriptions, members of enumerations and telescopes of masks are stored in the metadata of Parquet files. Arrays become lists in Parquet and numbers separated by spaces in CSV; times are texts in TAI. Arrow needs the plugin @cherenkit/plugin-arrow; other plugins may add formats.',
    examples: [
      'export gamma.dl2.h5 --table /simulation/event/subarray/shower -o showers.csv',
      "export gamma.dl2.h5 --table '/dl1/event/telescope/parameters/*' -o parameters.parquet",
      'export gamma.dl2.h5 --table /simulation/event/subarray/shower -o - | head',
    ],
    positional: { trait: 'ExportTool.input_files', name: 'FILE' },
    flags: { output: { trait: 'ExportTool.output_path', letter: 'o', required: true } },
  };

  override async run(_source: EventSource | undefined): Promise<string | void> {
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
    const exporter = await this.context.service(TABLE_EXPORTERS).create(format);
    if (outputPath === STANDARD_OUTPUT) {
      const output = new StandardOutput();
      await exporter.open(output, columns);
      await this.#write(file, paths, columns, exporter, () => output.flush());
      return;
    }
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    await exporter.open(sink, columns);
    const nRows = await this.#write(file, paths, columns, exporter);
    await sink.publish();
    this.context.service(PROVENANCE).addOutput({ url: outputPath, role: 'exported tables' });
    return `${counted(nRows, 'row')}, ${counted(columns.length, 'column')}`;
  }

  async #write(
    file: Hdf5File,
    paths: readonly string[],
    columns: readonly ColumnHeader[],
    exporter: TableExporter,
    flush?: () => Promise<void>,
  ): Promise<number> {
    let nRows = 0;
    const options = { columns: columns.map(({ name }) => name), chunkRows: this.traits.chunkRows };
    for (const path of paths) {
      const garbled = new Set<string>();
      for await (const chunk of readTableChunks(file, path, options)) {
        this.#warnOfTexts(`${file.name}: ${path}`, chunk, garbled);
        await exporter.write(chunk);
        nRows += chunk.nRows;
        await flush?.();
      }
    }
    await exporter.finish();
    await flush?.();
    return nRows;
  }

  /** Warns once of each column with texts that are not UTF-8, whose bytes are read as the replacement character. */
  #warnOfTexts(place: string, { columns }: Table, warned: Set<string>): void {
    for (const { name, values, type } of columns.values()) {
      if (type !== 'string' || warned.has(name)) continue;
      if (!(values as readonly string[]).some((text) => text.includes(REPLACEMENT_CHARACTER))) continue;
      warned.add(name);
      const message = `${place}: column ${name} has texts that are not UTF-8; their bytes are written as ${REPLACEMENT_CHARACTER} (U+FFFD).`;
      this.context.logger.warning(message);
    }
  }

  /** @throws CherenkitError EXPORT_FORMAT_UNKNOWN, EXPORT_FORMAT_AMBIGUOUS */
  #format(): ExportFormat {
    const { outputPath } = this.traits;
    const isStandardOutput = outputPath === STANDARD_OUTPUT;
    const { formats, failureHint } = this.context.service(TABLE_EXPORTERS);
    const given = this.traits.format ?? (isStandardOutput ? 'csv' : undefined);
    const wanted = given?.toLowerCase().replace(/^\./, '');
    const matching = formats.filter(({ name, exporter }) =>
      wanted === undefined ? outputPath.toLowerCase().endsWith(`.${name}`) : name === wanted || exporter === given,
    );
    const found = matching.find(({ exporter }) => exporter === given) ?? matching[0];
    if (found === undefined) throw unknownFormat(outputPath, given, formats, failureHint);
    const exporters = [...new Set(matching.map(({ exporter }) => exporter))];
    if (exporters.length > 1 && found.exporter !== given) {
      const message = `${outputPath}: several exporters write ${found.name}: ${exporters.join(', ')}. Choose one with --format ${exporters[0]}.`;
      throw new CherenkitError('EXPORT_FORMAT_AMBIGUOUS', ExitCode.USAGE, message);
    }
    if (isStandardOutput && found.name !== 'csv') {
      const message = `Standard output: expected the format csv, found ${found.name}. Write it to a file, or give --format csv.`;
      throw new CherenkitError('EXPORT_FORMAT_UNKNOWN', ExitCode.USAGE, message);
    }
    return found;
  }

  /** The columns to write, which all tables must have. */
  async #columns(file: Hdf5File, paths: readonly string[]): Promise<readonly ColumnHeader[]> {
    const { columns: wanted } = this.traits;
    const telIds = await telescopesOf(file);
    let first: readonly ColumnHeader[] | undefined;
    for (const path of paths) {
      const { columns } = await readTableHeader(file, path);
      const names = wanted.length > 0 ? wanted : columns.map(({ name }) => name);
      const chosen = names.map((name) => columns.find((column) => column.name === name));
      const missing = names.filter((_, i) => chosen[i] === undefined);
      if (missing.length > 0) throw unknownColumns(path, missing, columns);
      const own = chosen.flatMap((column) => column ?? []).map((column) => withTelescopes(decoded(column), telIds));
      first ??= own;
      if (signature(own) === signature(first)) continue;
      const message = `${path} has other columns than ${paths[0]}. Export it to a file of its own, or choose common columns with --columns.`;
      throw new CherenkitError('TABLES_DIFFER', ExitCode.USAGE, message);
    }
    return first ?? [];
  }
}

function unknownFormat(
  output: string,
  given: string | undefined,
  formats: readonly ExportFormat[],
  failureHint: string,
): CherenkitError {
  const wanted = (given ?? /\.([^./\\]+)$/.exec(output)?.[1] ?? '').toLowerCase();
  const packageName = OPTIONAL_PACKAGES.get(wanted);
  const names = formats.map(({ name }) => name);
  const [expected, choice] =
    given === undefined
      ? [`.${names.join(' or .')}`, 'Choose such a name, or give --format; - writes CSV to standard output']
      : [names.join(' or '), 'Choose one of them'];
  const remedy = packageName === undefined ? choice : `The format ${wanted} needs a plugin: npm install ${packageName}`;
  const found = given === undefined ? 'unknown format' : `unknown format ${given}`;
  const message = `${output}: ${found}, expected ${expected}${failureHint}. ${remedy}.`;
  return new CherenkitError('EXPORT_FORMAT_UNKNOWN', ExitCode.USAGE, message);
}

/** Fixed-point columns are read as floats. */
function decoded(column: ColumnHeader): ColumnHeader {
  return column.meaning?.kind === 'fixed point' ? { ...column, type: 'float32', meaning: undefined } : column;
}

/** Ids of the telescopes of the array, in the order of masks; empty without description of the array. */
async function telescopesOf(file: Hdf5File): Promise<readonly number[]> {
  const { path } = dataModel.LAYOUT;
  if (!(await file.has(path))) return [];
  return Array.from((await readTable(file, path, { columns: ['tel_id'] })).column('tel_id').values, Number);
}

function withTelescopes(column: ColumnHeader, telIds: readonly number[]): ColumnHeader {
  const isMask = column.meaning?.kind === 'telescopes' && column.shape?.[0] === telIds.length;
  return isMask ? { ...column, meaning: { kind: 'telescopes', telIds } } : column;
}

/** Text that is written to standard output in parts, as fast as the reader takes it. */
class StandardOutput {
  readonly #utf8 = new TextDecoder();
  #text = '';

  append(bytes: Uint8Array): void {
    this.#text += this.#utf8.decode(bytes, { stream: true });
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await writeText(text);
  }
}

function signature(columns: readonly ColumnHeader[]): string {
  return columns.map(({ name, type, shape = [] }) => `${name} ${type} ${shape.join()}`).join('\n');
}

/** @throws CherenkitError TABLE_UNKNOWN */
function matching(paths: readonly string[], patterns: readonly string[], file: string): string[] {
  const found = patterns.flatMap((pattern) => {
    const own = paths.filter((path) => matchesPattern(path, pattern) || matchesPattern(path.slice(1), pattern));
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
