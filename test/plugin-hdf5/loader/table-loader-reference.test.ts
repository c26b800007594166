import { TableLoader } from 'cherenkit';
import { camelCase } from '@cherenkit/expression';
import { TableChunks } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import {
  readTableReference,
  tableDifferences,
  tableReferenceFile,
  tableReferenceNames,
  type ReferenceCall,
  type ReferenceChunk,
} from '../../support/table-reference.js';
import { skipWithoutTestData } from '../../support/test-data.js';

type Tables = Table | ReadonlyMap<string | number, Table>;
type Chunks = Omit<ReferenceChunk, 'data'>[];

/** Calls a method by ctapipe's name, with options by ctapipe's names. Chunks are replaced by their numbers of rows. */
async function call(
  loader: TableLoader,
  { method, options }: Pick<ReferenceCall, 'method' | 'options'>,
): Promise<Tables | { readonly length: number; readonly chunks: Chunks }> {
  const { chunk_size: chunkSize, ...rest } = options;
  const named = Object.fromEntries(Object.entries(rest).map(([name, value]) => [camelCase(name), value]));
  const methods = loader as unknown as Record<string, (...args: unknown[]) => Promise<Tables> | TableChunks<Tables>>;
  const result = methods[camelCase(method)]?.(...(chunkSize === undefined ? [] : [chunkSize]), named);
  if (!(result instanceof TableChunks)) return (await result) ?? new Map<string, Table>();
  const chunks: Chunks = [];
  for await (const { start, stop, data } of result) {
    if (data instanceof Table) chunks.push({ start, stop, rows: data.nRows });
    else {
      const rows = Object.fromEntries(Array.from(data, ([key, { nRows }]) => [String(key), nRows]));
      chunks.push({ start, stop, rows_by_key: rows });
    }
  }
  return { length: result.length, chunks };
}

/** Differences of the result of a call from that of ctapipe. */
async function differences(loader: TableLoader, reference: ReferenceCall): Promise<string[]> {
  const { result } = reference;
  if ('error' in result) {
    // A table that is not in the file: in ctapipe, an error of PyTables.
    const path = /^NoSuchNodeError: .* does not have a child named ``(\S+)``$/.exec(result.error)?.[1];
    const { message } = await errorOf(call(loader, reference));
    return path !== undefined && message.includes(path) ? [] : [`${message}; ctapipe raises ${result.error}`];
  }
  const loaded = await call(loader, reference);
  if ('chunks' in result || 'chunks' in loaded) {
    expect(loaded).to.deep.equal(result);
    return [];
  }
  if ('tables' in result) {
    const tables = loaded as ReadonlyMap<string | number, Table>;
    expect(Array.from(tables.keys(), String)).to.deep.equal(Object.keys(result.tables));
    return Array.from(tables).flatMap(([key, table]) => {
      const expected = result.tables[String(key)];
      return expected ? tableDifferences(table, expected).map((line) => `${key}: ${line}`) : [];
    });
  }
  return tableDifferences(loaded as Table, result);
}

describe('TableLoader gives what ctapipe gives', () => {
  before(skipWithoutTestData);

  for (const name of tableReferenceNames()) {
    const reference = readTableReference(name);
    describe(`for ${name.replace('.tables.json.gz', '')}:`, () => {
      let loader: TableLoader;

      before(async () => {
        const options = { focalLengthChoice: reference.focal_length_choice };
        loader = await TableLoader.open(tableReferenceFile(reference), options);
        expect(loader.nEvents).to.equal(reference.n_events);
      });

      after(async () => {
        await loader[Symbol.asyncDispose]();
      });

      for (const each of reference.calls) {
        it(`${camelCase(each.method)}(${JSON.stringify(each.options)})`, async () => {
          expect(await differences(loader, each)).to.deep.equal([]);
        });
      }
    });
  }
});
