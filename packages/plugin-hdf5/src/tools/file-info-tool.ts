import {
  CherenkitError,
  counted,
  ExitCode,
  OUTPUT_FILES,
  PROVENANCE,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
} from '@cherenkit/core';
import { ByteOutput } from '@cherenkit/io';
import { fitsBytes } from '@cherenkit/plugin-fits';
import { columnFrom, ecsvText, Table } from '@cherenkit/tables';
import { isDirectory, setExitCode, writeText } from '#tool-host';
import { Hdf5File } from '../engine/index.js';
import { isPickled } from '../merge/stored-attributes.js';
import { csvLine } from '../export/csv-line.js';
import { inputFiles } from './input-files.js';
import { yamlOf, type YamlTree } from './yaml-tree.js';

/** Prints the metadata of HDF5 files: `cherenkit fileinfo`. Source: ctapipe 0.32 `ctapipe-fileinfo`. */
export class FileInfoTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), {
    default: [],
    help: 'Files. @LIST reads their paths from a file, one per line.',
  }),
  flat: trait.boolean({ default: false, help: 'Print one line per attribute, with its whole name.' }),
  json: trait.boolean({ default: false, help: 'Print JSON.' }),
  outputTable: trait.optional(trait.path({ help: 'Table with a row per file and a column per attribute.' })),
  tableFormat: trait.optional(
    trait.oneOf(['csv', 'ecsv', 'fits'], { help: 'Format of the table. None: by its suffix; CSV for other suffixes.' }),
  ),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output table.' }),
}) {
  static override readonly help = 'Prints the metadata of HDF5 files as YAML, as ctapipe-fileinfo does.';
  static override readonly command: CommandDeclaration = {
    name: 'fileinfo',
    description: 'Prints the attributes of the root of each file, nested by the words of their names.',
    examples: ['fileinfo gamma.dl2.h5', 'fileinfo --flat gamma.dl2.h5', 'fileinfo *.h5 -o files.ecsv'],
    positional: { trait: 'FileInfoTool.input_files', name: 'FILE' },
    flags: {
      flat: { trait: 'FileInfoTool.flat', letter: 'f' },
      'output-table': { trait: 'FileInfoTool.output_table', letter: 'o' },
      'table-format': { trait: 'FileInfoTool.table_format', letter: 'T' },
    },
  };

  override async run(_source: EventSource | undefined): Promise<string | void> {
    const { inputFiles: files, flat, json, outputTable } = this.traits;
    const infos = new Map<string, Record<string, string> | string>();
    for (const path of inputFiles({ files })) {
      const info = await infoOf(path);
      infos.set(path, info);
      if (!outputTable && !json)
        await writeText(`${yamlOf({ [path]: typeof info === 'string' || flat ? info : nested(info) })}\n`);
    }
    if (json && !outputTable) {
      const all = [...infos].map(([path, info]) => [path, typeof info === 'string' || flat ? info : nested(info)]);
      await writeText(`${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
    }
    if ([...infos.values()].every((info) => typeof info === 'string')) setExitCode(ExitCode.BAD_INPUT);
    if (outputTable) return this.#writeTable(outputTable, infos);
  }

  async #writeTable(path: string, infos: ReadonlyMap<string, Record<string, string> | string>): Promise<string> {
    const rows = [...infos].map(([file, info]) => ({ ...(typeof info === 'string' ? {} : info), PATH: file }));
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
    const cells = rows.map((row) => names.map((name) => (row as Record<string, string>)[name] ?? ''));
    const sink = this.context.service(OUTPUT_FILES).create(path, { overwrite: this.traits.overwrite });
    await using output = await ByteOutput.open(sink, path);
    await output.append(this.#bytesOf(path, names, cells));
    await output.publish();
    this.context.service(PROVENANCE).addOutput({ url: path, role: 'metadata of files' });
    const nUnread = [...infos.values()].filter((info) => typeof info === 'string').length;
    const unread = nUnread > 0 ? [`${nUnread} without metadata`] : [];
    return [counted(rows.length, 'file'), ...unread, counted(names.length, 'column')].join(', ');
  }

  #bytesOf(path: string, names: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
    const bySuffix = /\.(ecsv|fits)(?:\.gz)?$/i.exec(path)?.[1].toLowerCase();
    const format = this.traits.tableFormat ?? bySuffix;
    const encoder = new TextEncoder();
    if (format === undefined || format === 'csv') return encoder.encode([names, ...rows].map(csvLine).join(''));
    const table = new Table(
      names.map((name, i) => columnFrom(name, { type: 'string', values: rows.map((cells) => cells[i]) })),
    );
    return format === 'fits' ? fitsBytes(table, { checksum: false }) : encoder.encode(ecsvText(table));
  }
}

/** Attributes of the root as texts; or what prevents reading them, in ctapipe's words. */
async function infoOf(path: string): Promise<Record<string, string> | string> {
  if (isDirectory(path)) return 'not a file';
  try {
    await using file = await Hdf5File.open(path);
    const attributes = [...(await file.attributes('/', /^(?:CTA|CONTEXT) /))].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(attributes.map(([name, value]) => [name, textOf(value)]));
  } catch (error) {
    if (!CherenkitError.is(error) || error.code === 'INPUT_MISSING') throw error;
    return error.message.includes('not an HDF5 file') ? 'unknown file type' : `ERROR ${error.message}`;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return isPickled(value) ? 'None' : value;
  return Array.isArray(value) || ArrayBuffer.isView(value)
    ? Array.from(value as ArrayLike<unknown>).join(' ')
    : String(value);
}

function nested(flat: Readonly<Record<string, string>>): YamlTree {
  const tree: Record<string, YamlTree> = {};
  for (const [name, value] of Object.entries(flat)) {
    const words = name.split(' ');
    const last = words.pop() ?? '';
    let node = tree;
    for (const word of words) {
      const below = node[word];
      node = node[word] = typeof below === 'object' ? below : {};
    }
    node[last] = value;
  }
  return tree;
}
