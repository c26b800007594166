import type { ZfitsColumn } from '../container/zfits-column.js';
import { ZfitsError } from '../container/zfits-error.js';
import type { ZfitsTable } from '../container/zfits-table.js';
import type { ZfitsTile, ZfitsValue } from '../container/zfits-tile.js';
import type { MessageFields, MessageOf, MessageType, StoredField } from './message-type.js';

/** A field with the columns of a table that it is read from. */
interface FieldColumn {
  /** Names of the messages around it, and its own. */
  readonly path: readonly string[];
  readonly field: StoredField<unknown>;
  /** Undefined if no message of the file has the field. */
  readonly column: ZfitsColumn | undefined;
}

/** A message that is being filled. */
interface Draft {
  [name: string]: unknown;
}

/** Options of {@link readMessages}. */
export interface ReadMessagesOptions<F extends MessageFields> {
  /** Fields to decode, `waveform` or `debug.counters`; the others have the values of missing ones. Default: all. */
  readonly fields?: readonly ((keyof F & string) | `${keyof F & string}.${string}`)[] | undefined;
  /** Read only the columns of these fields from the file; its checksum is then not verified. */
  readonly skipsOthers?: boolean;
}

/**
 * Reads the messages of a table in order. Columns that the type does not describe are ignored, since newer writers add some.
 *
 * @throws ZfitsError ZFITS_MESSAGE (65) if the table has other messages; RangeError for unknown fields; and as `ZfitsTable.tiles`
 *
 * @example
 * ```ts
 * import { R1V1_EVENT, readMessages, type ZfitsTable } from '@cherenkit/plugin-zfits/zfits';
 *
 * export async function printIds(table: ZfitsTable): Promise<void> {
 *   for await (const event of readMessages(table, R1V1_EVENT)) console.log(event.eventId);
 * }
 * ```
 */
export async function* readMessages<F extends MessageFields>(
  table: ZfitsTable,
  type: MessageType<F>,
  { fields, skipsOthers = false }: ReadMessagesOptions<F> = {},
): AsyncGenerator<MessageOf<F>, void, undefined> {
  requireType(table, type);
  const all = fieldColumns(table, type.fields);
  requireFields(table, all, fields);
  const isWanted = (path: readonly string[]): boolean =>
    fields === undefined || path.some((_, i) => (fields as readonly string[]).includes(path.slice(0, i + 1).join('.')));
  const wanted = all.filter(({ path }) => isWanted(path));
  const columns = wanted.flatMap(({ column }) => column ?? []);
  const empty = draftOf(type.fields);
  for await (const tile of table.tiles({ columns: skipsOthers ? columns : undefined, inParts: true })) {
    const readers = await Promise.all(wanted.map((each) => openField(tile, each)));
    for (let row = 0; row < tile.nRows; row++) {
      const reading = tile.prepareRow();
      if (reading !== undefined) await reading;
      const message = copyOf(empty);
      for (const set of readers) set(message);
      yield message as MessageOf<F>;
    }
  }
}

/**
 * The first message of a table, such as a camera configuration.
 *
 * @throws as {@link readMessages}; ZfitsError ZFITS_MESSAGE (65) if the table is empty
 */
export async function firstMessage<F extends MessageFields>(
  table: ZfitsTable,
  type: MessageType<F>,
): Promise<MessageOf<F>> {
  for await (const message of readMessages(table, type)) return message;
  throw new ZfitsError('ZFITS_MESSAGE', table.place, table.hdu.dataOffset, 'expected a message, the table is empty');
}

/** @throws RangeError for a name that is neither a field nor a message with fields: in JavaScript, it may be misspelt */
function requireFields(table: ZfitsTable, all: readonly FieldColumn[], names: readonly string[] = []): void {
  const known = new Set(all.flatMap(({ path }) => path.map((_, i) => path.slice(0, i + 1).join('.'))));
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new RangeError(
    `Messages of type ${table.message} have no field "${unknown}", expected one of ${[...known].join(', ')}.`,
  );
}

/** @throws ZfitsError ZFITS_MESSAGE (65) */
function requireType(table: ZfitsTable, { names }: MessageType<MessageFields>): void {
  if (names.includes(table.message)) return;
  const sentence = `it contains messages of type "${table.message}", expected ${names.join(' or ')}`;
  throw new ZfitsError('ZFITS_MESSAGE', table.place, table.hdu.headerOffset, sentence);
}

function fieldColumns(table: ZfitsTable, fields: MessageFields, ids = '', path: readonly string[] = []): FieldColumn[] {
  return Object.entries(fields).flatMap(([name, field]): FieldColumn[] => {
    const id = ids === '' ? String(field.number) : `${ids}.${field.number}`;
    const inner = [...path, name];
    if ('fields' in field) return fieldColumns(table, field.fields, id, inner);
    const column = table.columns.find((each) => each.id === id);
    if (column !== undefined) requireKind(table, field, column);
    return [{ path: inner, field, column }];
  });
}

/** @throws ZfitsError ZFITS_MESSAGE (65) */
function requireKind(table: ZfitsTable, { layout, letters }: StoredField<unknown>, column: ZfitsColumn): void {
  if (letters.includes(column.letter) && (layout !== 'scalar' || column.longest <= 1)) return;
  const found = `column ${column.name} has the type ${column.longest}${column.letter}`;
  const sentence = `${found}, expected ${layout === 'scalar' ? 'one value' : layout} of type ${[...letters].join(', ')}`;
  throw new ZfitsError('ZFITS_MESSAGE', table.place, table.hdu.headerOffset, sentence);
}

/** Returns a function that sets the field in the next message of a tile. */
async function openField(tile: ZfitsTile, { path, field, column }: FieldColumn): Promise<(message: Draft) => void> {
  if (column === undefined) return () => {};
  const next = await tile.open(column, field.layout);
  const unset = field.layout === 'array' ? new column.arrayType(0) : field.missing;
  const value = next === undefined ? () => unset : () => field.convert(next() satisfies ZfitsValue);
  const name = path[path.length - 1];
  const around = path.slice(0, -1);
  return (message) => {
    let target = message;
    for (const each of around) target = target[each] as Draft;
    target[name] = value();
  };
}

/** A message without values. */
function draftOf(fields: MessageFields): Draft {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, 'fields' in field ? draftOf(field.fields) : field.missing]),
  );
}

function copyOf(draft: Draft): Draft {
  const copy: Draft = { ...draft };
  for (const [name, value] of Object.entries(draft)) {
    if (typeof value === 'object' && value !== null) copy[name] = copyOf(value as Draft);
  }
  return copy;
}
