import { expect } from 'chai';
import { CherenkitError, EventType, type ArrayEvent } from '@cherenkit/core';
import { angularSeparation, radians } from '@cherenkit/kernels';
import type { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { toySource } from './toy-source.js';

async function allEvents(source: ToyModelEventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  await source.open();
  for await (const event of source) events.push(event);
  return events;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** What tells two events apart; waveforms are compared by their bytes. */
function contentOf(event: ArrayEvent, telIds = event.trigger.telsWithTrigger): object {
  return {
    index: event.index,
    shower: event.simulation?.shower,
    telescopes: telIds.map((telId) => {
      const samples = event.r1.tel.get(telId)?.waveform?.samples;
      const bytes = samples && Buffer.from(samples.buffer).toString('base64');
      return [telId, bytes, event.trigger.tel.get(telId), event.simulation?.tel.get(telId)];
    }),
  };
}

/** The largest difference between two arrays of one length. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).to.equal(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe('ToyModelEventSource', () => {
  it('has telescopes of two kinds whose pixels have the neighbours of their grid', () => {
    const { subarray } = toySource('toymodel:');
    expect(subarray.telIds.map((telId) => subarray.typeOf(telId))).to.deep.equal([
      'MST_ToyDC_ToyHexCam',
      'MST_ToySC_ToySquareCam',
      'MST_ToyDC_ToyHexCam',
      'MST_ToySC_ToySquareCam',
    ]);
    for (const [telId, most] of [
      [1, 6],
      [2, 4],
    ]) {
      const { geometry } = subarray.telescope(telId).camera;
      const { offsets } = geometry.neighbors;
      const inner = geometry.borderPixelMask().indexOf(0);
      expect(offsets[inner + 1] - offsets[inner]).to.equal(most);
      expect(geometry.positionToPixIndex(geometry.pixX[inner], geometry.pixY[inner])).to.equal(inner);
    }
  });

  it('makes the events that its options ask for', async () => {
    const url = 'toymodel:?events=12&seed=3&energy_min=1&energy_max=2&view_cone_radius=0.5&core_radius=50&altitude=60';
    const source = toySource(url);
    const events = await allEvents(source);
    expect(events.map(({ index }) => index.eventId)).to.deep.equal(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const event of events) {
      const { energy, alt, az, coreX, coreY } = event.simulation?.shower ?? {};
      if (alt === undefined || az === undefined) throw new Error('every event has a shower');
      expect(energy).to.be.within(1, 2);
      expect(angularSeparation(az, alt, 0, radians(60))).to.be.at.most(radians(0.5) * (1 + 1e-9));
      expect(Math.hypot(coreX ?? NaN, coreY ?? NaN)).to.be.at.most(50);
      const { telsWithTrigger } = event.trigger;
      expect(telsWithTrigger.length).to.be.at.least(2);
      expect([...event.r1.tel.keys()]).to.deep.equal(telsWithTrigger);
      expect([...event.trigger.tel.keys()]).to.deep.equal(telsWithTrigger);
      expect(event.monitoring.pointing.arrayAltitude).to.equal(radians(60));
      expect(event.trigger.eventType).to.equal(EventType.SUBARRAY);
    }
    expect(source.simulationConfig.get(1)?.nShowers).to.equal(12);
    expect(await allEvents(toySource('toymodel:?events=12', { maxEvents: 2 }))).to.have.length(2);
  });

  it('makes each event from the seed and its number alone', async () => {
    const events = await allEvents(toySource('toymodel:?events=4&seed=8'));
    const alone = toySource('toymodel:?events=4&seed=8');
    for (const index of [3, 0, 2, 1]) expect(contentOf(alone.event(index))).to.deep.equal(contentOf(events[index]));
    expect(contentOf(toySource('toymodel:?seed=9').event(0))).to.not.deep.equal(contentOf(events[0]));
  });

  it('gives some of the telescopes the data that they have among all', () => {
    const all = toySource('toymodel:?seed=8');
    const some = toySource('toymodel:?seed=8', { allowedTels: new Set([4, 1]) });
    expect(some.subarray.telIds).to.deep.equal([1, 4]);
    for (let index = 0; index < 4; index++) {
      const [whole, part] = [all.event(index), some.event(index)];
      const telIds = whole.trigger.telsWithTrigger.filter((telId) => some.subarray.tel.has(telId));
      expect(part.trigger.telsWithTrigger).to.deep.equal(telIds);
      expect(contentOf(part)).to.deep.equal(contentOf(whole, telIds));
    }
    expect(() => toySource('toymodel:', { allowedTels: new Set([7]) })).to.throw(CherenkitError, 'telescope 7');
  });

  it('puts the true charge into the waveforms', () => {
    const source = toySource('toymodel:?noise=0');
    for (let index = 0; index < 10; index++) {
      const event = source.event(index);
      for (const [telId, { waveform }] of event.r1.tel) {
        const { trueImage, trueImageSum } = event.simulation?.tel.get(telId) ?? {};
        if (!waveform || !trueImage) throw new Error('every telescope with a trigger has waveforms and a true image');
        expect(sumOf(trueImage)).to.equal(trueImageSum);
        const { samples, nPixels, nSamples } = waveform;
        for (let pixel = 0; pixel < nPixels; pixel++) {
          const charge = sumOf(samples.subarray(pixel * nSamples, (pixel + 1) * nSamples));
          if (charge > trueImage[pixel] + 1e-4) expect.fail(`pixel ${pixel}: ${charge} of ${trueImage[pixel]} p.e.`);
        }
        // Light far from the mean may fall beside the readout.
        expect(sumOf(samples)).to.be.closeTo(trueImageSum ?? NaN, 0.02 * (trueImageSum ?? NaN));
      }
    }
  });

  it('has noise of the width that was asked for', () => {
    const quiet = toySource('toymodel:?noise=0').event(0);
    const noisy = toySource('toymodel:?noise=2').event(0);
    for (const [telId, { waveform }] of noisy.r1.tel) {
      const light = quiet.r1.tel.get(telId)?.waveform?.samples;
      if (!waveform || !light) throw new Error('every telescope has waveforms');
      const noise = waveform.samples.map((sample, i) => sample - light[i]);
      // Of 50 000 samples the mean scatters by 0.009, the width by 0.3 %.
      expect(sumOf(noise) / noise.length).to.be.closeTo(0, 0.05);
      expect(Math.sqrt(sumOf(noise.map((sample) => sample * sample)) / noise.length)).to.be.closeTo(2, 0.03);
    }
  });

  it('gives raw data that the calibrated waveforms follow from', () => {
    const calibrated = toySource('toymodel:?raw_data=true').event(1);
    const exact = toySource('toymodel:').event(1);
    for (const [telId, { waveform }] of calibrated.r1.tel) {
      const counts = calibrated.r0.tel.get(telId)?.waveform?.samples;
      const samples = exact.r1.tel.get(telId)?.waveform?.samples;
      if (!waveform || !counts || !samples) throw new Error('every telescope has raw and calibrated waveforms');
      const fromCounts = Float32Array.from(counts, (count) => (count - 300) / 20);
      expect(largestDifference(waveform.samples, fromCounts)).to.equal(0);
      // Half a count, and the rounding of float32.
      expect(largestDifference(waveform.samples, samples)).to.be.at.most(0.5 / 20 + 1e-4);
    }
    expect(exact.r0.tel.size).to.equal(0);
  });

  it('refuses options that it does not have or cannot use', () => {
    for (const [url, message] of [
      ['toymodel:?evnts=3', 'there is no option "evnts"; did you mean "events"?'],
      ['toymodel:?events=0', 'events is a whole number from 1, not "0"'],
      ['toymodel:?events=1.5', 'events is a whole number'],
      ['toymodel:?noise=', 'noise is a number from 0, not ""'],
      ['toymodel:?raw_data=perhaps', 'raw_data is true or false'],
      ['toymodel:?energy_min=5&energy_max=2', 'is below the lowest'],
      ['toymodel:events=3', 'only options may follow'],
      ['toymodel:?__proto__=3', 'there is no option'],
      ['toymodel:?input_url=x', 'there is no option'],
    ]) {
      expect(() => toySource(url), url)
        .to.throw(CherenkitError, message)
        .with.property('exitCode', 2);
    }
    expect(() => toySource('toymodel:?energy_max=0.3&trigger_threshold=100000').event(0)).to.throw(
      CherenkitError,
      'raise energy_max',
    );
  });
});
