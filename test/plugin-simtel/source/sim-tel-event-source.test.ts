import { createHash } from 'node:crypto';
import { byteSource, byteSourceFrom, decompressed, openFile, type ByteSource } from '@cherenkit/io';
import { CherenkitError, EventType, type ArrayEvent } from '@cherenkit/core';
import { eventioObjects, ReadingContext, type EventioObject } from '@cherenkit/plugin-simtel/eventio';
import type { SimTelEventSource } from '@cherenkit/plugin-simtel';
import { expect } from 'chai';
import fc from 'fast-check';

import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { errorOf } from '../../support/error-of.js';
import { openSimtel } from '../../support/open-simtel.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';
/** Smaller than the data of most events. */
const CHUNK_BYTES = 100_000;
const MONITORING = 2022;
const CALIBRATION = 2023;

/** All events before an error, and the error. */
async function eventsOf(source: SimTelEventSource): Promise<{ events: ArrayEvent[]; error: unknown }> {
  const events: ArrayEvent[] = [];
  try {
    for await (const event of source) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}

async function bytesOf(source: ByteSource): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(source)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Digest of the data that an event was read from. */
function digestOf(event: ArrayEvent): string {
  const hash = createHash('sha256');
  const arrays = [...event.r1.tel].flatMap(([telId, { waveform, pixelStatus }]) => [
    event.r0.tel.get(telId)?.waveform?.samples,
    waveform?.samples,
    pixelStatus,
    event.simulation?.tel.get(telId)?.trueImage,
    event.monitoring.tel.get(telId)?.camera.coefficients.timeShift,
  ]);
  for (const array of arrays) if (ArrayBuffer.isView(array)) hash.update(array);
  return hash.update(JSON.stringify([event.index, event.simulation?.shower, [...event.r1.tel.keys()]])).digest('hex');
}

/** A decompressed real file without some of its top-level objects. */
async function without(file: string, isLeftOut: (object: EventioObject) => boolean): Promise<ByteSource> {
  const bytes = await bytesOf(await openFile(inTestData('data', file)));
  const kept: Uint8Array[] = [];
  for await (const object of eventioObjects(decompressed(byteSourceFrom(bytes)), new ReadingContext(file))) {
    const end = object.payloadOffset + object.header.length;
    if (!isLeftOut(object)) kept.push(bytes.subarray(object.offset, end));
  }
  return byteSourceFrom(Buffer.concat(kept), file);
}

describe('SimTelEventSource', function () {
  before(skipWithoutTestData);

  it('stops after maxEvents, without a distribution of simulated showers', async () => {
    await using source = await openSimtel(PROTONS, { maxEvents: 2 });
    const { events } = await eventsOf(source);
    expect(events.map(({ index }) => index.eventId)).to.deep.equal([401, 403]);
    expect(source.outcome.simulatedShowerDistributions.size).to.equal(0);
  });

  it('provides the distribution of simulated showers after all events were read', async () => {
    await using source = await openSimtel(PROTONS);
    expect(source.outcome.simulatedShowerDistributions.size).to.equal(0);
    await eventsOf(source);
    const distribution = source.outcome.simulatedShowerDistributions.get(1);
    const { nShowers, showerReuse } = source.run.simulationConfig.get(1) ?? { nShowers: NaN, showerReuse: NaN };
    expect(distribution?.nEntries).to.equal(nShowers * showerReuse);
    const total = distribution?.histogram?.reduce((sum, count) => sum + count, 0);
    expect(total).to.equal(nShowers * showerReuse);
    const { binsEnergy, binsCoreDist, histogram } = distribution ?? {};
    expect(histogram?.length).to.equal(((binsEnergy?.length ?? 0) - 1) * ((binsCoreDist?.length ?? 0) - 1));
  });

  it('can be iterated repeatedly with the same result', async () => {
    await using source = await openSimtel('calib_true_pe.simtel.zst', { skipCalibrationEvents: false });
    const first = await eventsOf(source);
    const second = await eventsOf(source);
    expect(first.events.length).to.equal(2);
    expect(second.events.map(String)).to.deep.equal(first.events.map(String));
  });

  it('applies obsIdOffset and overrideObsId to the observation id', async () => {
    const cases = [
      [{}, 1],
      [{ obsIdOffset: 10 }, 11],
      [{ overrideObsId: 7, obsIdOffset: 10 }, 7],
    ] as const;
    for (const [values, obsId] of cases) {
      await using source = await openSimtel(PROTONS, { ...values, maxEvents: 1 });
      expect([...source.run.observationBlocks.keys()]).to.deep.equal([obsId]);
      expect(source.run.schedulingBlocks.get(obsId)?.sbId).to.equal(obsId);
      expect(source.run.simulationConfig.get(obsId)?.runNumber).to.equal(1);
      expect((await eventsOf(source)).events[0].index.obsId).to.equal(obsId);
    }
  });

  it('applies calibScale and calibShift, or keeps ADC counts with skipR1Calibration', async () => {
    const firstSamples = async (values: object) => {
      await using source = await openSimtel(PROTONS, { ...values, maxEvents: 1 });
      const [event] = (await eventsOf(source)).events;
      const [[telId, { waveform }]] = event.r1.tel;
      const raw = event.r0.tel.get(telId)?.waveform;
      return { calibrated: waveform?.channel(0).slice(0, 100) ?? [], raw: raw?.channel(0).slice(0, 100) ?? [] };
    };
    const { calibrated, raw } = await firstSamples({});
    const changed = await firstSamples({ calibScale: 2, calibShift: 3 });
    // Two roundings to single precision.
    changed.calibrated.forEach((sample, i) => expect(sample).to.be.closeTo(2 * calibrated[i] + 3, 1e-6));
    const uncalibrated = await firstSamples({ skipR1Calibration: true });
    expect([...uncalibrated.calibrated]).to.deep.equal([...raw]);
  });

  it('does not share arrays between events', async () => {
    await using source = await openSimtel(PROTONS);
    const { events } = await eventsOf(source);
    const buffers = events.flatMap((event) => [
      ...[...event.r1.tel.values()].flatMap(({ waveform, pixelStatus }) => [
        waveform?.samples.buffer,
        pixelStatus?.buffer,
      ]),
      ...[...event.monitoring.tel.values()].flatMap(({ camera: { coefficients } }) => [
        coefficients.timeShift?.buffer,
        coefficients.outlierMask?.buffer,
      ]),
    ]);
    expect(buffers.length).to.be.greaterThan(20);
    expect(buffers).to.not.include(undefined);
    expect(new Set(buffers).size).to.equal(buffers.length);
  });

  for (const [file, skipCalibrationEvents] of [
    [PROTONS, true],
    ['gct_checs_muons.simtel.zst', true],
    ['calib_events.simtel.gz', false],
    ['gamma_merged.simtel.gz', true],
  ] as const) {
    it(`gives the same events of ${file} if the memory of earlier ones is used again`, async () => {
      const traits = { skipCalibrationEvents, focalLengthChoice: 'EQUIVALENT' };
      const bytes = await bytesOf(await openFile(inTestData('data', file)));
      await using kept = await openSimtel(byteSourceFrom(bytes, file), traits);
      const expected: string[] = [];
      for await (const event of kept) expected.push(digestOf(event));
      let recycled = 0;
      const source = byteSource({
        name: file,
        size: bytes.length,
        *stream() {
          for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
            yield Uint8Array.from(bytes.subarray(at, at + CHUNK_BYTES));
        },
        recycle(chunk) {
          recycled += chunk.length;
          chunk.fill(0xff);
        },
      });
      await using reusing = await openSimtel(source, traits);
      reusing.reusesWaveforms = true;
      const found: string[] = [];
      for await (const event of reusing) found.push(digestOf(event));
      expect(found).to.deep.equal(expected);
      if (file === PROTONS) expect(recycled).to.be.above(20 * CHUNK_BYTES);
    });
  }

  describe('telescopes', () => {
    it('outside allowedTels are removed from the array and the triggers', async () => {
      await using source = await openSimtel(PROTONS, { allowedTels: [8, 7] });
      const { events } = await eventsOf(source);
      expect(source.subarray.telIds).to.deep.equal([7, 8]);
      expect(events.length).to.be.greaterThan(0);
      for (const { trigger, r1 } of events) {
        expect([7, 8]).to.include.members([...trigger.telsWithTrigger]);
        expect([7, 8]).to.include.members([...r1.tel.keys()]);
      }
    });

    it('outside allowedTels may have damaged calibrations, which are not read', async () => {
      const bytes = await bytesOf(await openFile(inTestData('data', PROTONS)));
      let damaged = 0;
      for await (const object of eventioObjects(decompressed(byteSourceFrom(bytes)), new ReadingContext(PROTONS))) {
        const { type, id, payloadOffset, header } = object;
        if (type !== CALIBRATION || id === 3) continue;
        bytes.fill(0xff, payloadOffset, payloadOffset + header.length);
        damaged++;
      }
      expect(damaged).to.be.greaterThan(10);
      await using all = await openSimtel(byteSourceFrom(bytes));
      expect((await eventsOf(all)).error).to.include({ code: 'SIMTEL_CORRUPT' });
      await using one = await openSimtel(byteSourceFrom(bytes), { allowedTels: [3] });
      const { events, error } = await eventsOf(one);
      expect(error).to.equal(undefined);
      expect(events.flatMap((event) => [...event.r1.tel.keys()])).to.include(3);
    });

    it('in allowedTels must exist in the array', async () => {
      const error = await errorOf(openSimtel(PROTONS, { allowedTels: [7, 99] }));
      expect(error).to.include({ code: 'TELESCOPE_ID_UNKNOWN', exitCode: 2 });
    });

    for (const [type, reason] of [
      [MONITORING, 'no pedestals'],
      [CALIBRATION, 'no calibration'],
    ] as const) {
      it(`with ${reason} are rejected and counted`, async () => {
        const telId = 8;
        const input = await without(PROTONS, (object) => object.type === type && (object.id & 0xff) === telId);
        await using source = await openSimtel(input);
        const { events, error } = await eventsOf(source);
        await using whole = await openSimtel(PROTONS);
        const missing = (await eventsOf(whole)).events.filter(({ r1 }) => r1.tel.has(telId)).length;
        expect(error).to.equal(undefined);
        expect(missing).to.be.greaterThan(0);
        expect(
          events.some(({ r1, r0, simulation }) => r1.tel.has(telId) || r0.tel.has(telId) || simulation?.tel.has(telId)),
        ).to.equal(false);
        expect([...source.outcome.rejected]).to.deep.equal([[reason, missing]]);
      });
    }
  });

  describe('calibration events', () => {
    it('have an event type, two gain channels and no shower', async () => {
      await using source = await openSimtel('calib_true_pe.simtel.zst', { skipCalibrationEvents: false });
      const { events } = await eventsOf(source);
      expect(events.map(({ trigger }) => trigger.eventType)).to.have.members([
        EventType.OTHER_CALIBRATION,
        EventType.FLATFIELD,
      ]);
      for (const { simulation, r1 } of events) {
        expect(simulation?.shower).to.equal(undefined);
        expect([...r1.tel.values()].map(({ selectedGainChannel }) => selectedGainChannel)).to.deep.equal([undefined]);
      }
    });

    it('have one gain channel with selectGain', async () => {
      const values = { skipCalibrationEvents: false, selectGain: true };
      await using source = await openSimtel('calib_true_pe.simtel.zst', values);
      const [event] = (await eventsOf(source)).events;
      expect([...event.r1.tel.values()].map(({ waveform }) => waveform?.nChannels)).to.deep.equal([1]);
    });
  });

  describe('the atmosphere profile', () => {
    it('is read from the table of the file', async () => {
      await using source = await openSimtel(PROTONS);
      const { table, metadata } = source.run.atmosphereDensityProfile ?? {};
      const { height, density, columnDensity } = table ?? {};
      expect(height?.length).to.be.greaterThan(10);
      expect([density?.length, columnDensity?.length]).to.deep.equal([height?.length, height?.length]);
      expect(metadata).to.include({ atmosphere_id: 99 });
    });

    it('is computed from five layers or omitted, as chosen', async () => {
      await using table = await openSimtel(PROTONS);
      await using layers = await openSimtel(PROTONS, { atmosphereProfileChoice: 'FIVELAYER' });
      await using none = await openSimtel(PROTONS, { atmosphereProfileChoice: 'NONE' });
      const at = (source: SimTelEventSource, altitude: number) => {
        return source.run.atmosphereDensityProfile?.overburden(altitude) ?? NaN;
      };
      // CORSIKA fits the layers to the table to a few per cent.
      for (const altitude of [3000, 10000]) expect(at(layers, altitude) / at(table, altitude)).to.be.closeTo(1, 0.05);
      expect(none.run.atmosphereDensityProfile).to.equal(undefined);
    });
  });

  describe('a truncated file', () => {
    let whole: Buffer;
    before(async () => {
      whole = await bytesOf(await openFile(inTestData('data', PROTONS)));
    });

    it('gives the events before the truncation, then an error with the offset', async () => {
      const length = Math.floor(whole.length * 0.8);
      await using source = await openSimtel(byteSourceFrom(whole.subarray(0, length), 'cut.simtel'));
      const { events, error } = await eventsOf(source);
      expect(events.map(({ index }) => index.eventId)).to.deep.equal([401, 403]);
      expect(error).to.include({ code: 'SIMTEL_TRUNCATED', exitCode: 65, eventsRead: 2 });
      expect(error)
        .to.have.property('message')
        .that.matches(/^cut\.simtel, byte \d+: .*Events read before: 2;/);
      expect(source.outcome.truncated).to.equal(false);
    });

    it('ends without error with allowTruncated', async () => {
      const length = Math.floor(whole.length * 0.8);
      const values = { allowTruncated: true };
      await using source = await openSimtel(byteSourceFrom(whole.subarray(0, length)), values);
      const { events, error } = await eventsOf(source);
      expect(error).to.equal(undefined);
      expect(events.length).to.equal(2);
      expect(source.outcome.truncated).to.equal(true);
    });

    it('is rejected if the truncation is in its header', async () => {
      const error = await errorOf(openSimtel(byteSourceFrom(whole.subarray(0, 20_000)), { allowTruncated: true }));
      expect(error).to.include({ code: 'SIMTEL_TRUNCATED', exitCode: 65 });
    });
  });

  it('reports any corruption as a CherenkitError and does not hang', async () => {
    const whole = await bytesOf(await openFile(inTestData('data', 'calib_true_pe.simtel.zst')));
    const values = { skipCalibrationEvents: false };
    let refused = 0;
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, value] of changes) damaged[at] = value;
        const error = await openSimtel(byteSourceFrom(damaged, 'damaged.simtel'), values).then(
          async (source) => (await eventsOf(source)).error,
          (reason: unknown) => reason,
        );
        if (error === undefined) return; // corrupted samples cannot be detected
        refused++;
        expect(error).to.satisfy((value: unknown) => CherenkitError.is(value));
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(refused).to.be.greaterThan(10);
  });

  describe('rejects', () => {
    for (const file of ['one_shower.dat', '3_gammas_reuse_5.dat', 'gamma_100gev_1216.eventio']) {
      it(`CORSIKA photons: ${file}`, async () => {
        const error = await errorOf(openSimtel(file));
        expect(error).to.include({ code: 'SIMTEL_NOT_SIMTEL', exitCode: 65 });
        expect(error).to.have.property('message').that.includes('photons from CORSIKA');
      });
    }

    it('a file that ends among the telescope descriptions', async () => {
      const error = await errorOf(openSimtel('test_camorganv2.simtel.gz'));
      expect(error).to.include({ code: 'SIMTEL_INCOMPLETE_HEADER', exitCode: 65 });
      expect(error).to.have.property('message').that.includes('telescope 78 has no PixelSettings (object 2004)');
    });

    for (const [type, found] of [
      [2000, 'the run header (object 2000) is missing'],
      [2004, 'telescope 1 has no PixelSettings (object 2004)'],
    ] as const) {
      it(`a file with ${found}`, async () => {
        const error = await errorOf(openSimtel(await without(PROTONS, (object) => object.type === type)));
        expect(error).to.include({ code: 'SIMTEL_INCOMPLETE_HEADER', exitCode: 65 });
        expect(error).to.have.property('message').that.includes(found);
      });
    }

    it('a file without effective focal length, unless the equivalent one is selected', async () => {
      const error = await errorOf(openSimtel('lst_muons.simtel.zst'));
      expect(error).to.include({ exitCode: 2 });
      expect(error).to.have.property('message').that.includes('--focal-length-choice EQUIVALENT');
    });
  });
});
