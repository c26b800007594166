import { EventType, type ArrayEvent } from '@cherenkit/core';
import { byteSourceFrom, type ByteSource } from '@cherenkit/io';
import type { SimTelEventSource } from '@cherenkit/plugin-simtel';
import { expect } from 'chai';
import { decompressedBytes, topLevelObjects } from '../../support/edit-simtel.js';
import { openSimtel } from '../../support/open-simtel.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';
const SHOWER = 2020;
const MC_EVENT = 2021;

/** A file of the test data without the top-level objects of some types. */
async function without(name: string, ...types: readonly number[]): Promise<ByteSource> {
  const bytes = await decompressedBytes(inTestData('data', name));
  const kept: Uint8Array[] = [];
  for await (const { type, offset, payloadOffset, header } of topLevelObjects(bytes)) {
    if (!types.includes(type)) kept.push(bytes.subarray(offset, payloadOffset + header.length));
  }
  return byteSourceFrom(Buffer.concat(kept), name);
}

async function eventsOf(source: SimTelEventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

describe('events without simulated showers', function () {
  before(skipWithoutTestData);

  for (const types of [[SHOWER], [SHOWER, MC_EVENT]]) {
    it(`are read from a file without the objects ${types.join(' and ')}`, async () => {
      await using whole = await openSimtel(PROTONS);
      await using source = await openSimtel(await without(PROTONS, ...types));
      const [expected, found] = [await eventsOf(whole), await eventsOf(source)];
      expect(found.map(({ index }) => index.eventId)).to.deep.equal([401, 403, 500]);
      found.forEach((event, i) => {
        expect(event.simulation?.shower).to.equal(undefined);
        expect(event.trigger.eventType).to.equal(EventType.SUBARRAY);
        expect([...event.r1.tel.keys()]).to.deep.equal([...expected[i].r1.tel.keys()]);
        for (const [telId, { waveform }] of event.r1.tel) {
          expect(waveform?.samples).to.deep.equal(expected[i].r1.tel.get(telId)?.waveform?.samples);
        }
      });
    });
  }

  it('are calibration events if they have no trigger, and then counted if they are skipped', async () => {
    await using skipping = await openSimtel('extracted_pedestals.simtel.zst');
    expect(await eventsOf(skipping)).to.have.length(0);
    expect([...(skipping.outcome.skipped ?? [])]).to.deep.equal([
      ['calibration events (see skip_calibration_events)', 5],
    ]);
    await using reading = await openSimtel('extracted_pedestals.simtel.zst', { skipCalibrationEvents: false });
    const events = await eventsOf(reading);
    expect(events.map(({ trigger }) => trigger.eventType)).to.deep.equal(Array(5).fill(EventType.OTHER_CALIBRATION));
    expect(reading.outcome.skipped?.size).to.equal(0);
  });

  it('within calibration objects are counted as well', async () => {
    await using source = await openSimtel('calib_true_pe.simtel.zst');
    await eventsOf(source);
    expect([...(source.outcome.skipped?.values() ?? [])]).to.deep.equal([2]);
  });
});
