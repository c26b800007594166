import type { ZfitsColumn } from './zfits-column.js';
import type { ZfitsTable } from './zfits-table.js';

/** Description of a table, as plain data. */
export interface ZfitsTableInfo {
  readonly name: string;
  /** Type of the messages; empty if the file does not name it. */
  readonly message: string;
  /** Number of messages; null if the file was not closed. */
  readonly messages: number | null;
  /** Columns with the field numbers of the message, and the number of elements of the longest value. */
  readonly columns: readonly { readonly name: string; readonly id: string; readonly type: string }[];
}

/** Describes a table by its header. */
export function tableInfo({ name, message, nRows, columns }: ZfitsTable): ZfitsTableInfo {
  return {
    name,
    message,
    messages: nRows ?? null,
    columns: columns.map((column) => ({
      name: column.name,
      id: column.id,
      type: `${typeOf(column)}${column.longest === 1 ? '' : `[${column.longest}]`}`,
    })),
  };
}

function typeOf({ letter, arrayType }: ZfitsColumn): string {
  return letter === 'A' ? 'text' : arrayType.name.replace(/^Big|Array$/g, '').toLowerCase();
}
