import { elementTypeOf, type NumericValues } from '@cherenkit/tables';
import type { AttributeContent } from '../engine/index.js';
import type { AttributeValue, StoredColumn } from '../format/index.js';

/** Attributes that PyTables and the writer derive from the table itself. */
const DERIVED = /^(?:CLASS|VERSION|TITLE|NROWS|FIELD_\d+_\w+|FILTERS|AUTO_INDEX|PYTABLES_FORMAT_VERSION)$/;
/** Names of attributes to read: half of all are derived. */
export const NOT_DERIVED = /^(?!CLASS$|VERSION$|NROWS$|FIELD_\d+_|FILTERS$|AUTO_INDEX$|PYTABLES_FORMAT_VERSION$)/;
const OF_COLUMN = /^CTAFIELD_(\d+)_(\w+)$/;

/** Attributes of a table: its title, those of each column by name, and the others. */
export interface StoredAttributes {
  readonly title: string;
  readonly table: Readonly<Record<string, AttributeValue>>;
  readonly columns: ReadonlyMap<string, Readonly<Record<string, AttributeValue>>>;
}

/** Sorts the attributes of a table by column. Lists of texts are left out. */
export function storedAttributes(
  attributes: ReadonlyMap<string, AttributeContent>,
  names: readonly string[],
): StoredAttributes {
  const table: Record<string, AttributeValue> = {};
  const columns = new Map<string, Record<string, AttributeValue>>();
  for (const [name, content] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = attributeValue(content, name);
    if (value === undefined || DERIVED.test(name)) continue;
    const [, index, part = ''] = OF_COLUMN.exec(name) ?? [];
    const column = index === undefined ? undefined : names[Number(index)];
    if (column === undefined) table[name] = value;
    else columns.set(column, { ...columns.get(column), [part]: value });
  }
  const title = attributes.get('TITLE');
  return { title: typeof title === 'string' ? title : '', table, columns };
}

/** Numbers the attributes of columns by their places in a table. Lengths of texts are those of the columns. */
export function numberedAttributes(
  { table, columns }: StoredAttributes,
  placed: readonly StoredColumn[],
): Record<string, AttributeValue> {
  const numbered: Record<string, AttributeValue> = { ...table };
  placed.forEach(({ name, type }, i) => {
    for (const [part, value] of Object.entries(columns.get(name) ?? {})) {
      const isLength = part === 'MAXLEN' && type.startsWith('S');
      numbered[`CTAFIELD_${i}_${part}`] = isLength ? { type: 'int64', value: Number(type.slice(1)) } : value;
    }
  });
  return numbered;
}

/** Converts an attribute as it was read to one to be written; undefined for lists of texts. */
export function attributeValue(content: AttributeContent, name: string): AttributeValue | undefined {
  switch (typeof content) {
    case 'string':
      // PyTables recognizes pickled objects by their ASCII strings.
      return isPickled(content) ? { ascii: content } : content;
    case 'number':
      // ctapipe stores this number with 32 bits, its merger with 64.
      return name === 'NSAMPLES' ? { type: 'int64', value: content } : content;
    case 'bigint':
      return { type: 'int64', value: content };
    case 'boolean':
      return { type: 'bool', value: content };
    default: {
      const type = elementTypeOf(content);
      return type === 'string' ? undefined : { type, values: content as NumericValues };
    }
  }
}

/** The text of an attribute; an empty one if it is missing or not plain. */
export function attributeText(attributes: ReadonlyMap<string, AttributeContent>, name: string): string {
  const value = attributes.get(name);
  if (value === undefined || typeof value === 'object') return '';
  return typeof value === 'string' && isPickled(value) ? '' : String(value);
}

/** Whether a text is a Python object pickled by PyTables. */
export function isPickled(text: string): boolean {
  return text === 'N.' || (text.includes('\n') && text.endsWith('.'));
}
