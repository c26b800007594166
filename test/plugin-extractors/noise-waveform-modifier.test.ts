import {
  ArrayEvent,
  EVENT_SOURCE_OPENER,
  EventType,
  R1CameraContainer,
  waveformsOf,
  provide,
  type EventSourceOpener,
} from '@cherenkit/core';
import { RandomStream } from '@cherenkit/kernels';
import { NoiseWaveformModifier } from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { REFERENCE } from '../support/waveform-reference.js';
import { subarrayWithCamera } from '../support/small-camera.js';

const subarray = subarrayWithCamera(REFERENCE.cameras.Hexagonal);
const { nPixels } = subarray.telescope(1).camera.geometry;
const { nSamples } = REFERENCE;
const SIZE = nPixels * nSamples;
const N_NOISE = 40;

/** Waveforms of both channels: noise with standard deviation 1 and 3 around a baseline of 5. */
function noiseEvent(eventId: number, eventType: EventType = EventType.SKY_PEDESTAL): ArrayEvent {
  const random = new RandomStream(3, eventId);
  const samples = Float32Array.from({ length: 2 * SIZE }, (_, i) => 5 + (i < SIZE ? 1 : 3) * random.normal());
  return withWaveforms(
    eventId,
    new R1CameraContainer({ waveform: waveformsOf(samples, 2, nPixels, nSamples) }),
    eventType,
  );
}

function withWaveforms(eventId: number, r1: R1CameraContainer, eventType: EventType = EventType.SUBARRAY): ArrayEvent {
  const event = new ArrayEvent();
  event.index.obsId = 1;
  event.index.eventId = eventId;
  event.trigger.eventType = eventType;
  event.r1.tel.set(1, r1);
  return event;
}

/** An event without charge, whose pixels alternate between the gain channels. */
function emptyEvent(eventId: number): ArrayEvent {
  const selectedGainChannel = Int8Array.from({ length: nPixels }, (_, pixel) => pixel % 2);
  const waveform = waveformsOf(new Float32Array(SIZE), 1, nPixels, nSamples);
  return withWaveforms(eventId, new R1CameraContainer({ waveform, selectedGainChannel }));
}

async function prepared(
  traits: Readonly<Record<string, unknown>> = {},
  events = Array.from({ length: N_NOISE }, (_, i) => noiseEvent(i)),
): Promise<NoiseWaveformModifier> {
  const source = {
    async *[Symbol.asyncIterator]() {
      await Promise.resolve();
      yield* events;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const opener = { open: () => Promise.resolve(source) } as unknown as EventSourceOpener;
  const modifier = await buildComponent(NoiseWaveformModifier, {
    subarray,
    traits: { nsbFile: 'noise', ...traits },
    services: [provide(EVENT_SOURCE_OPENER, opener)],
  });
  await modifier.prepare();
  return modifier;
}

function samplesOf(modifier: NoiseWaveformModifier, event: ArrayEvent): Float32Array {
  modifier.modify(event);
  return event.r1.tel.get(1)?.waveform?.samples ?? new Float32Array();
}

describe('NoiseWaveformModifier', () => {
  it('adds noise of the configured level and of the gain channel of each pixel, without changing the mean', async () => {
    const nsbLevel = 4;
    const modifier = await prepared({ nsbLevel });
    const sums = [0, 0];
    const squares = [0, 0];
    const nEvents = 30;
    for (let eventId = 0; eventId < nEvents; eventId++) {
      samplesOf(modifier, emptyEvent(eventId)).forEach((sample, i) => {
        const channel = Math.floor(i / nSamples) % 2;
        sums[channel] += sample;
        squares[channel] += sample * sample;
      });
    }
    for (const [channel, std] of [1, 3].entries()) {
      const n = nEvents * nSamples * Math.floor((nPixels + 1 - channel) / 2);
      // Noise is drawn repeatedly from few events: means scatter by the level times that of all, variances by a few %.
      expect(Math.abs(sums[channel] / n)).to.be.below(
        (5 * nsbLevel * std) / Math.sqrt(N_NOISE * nSamples * (nPixels / 2)),
      );
      expect(squares[channel] / n / (nsbLevel * std * std)).to.be.closeTo(1, 0.1);
    }
  });

  it('depends on seed, event and telescope only', async () => {
    const alone = samplesOf(await prepared(), emptyEvent(7));
    const modifier = await prepared();
    samplesOf(modifier, emptyEvent(3));
    expect(samplesOf(modifier, emptyEvent(7))).to.deep.equal(alone);
    expect(samplesOf(modifier, emptyEvent(8))).not.to.deep.equal(alone);
    expect(samplesOf(await prepared({ rngSeed: 2 }), emptyEvent(7))).not.to.deep.equal(alone);
  });

  it('has the configured number of noise realizations', async () => {
    const modifier = await prepared({ nNoiseRealizations: 3 });
    const seen = new Set(Array.from({ length: 40 }, (_, i) => samplesOf(modifier, emptyEvent(i)).join()));
    expect(seen.size).to.equal(3);
  });

  it('adds the noise of whole cameras with sample_pixels_independently disabled', async () => {
    const events = Array.from({ length: N_NOISE }, (_, i) => noiseEvent(i));
    const originals = new Map(events.map((event) => [event, event.r1.tel.get(1)?.waveform?.samples.slice()]));
    const modifier = await prepared({ samplePixelsIndependently: false }, events);
    const both = withWaveforms(
      5,
      new R1CameraContainer({ waveform: waveformsOf(new Float32Array(2 * SIZE), 2, nPixels, nSamples) }),
    );
    const added = samplesOf(modifier, both);
    const isOneOf = [...originals.values()].some((samples) => {
      const differences = added.slice(0, SIZE).map((sample, i) => sample - (samples?.[i] ?? NaN));
      return Math.max(...differences) - Math.min(...differences) < 1e-5; // up to the subtracted mean
    });
    expect(isOneOf).to.equal(true);
  });

  it('does not change the input waveforms', async () => {
    const event = emptyEvent(1);
    const before = event.r1.tel.get(1)?.waveform?.samples;
    samplesOf(await prepared(), event);
    expect(before?.every((sample) => sample === 0)).to.equal(true);
  });

  it('rejects a missing noise file and a file with too few noise events', async () => {
    const few = [noiseEvent(1), noiseEvent(2, EventType.FLATFIELD)];
    for (const faulty of [prepared({}, few), prepared({ nsbFile: null })]) {
      const error = await faulty.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.have.property('code', 'NOISE_UNSUITABLE');
    }
  });
});
