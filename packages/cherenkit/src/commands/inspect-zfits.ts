import { counted, printable } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { tableInfo, ZfitsFile, type ZfitsTableInfo } from '@cherenkit/plugin-zfits/zfits';

/** Yields the tables of a zfits file, in the order of the file. */
export async function* inspectZfits(path: string): AsyncGenerator<ZfitsTableInfo> {
  await using source = await openFile(path);
  for (const table of (await ZfitsFile.open(source)).tables) yield tableInfo(table);
}

/** Yields `Events: 10 messages of type R1v1.Event` and a line for each column: `  event_id  uint64`. */
export function* describeZfitsTable({ name, message, messages, columns }: ZfitsTableInfo): Generator<string> {
  const rows = messages === null ? 'messages' : counted(messages, 'message');
  yield printable(`${name}: ${rows} of type ${message || 'unknown'}${messages === null ? ', not closed' : ''}`);
  const width = Math.max(...columns.map((column) => column.name.length));
  for (const column of columns) yield printable(`  ${column.name.padEnd(width)}  ${column.type}`);
}
