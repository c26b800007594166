import { writeFileSync } from 'node:fs';
import { MemorySink } from '@cherenkit/io';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import hdf5Plugin, { HDF5DataWriter, Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { EventSource } from 'cherenkit';
import fc from 'fast-check';
import { concatenatedRuns } from '../../support/concatenated-runs.js';
import { errorOf } from '../../support/error-of.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';

const RANGES = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
} as const;

/** Writes a value into a column of one row and reads it back. */
async function stored(type: keyof typeof RANGES, value: number | bigint): Promise<bigint> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink);
  file.createTable('/t', [{ name: 'id', type }]).append([value]);
  await file.finish();
  await using written = await Hdf5File.open(sink.bytes ?? new Uint8Array(0));
  const { id } = await (await written.table('/t')).read(['id']);
  return BigInt((id as ArrayLike<number | bigint>)[0]);
}

function wrapped(type: keyof typeof RANGES, value: number | bigint): unknown {
  try {
    new Hdf5Writer(new MemorySink()).createTable('/t', [{ name: 'id', type }]).append([value]);
  } catch (error) {
    return error;
  }
  return undefined;
}

const anyType = fc.constantFrom(...(Object.keys(RANGES) as (keyof typeof RANGES)[]));

describe('integer columns', () => {
  it('store any integer of their range', async () => {
    const typeAndValue = anyType.chain((type) =>
      fc.tuple(
        fc.constant(type),
        fc.oneof(fc.constantFrom(...RANGES[type]), fc.bigInt(...(RANGES[type] as [bigint, bigint]))),
      ),
    );
    await fc.assert(
      fc.asyncProperty(typeAndValue, async ([type, value]) => {
        expect(await stored(type, value)).to.equal(value);
        if (Number.isSafeInteger(Number(value))) expect(await stored(type, Number(value))).to.equal(value);
      }),
      { numRuns: 60 },
    );
  });

  it('refuse integers out of their range, fractions and NaN', () => {
    for (const [type, [least, greatest]] of Object.entries(RANGES)) {
      const unfit = [greatest + 1n, type === 'uint64' ? least - 2n : least - 1n, 0.5, NaN, Infinity];
      for (const value of unfit) {
        expect(wrapped(type as keyof typeof RANGES, value), `${type} ${value}`).to.be.instanceOf(RangeError);
      }
    }
  });

  it('store -1 as the sentinel of uint64', async () => {
    expect(await stored('uint64', -1)).to.equal(2n ** 64n - 1n);
  });

  describe('obs_id', () => {
    before(skipWithoutTestData);

    for (const [option, type, obsId] of [
      ['override_obs_id=9', 'int64', 9n],
      ['override_obs_id=5000000000', 'int64', 5_000_000_000n],
      ['obs_id_offset=5000000000', 'int64', 5_000_000_001n],
      ['obs_id_offset=1', 'int32', 2n],
    ] as const) {
      it(`has the type that ctapipe writes and the whole value with ${option}`, async () => {
        using folder = new TemporaryFolder();
        const output = folder.join('out.h5');
        const args = ['process', '-i', inTestData('data', PROTONS), '-o', output, `--SimTelEventSource.${option}`];
        expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
        for (const path of [
          '/dl1/event/subarray/trigger',
          '/dl1/event/telescope/trigger',
          '/dl1/event/telescope/parameters/tel_001',
          '/simulation/event/subarray/shower',
          '/simulation/service/shower_distribution',
          '/configuration/simulation/run',
          '/configuration/telescope/pointing/tel_001',
          '/cherenkit/dl1/event/telescope/images/dropped',
        ]) {
          const table = await readTable(output, path).catch((error: unknown) => {
            throw new Error(`${path}: ${String(error)}`);
          });
          const column = table.column('obs_id');
          expect(column.type, path).to.equal(type);
          expect(BigInt(column.values[0]), path).to.equal(obsId);
        }
        const block = await readTable(output, '/configuration/observation/observation_block');
        expect([...block.column('obs_id').values]).to.deep.equal([obsId]);
        expect(block.column('obs_id').type).to.equal('uint64');
      });
    }

    it('is refused before the input is opened if it is negative or has more than 53 bits', async () => {
      using folder = new TemporaryFolder();
      for (const id of ['-1', '9007199254740992']) {
        const args = ['process', '-i', folder.join('missing'), `--SimTelEventSource.override_obs_id=${id}`];
        const { exitCode, stderr } = await cherenkit(args, folder.path);
        expect(exitCode).to.equal(2);
        expect(stderr).to.include('SimTelEventSource.override_obs_id').and.to.include('found');
      }
    });

    it('and the tables of runs have a row for each run of the input', async () => {
      using folder = new TemporaryFolder();
      const [input, output] = [folder.join('two.simtel'), folder.join('out.h5')];
      writeFileSync(input, await concatenatedRuns(PROTONS, [5, 77]));
      expect((await cherenkit(['process', '-i', input, '-o', output], folder.path)).exitCode).to.equal(0);
      for (const path of [
        '/configuration/simulation/run',
        '/configuration/observation/observation_block',
        '/configuration/observation/scheduling_block',
        '/simulation/service/shower_distribution',
        '/configuration/telescope/pointing/tel_001',
      ]) {
        const table = await readTable(output, path);
        const ids = table.column(path.endsWith('scheduling_block') ? 'sb_id' : 'obs_id').values;
        expect(Array.from(ids as ArrayLike<number>, Number), path).to.deep.equal([5, 77]);
      }
      const events = await readTable(output, '/dl1/event/subarray/trigger');
      expect(Array.from(events.column('obs_id').values, Number)).to.deep.equal([5, 5, 5, 77, 77, 77]);
    });
  });

  it('of an event that do not fit are an error with table, row, column and value', async () => {
    using folder = new TemporaryFolder();
    await using source = await EventSource.open('toymodel:?events=1');
    const traits = { outputPath: folder.join('toy.h5') };
    await using writer = await buildComponent(HDF5DataWriter, {
      subarray: source.subarray,
      traits,
      plugins: [hdf5Plugin],
    });
    await writer.open(source.run);
    for await (const event of source) {
      event.index.obsId = 2 ** 31;
      const error = await errorOf(writer.write(event));
      expect(error).to.include({ code: 'VALUE_NOT_STORABLE', exitCode: 65 });
      expect(error.message).to.match(
        /^\/dl1\/event\/subarray\/trigger, row 1: Column "obs_id" is int32: .* found 2147483648\./,
      );
    }
  });
});
