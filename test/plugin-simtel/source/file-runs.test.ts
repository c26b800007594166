import { byteSourceFrom, type ByteSource } from '@cherenkit/io';
import type { ArrayEvent, CherenkitError } from '@cherenkit/core';
import type { SimTelEventSource } from '@cherenkit/plugin-simtel';
import { expect } from 'chai';
import { concatenatedRuns, withRunNumber } from '../../support/concatenated-runs.js';
import { errorOf } from '../../support/error-of.js';
import { eventDifferences } from '../../support/event-differences.js';
import { openSimtel } from '../../support/open-simtel.js';
import { skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';
const OTHER_ARRAY = 'south_lsts_v036.simtel.zst';
const LST = 'lst_with_photons.simtel.zst';

async function twoRuns(name: string): Promise<ByteSource> {
  return byteSourceFrom(await concatenatedRuns(name, [5, 77]), 'two runs');
}

async function eventsOf(source: SimTelEventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

async function idsOf(source: SimTelEventSource): Promise<[obsId: number, eventId: number][]> {
  return (await eventsOf(source)).map(({ index }) => [index.obsId, index.eventId]);
}

describe('FileRuns', function () {
  before(skipWithoutTestData);

  it('gives each event the id of its own run', async () => {
    await using source = await openSimtel(await twoRuns(PROTONS));
    const ids = await idsOf(source);
    expect(ids.map(([obsId]) => obsId)).to.deep.equal([5, 5, 5, 77, 77, 77]);
    expect(ids.slice(0, 3).map(([, id]) => id)).to.deep.equal(ids.slice(3).map(([, id]) => id));
  });

  it('describes each run by a configuration, blocks and a shower distribution of its own', async () => {
    await using source = await openSimtel(await twoRuns(LST), { focalLengthChoice: 'EQUIVALENT' });
    await idsOf(source);
    const { run, outcome } = source;
    const described = [
      run.simulationConfig,
      run.observationBlocks,
      run.schedulingBlocks,
      outcome.simulatedShowerDistributions,
    ];
    for (const byId of described) expect([...byId.keys()]).to.deep.equal([5, 77]);
    expect([...run.simulationConfig.values()].map(({ runNumber }) => runNumber)).to.deep.equal([5, 77]);
    expect([...run.observationBlocks.values()].map(({ obsId }) => obsId)).to.deep.equal([5, 77]);
  });

  it('reads the second run as if it were a file of its own', async () => {
    await using alone = await openSimtel(byteSourceFrom(await withRunNumber(PROTONS, 77), 'alone'));
    await using both = await openSimtel(await twoRuns(PROTONS));
    const expected = await eventsOf(alone);
    const found = (await eventsOf(both)).slice(-expected.length);
    found.forEach((event, i) => (event.count = i));
    expect(eventDifferences(expected, found)).to.deep.equal([]);
  });

  it('has no distribution of a run that was not read to its end', async () => {
    await using source = await openSimtel(await twoRuns(PROTONS), { maxEvents: 4 });
    await idsOf(source);
    expect([...source.outcome.simulatedShowerDistributions.keys()]).to.deep.equal([5]);
  });

  it('refuses a second run with another array', async () => {
    const bytes = Buffer.concat([await withRunNumber(PROTONS, 5), await withRunNumber(OTHER_ARRAY, 6)]);
    await using source = await openSimtel(byteSourceFrom(bytes, 'two arrays'));
    const error = await errorOf(idsOf(source));
    expect(error).to.include({ code: 'SIMTEL_OTHER_ARRAY', exitCode: 65 });
    expect((error as CherenkitError).message).to.match(
      /^two arrays, byte \d+: run 6 \(object 2000\) has another array/,
    );
  });

  it('refuses an override_obs_id for several runs, and adds an offset to each', async () => {
    await using overridden = await openSimtel(await twoRuns(PROTONS), { overrideObsId: 9 });
    expect(await errorOf(idsOf(overridden))).to.include({ code: 'OBS_ID_NOT_UNIQUE', exitCode: 2 });
    await using shifted = await openSimtel(await twoRuns(PROTONS), { obsIdOffset: 100 });
    await idsOf(shifted);
    expect([...shifted.run.observationBlocks.keys()]).to.deep.equal([105, 177]);
  });

  it('chooses the type of obs_id as ctapipe does', async () => {
    const cases = [
      [{}, 'int32'],
      [{ obsIdOffset: 1 }, 'int32'],
      [{ obsIdOffset: 5e9 }, 'int64'],
      [{ overrideObsId: 9 }, 'int64'],
      [{ overrideObsId: 5e9 }, 'int64'],
    ] as const;
    for (const [traits, type] of cases) {
      await using source = await openSimtel(PROTONS, { ...traits, maxEvents: 1 });
      expect(source.run.obsIdType).to.equal(type);
    }
  });

  it('refuses an offset that makes the id negative', async () => {
    expect(await errorOf(openSimtel(PROTONS, { obsIdOffset: -10 }))).to.include({
      code: 'OBS_ID_NEGATIVE',
      exitCode: 2,
    });
  });
});
