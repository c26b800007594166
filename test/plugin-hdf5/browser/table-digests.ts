import { Hdf5File, readTable, type Hdf5Source, type TableLoader } from '@cherenkit/plugin-hdf5';
import type { Column, Table } from '@cherenkit/tables';

/** SHA-256 of the values of each column, with everything else that describes the column. Runs in Node and in pages. */
export type TableDigest = Readonly<Record<string, string>>;

/** Digests of the packed rows and of the columns of all tables of a file, and of its attributes. */
export async function digestsOfFile(file: Hdf5File): Promise<Readonly<Record<string, TableDigest>>> {
  const digests: Record<string, TableDigest> = {};
  for (const path of await file.paths()) {
    if (!(await file.isTable(path))) continue;
    const rows = await sha256(await (await file.table(path)).rows());
    const attributes = await sha256(new TextEncoder().encode(json([...(await file.attributes(path))])));
    digests[path] = { ...(await digestOf(await readTable(file, path))), '(rows)': rows, '(attributes)': attributes };
  }
  return digests;
}

/** Digests of what a loader reads. */
export async function digestsOfLoader(loader: TableLoader): Promise<Readonly<Record<string, TableDigest>>> {
  const options = { dl1Images: true, trueImages: true, instrument: true, observationInfo: true };
  const digests: Record<string, TableDigest> = {
    events: await digestOf(await loader.readSubarrayEvents(options)),
    telescopes: await digestOf(await loader.readTelescopeEvents()),
  };
  for (const [type, table] of await loader.readTelescopeEventsByType(options)) digests[type] = await digestOf(table);
  for (const [telId, table] of await loader.readTelescopeEventsById(options)) digests[telId] = await digestOf(table);
  return digests;
}

/** Digests of all tables of a source, read in this thread. */
export async function digestsOf(source: Hdf5Source): Promise<Readonly<Record<string, TableDigest>>> {
  await using file = await Hdf5File.open(source);
  return await digestsOfFile(file);
}

export async function digestOf(table: Table): Promise<TableDigest> {
  const columns = Array.from(table.columns.values(), async (column): Promise<[string, string]> => {
    const { name, type, shape, unit, description, meaning } = column;
    return [name, `${json({ type, shape, unit, description, meaning })} ${await sha256(bytesOf(column))}`];
  });
  return { ...Object.fromEntries(await Promise.all(columns)), '(meta)': json(table.meta) };
}

function bytesOf({ values }: Column): Uint8Array {
  if (Array.isArray(values)) return new TextEncoder().encode(json(values));
  const { buffer, byteOffset, byteLength } = values as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'bigint') return `${each}n`;
    return ArrayBuffer.isView(each) ? [each.constructor.name, ...Array.from(each as Uint8Array, String)] : each;
  });
}
