import {
  CherenkitError,
  counted,
  dataModel,
  ExitCode,
  printable,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
} from '@cherenkit/core';
import { writeText } from '#tool-host';
import { Hdf5File } from '../engine/index.js';
import { readTable, readTableHeader } from '../tables/read-table.js';
import { dataModelVersion } from '../tables/table-header.js';

/** Lists the tables of an HDF5 file, or shows one: `cherenkit tables`. */
export class TablesTool extends Tool.withTraits({
  inputs: trait.list(trait.string(), {
    default: [],
    help: 'The file and, to show a table, its path; of a group, its tables are listed.',
  }),
  rows: trait.integer({ default: 10, minimum: 0, help: 'Number of rows to show.' }),
  statistics: trait.boolean({
    default: true,
    help: 'Show the statistics of all columns, which reads the whole table.',
  }),
}) {
  static override readonly help = 'Lists the tables of an HDF5 file; shows columns, first rows and statistics of one.';
  static override readonly command: CommandDeclaration = {
    name: 'tables',
    examples: ['tables gamma.dl2.h5', 'tables gamma.dl2.h5 /simulation/event/subarray/shower --rows 3'],
    positional: { trait: 'TablesTool.inputs', name: 'FILE' },
    flags: {},
  };

  override async run(_source: EventSource | undefined): Promise<void> {
    const [path, table, ...others] = this.traits.inputs;
    if (path === undefined || others.length > 0) {
      const message = `Found ${counted(this.traits.inputs.length, 'argument')}, expected a file and perhaps a table: cherenkit tables FILE [TABLE].`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    await using file = await Hdf5File.open(path);
    const below = table === undefined ? '/' : await groupPath(file, table);
    if (table === undefined || below !== undefined) await this.#list(file, below ?? '/');
    else await this.#show(file, await existingPath(file, table));
  }

  async #list(file: Hdf5File, group: string): Promise<void> {
    const version = await dataModelVersion(file);
    const lines: string[][] = [['rows', 'columns', 'table', 'a row is']];
    for (const path of await file.paths()) {
      if (!path.startsWith(group)) continue;
      const table = await file.table(path).catch((error: unknown) => {
        if (CherenkitError.is(error) && error.code === 'HDF5_UNSUPPORTED') return undefined;
        throw error;
      });
      const spec = dataModel.findTable(path, version)?.spec;
      lines.push([String(table?.nRows ?? '-'), String(table?.columns.length ?? '-'), path, spec?.row ?? '']);
    }
    const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => line[i].length)));
    const text = lines.map(([rows, columns, path, row]) =>
      `${rows.padStart(widths[0])}  ${columns.padStart(widths[1])}  ${path.padEnd(widths[2])}  ${row}`.trimEnd(),
    );
    await writeText(`${text.map(printable).join('\n')}\n`);
  }

  async #show(file: Hdf5File, path: string): Promise<void> {
    const { columns, nRows } = await readTableHeader(file, path);
    const names = columns.map(({ name, unit }) => printable(unit === undefined ? name : `${name} / ${unit}`));
    const types = columns.map(({ type, shape = [] }) => `${type}${shape.length > 0 ? `[${shape.join(', ')}]` : ''}`);
    const [width, typeWidth] = [names, types].map((texts) => Math.max(...texts.map((text) => text.length)));
    const list = columns.map(({ description = '' }, i) =>
      printable(`  ${names[i].padEnd(width)}  ${types[i].padEnd(typeWidth)}  ${description}`.trimEnd()),
    );
    await writeText(
      `${printable(path)}: ${counted(nRows, 'row')}, ${counted(columns.length, 'column')}\n\n${list.join('\n')}\n`,
    );
    const { rows, statistics } = this.traits;
    if (rows > 0) await writeText(`\n${(await readTable(file, path, { stop: rows })).toString({ rows })}\n`);
    if (!statistics || nRows === 0) return;
    const table = await readTable(file, path);
    await writeText(`\nStatistics\n${table.statistics().toString({ rows: columns.length })}\n`);
  }
}

/** Start of the paths below a group; undefined if there is no such group. */
async function groupPath(file: Hdf5File, path: string): Promise<string | undefined> {
  const start = `/${path}/`.replace(/\/+/g, '/');
  return (await file.paths()).some((each) => each.startsWith(start)) ? start : undefined;
}

/** @throws CherenkitError TABLE_UNKNOWN (2) */
async function existingPath(file: Hdf5File, path: string): Promise<string> {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  await file.table(absolute);
  return absolute;
}
