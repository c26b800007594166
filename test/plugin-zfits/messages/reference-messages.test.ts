import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openFile } from '@cherenkit/io';
import * as zfits from '@cherenkit/plugin-zfits/zfits';
import { ZfitsFile, type ZfitsTable } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData, TEST_DATA } from '../../support/test-data.js';

/** Array of the reference: its size and sums. */
interface ReferenceArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly sum: number | string;
  readonly weighted: number | string;
}
type ReferenceValue = ReferenceArray | number | string | boolean | null | ReferenceMessage;
interface ReferenceMessage {
  readonly [name: string]: ReferenceValue;
}
interface ReferenceFile {
  readonly tables: readonly { readonly name: string; readonly messages: readonly ReferenceMessage[] }[];
}

const MESSAGES = Object.values(zfits).filter(
  (value): value is (typeof zfits)['R1V1_EVENT'] => typeof value === 'object' && 'names' in value,
);

/** Reference files with the data files that they describe. */
function pairs(): [data: string, reference: string][] {
  if (TEST_DATA === undefined) return [];
  const data = readdirSync(inTestData('data', 'zfits'), { recursive: true, encoding: 'utf8' });
  const references = readdirSync(inTestData('reference', 'zfits', 'messages'), { recursive: true, encoding: 'utf8' });
  return references
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((reference) => {
      const folder = reference.includes('/') ? reference.split('/')[0] : '';
      const name = basename(reference, '.json.gz');
      const found = data.find(
        (path) =>
          basename(path) === name &&
          (path.startsWith(`${folder}/`) || (folder === '' && !/^lst_|^dl0|^nectar/.test(path))),
      );
      return found === undefined ? [] : [[found, reference] as [string, string]];
    });
}

/** Sum and sum weighted by position, as in the reference. */
function sums(values: ArrayLike<number | bigint>): [string, string] | [number, number] {
  const isBig = typeof values[0] === 'bigint' || values instanceof BigUint64Array;
  if (isBig) {
    let [sum, weighted] = [0n, 0n];
    for (let i = 0; i < values.length; i++) {
      sum += BigInt(values[i]);
      weighted += BigInt(values[i]) * BigInt((i % 1009) + 1);
    }
    return [String(sum), String(weighted)];
  }
  let [sum, weighted] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isFinite(value) || Math.abs(value) > 1e30) continue;
    sum += value;
    weighted += value * ((i % 1009) + 1);
  }
  return [sum, weighted];
}

function isArray(value: ReferenceValue): value is ReferenceArray {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}

/** Number of compared values. */
let compared = 0;

function compare(found: unknown, wanted: ReferenceValue, place: string): void {
  if (isArray(wanted)) {
    const values = found as ArrayLike<number>;
    expect(values?.length, place).to.equal(wanted.shape[0]);
    const [sum, weighted] = sums(values);
    for (const [ours, theirs] of [
      [sum, wanted.sum],
      [weighted, wanted.weighted],
    ]) {
      if (wanted.dtype.startsWith('float')) {
        expect(Number(ours), place).to.be.closeTo(Number(theirs), 1e-6 * Math.abs(Number(theirs)) + 1e-9);
      } else expect(ours, place).to.equal(theirs);
    }
  } else if (typeof wanted === 'object' && wanted !== null) {
    for (const [name, value] of Object.entries(wanted)) {
      const fields = found as Record<string, unknown>;
      const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      compare(name in fields ? fields[name] : fields[camel], value, `${place}.${name}`);
    }
    return;
  } else if (typeof wanted === 'number' && typeof found === 'number') {
    expect(found, place).to.be.closeTo(wanted, 1e-6 * Math.abs(wanted));
  } else if (wanted === null)
    expect(found === undefined || (found as ArrayLike<number>).length === 0, place).to.equal(true);
  else expect(String(found), place).to.equal(String(wanted));
  compared++;
}

async function compareTable(table: ZfitsTable, messages: readonly ReferenceMessage[]): Promise<void> {
  const type = MESSAGES.find(({ names }) => (names as readonly string[]).includes(table.message));
  if (type === undefined) throw new Error(`no definition of ${table.message}`);
  let row = 0;
  for await (const message of zfits.readMessages(table, type)) {
    compare(message, messages[row], `${table.name} ${row}`);
    row++;
  }
  expect(row).to.equal(messages.length);
}

describe('messages of zfits files, compared with protozfits', () => {
  before(skipWithoutTestData);

  for (const [data, reference] of pairs()) {
    it(data, async () => {
      const path = inTestData('reference', 'zfits', 'messages', reference);
      const { tables } = JSON.parse(gunzipSync(readFileSync(path)).toString()) as ReferenceFile;
      await using source = await openFile(join(inTestData('data', 'zfits'), data));
      const file = await ZfitsFile.open(source);
      expect(file.tables.map(({ name }) => name)).to.deep.equal(tables.map(({ name }) => name));
      compared = 0;
      for (const { name, messages } of tables) {
        const table = file.table(name);
        if (table !== undefined) await compareTable(table, messages);
      }
      expect(compared).to.be.greaterThan(20);
    });
  }

  it('are refused with fields that they do not have', async () => {
    await using source = await openFile(inTestData('data', 'zfits', 'lst_r1v1', 'LST-1.1.Run02008.0000.fits.fz'));
    const table = (await ZfitsFile.open(source)).table('Events');
    if (table === undefined) throw new Error('The file has no events.');
    // As in a script in JavaScript, whose names are not checked by a compiler.
    const fields = ['eventIdx'] as unknown as ['eventId'];
    const reading = zfits.readMessages(table, zfits.R1V1_EVENT, { fields });
    const error: unknown = await reading.next().catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(RangeError);
    expect(String(error)).to.include('Messages of type R1v1.Event have no field "eventIdx", expected one of eventId, ');
  });
});
