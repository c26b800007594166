import {
  CherenkitError,
  counted,
  ExitCode,
  printableLines,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
} from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { tableInfo, type ZfitsTableInfo } from '../container/table-info.js';
import { ZfitsFile } from '../container/zfits-file.js';
import type { ZfitsTable } from '../container/zfits-table.js';

/** Description of a table, and whether it was checked. */
interface TableInfo extends ZfitsTableInfo {
  /** Whether all values were decoded; undefined if they were not. */
  readonly checked?: true;
  /** Whether the sum of the data equals DATASUM; undefined without such a sum. */
  readonly checksum?: true;
}

/** Describes zfits files: `cherenkit zfits info`. */
export class ZfitsInfoTool extends Tool.withTraits({
  inputFiles: trait.list(trait.path(), { default: [], help: 'Files.' }),
  columns: trait.boolean({ default: false, help: 'List the columns of each table.' }),
  check: trait.boolean({ default: false, help: 'Decode all values, and compare the checksums.' }),
  json: trait.boolean({ default: false, help: 'Print JSON.' }),
}) {
  static override readonly help = 'Lists the tables and messages of zfits files, the raw data of telescopes.';
  static override readonly command: CommandDeclaration = {
    name: 'zfits info',
    description: 'Prints the tables of each file with their types of messages; with --check, decodes all values.',
    examples: [
      'zfits info LST-1.1.Run02008.0000.fits.fz',
      'zfits info --columns LST-1.1.Run02008.0000.fits.fz',
      'zfits info --check *.fits.fz',
    ],
    positional: { trait: 'ZfitsInfoTool.input_files', name: 'FILE' },
    flags: {},
  };

  override async run(_source: EventSource | undefined): Promise<void> {
    const { inputFiles, json } = this.traits;
    if (inputFiles.length === 0) {
      throw new CherenkitError(
        'INPUT_NOT_NAMED',
        ExitCode.USAGE,
        'No file: give those to list, cherenkit zfits info FILE.',
      );
    }
    const infos: Record<string, readonly TableInfo[]> = {};
    for (const path of inputFiles) {
      infos[path] = await this.#describe(path);
      if (!json) await writeText(printableLines(`${path}\n${this.#linesOf(infos[path]).join('')}`));
    }
    if (json) await writeText(`${JSON.stringify(infos, undefined, 2)}\n`);
  }

  async #describe(path: string): Promise<TableInfo[]> {
    await using source = await openFile(path);
    const { tables } = await ZfitsFile.open(source);
    const infos: TableInfo[] = [];
    for (const table of tables) infos.push(this.traits.check ? await checkedInfo(table) : tableInfo(table));
    return infos;
  }

  #linesOf(tables: readonly TableInfo[]): string[] {
    const width = Math.max(...tables.map(({ name }) => name.length));
    return tables.flatMap(({ name, message, messages, columns, checked, checksum }) => {
      const rows = messages === null ? 'not closed' : counted(messages, 'message');
      const outcome =
        checked === undefined ? '' : checksum === undefined ? ', all decoded' : ', all decoded, checksum ok';
      const line = `  ${name.padEnd(width)}  ${message || 'unknown messages'}: ${rows}, ${counted(columns.length, 'column')}${outcome}\n`;
      const listed = this.traits.columns
        ? columns.map((each) => `    ${each.id.padEnd(6)} ${each.name} ${each.type}\n`)
        : [];
      return [line, ...listed];
    });
  }
}

/**
 * Decodes all values of a table.
 *
 * @throws ZfitsError for the first value that cannot be decoded, and for a checksum that is wrong
 */
async function checkedInfo(table: ZfitsTable): Promise<TableInfo> {
  let messages = 0;
  for await (const tile of table.tiles()) {
    messages += tile.nRows;
    for (const column of table.columns) {
      const next = await tile.open(column);
      for (let row = 0; next !== undefined && row < tile.nRows; row++) next();
    }
  }
  const hasSum = table.hdu.header.has('DATASUM');
  return { ...tableInfo(table), messages, checked: true, ...(hasSum && { checksum: true }) };
}

function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
