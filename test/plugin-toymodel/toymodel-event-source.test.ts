import { expect } from 'chai';
import { CherenkitError, EventType, PixelStatus, type ArrayEvent } from '@cherenkit/core';
import { angularSeparation, muonConeAngle, radians, refractivity } from '@cherenkit/kernels';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { openSource } from '@cherenkit/testing';
import { errorOf } from '../support/error-of.js';

/** Opens a toy model source. @param traits - values by their names in code */
function toySource(inputUrl: string, traits: object = {}): Promise<ToyModelEventSource> {
  return openSource(ToyModelEventSource, { traits: { inputUrl, ...traits }, plugins: [extractorsPlugin] });
}

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

function bytesOf(samples: Uint16Array | Uint32Array | Float32Array | undefined): string | undefined {
  return samples && Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}

/** The contents of an event for comparison, with waveforms as bytes. */
function contentOf(event: ArrayEvent, telIds = event.trigger.telsWithTrigger): object {
  return {
    index: event.index,
    shower: event.simulation?.shower,
    telescopes: telIds.map((telId) => [
      telId,
      bytesOf(event.r0.tel.get(telId)?.waveform?.samples),
      bytesOf(event.r1.tel.get(telId)?.waveform?.samples),
      event.trigger.tel.get(telId),
      event.simulation?.tel.get(telId),
    ]),
  };
}

function onlyTelescope<T>(telescopes: ReadonlyMap<number, T>): [number, T] {
  const [first] = telescopes;
  return first;
}

describe('ToyModelEventSource', () => {
  it('has arrays with distinct telescope types', async () => {
    const typesOf = async (array: string) => {
      const { subarray } = await toySource(`toymodel:?array=${array}`);
      const counts: Record<string, number> = {};
      for (const telId of subarray.telIds) counts[subarray.typeOf(telId)] = (counts[subarray.typeOf(telId)] ?? 0) + 1;
      return counts;
    };
    expect(await typesOf('north')).to.deep.equal({ LST_LST_LSTCam: 4, MST_MST_NectarCam: 9 });
    expect(await typesOf('south')).to.deep.equal({ LST_LST_LSTCam: 4, MST_MST_FlashCam: 14, SST_ASTRI_CHEC: 37 });
    expect(await typesOf('lst')).to.deep.equal({ LST_LST_LSTCam: 4 });
    expect(await typesOf('nectarcam')).to.deep.equal({ MST_MST_NectarCam: 4 });
    expect(await typesOf('flashcam')).to.deep.equal({ MST_MST_FlashCam: 4 });
    expect(await typesOf('chec')).to.deep.equal({ SST_ASTRI_CHEC: 4 });
  });

  for (const [array, nPixels, mostNeighbors, nChannels] of [
    ['lst', 1855, 6, 2],
    ['nectarcam', 1855, 6, 2],
    ['flashcam', 1764, 6, 1],
    ['chec', 2048, 4, 1],
  ] as const) {
    it(`has the pixels, gain channels and neighbours of ${array}`, async () => {
      const { camera } = (await toySource(`toymodel:?array=${array}`)).subarray.telescope(1);
      const { geometry, readout } = camera;
      expect([geometry.nPixels, readout.nPixels, readout.nChannels]).to.deep.equal([nPixels, nPixels, nChannels]);
      const { offsets, indices } = geometry.neighbors;
      const border = geometry.borderPixelMask();
      for (let pixel = 0; pixel < nPixels; pixel++) {
        const ofPixel = indices.subarray(offsets[pixel], offsets[pixel + 1]);
        if (border[pixel] === 0 && ofPixel.length !== mostNeighbors) expect.fail(`pixel ${pixel}: ${ofPixel.join()}`);
        for (const other of ofPixel) {
          if (!indices.subarray(offsets[other], offsets[other + 1]).includes(pixel)) expect.fail(`${pixel}, ${other}`);
        }
        const found = geometry.positionToPixIndex(geometry.pixX[pixel], geometry.pixY[pixel]);
        if (found !== pixel) expect.fail(`pixel ${pixel} is found as ${found}`);
      }
      // Not many more pixels at the border than for a disc of the same number of pixels.
      expect(border.reduce((sum, one) => sum + one, 0)).to.be.below(4.5 * Math.sqrt(nPixels));
    });
  }

  it('simulates events within the configured ranges', async () => {
    const url = 'toymodel:?events=6&seed=3&energy_min=1&energy_max=2&view_cone_radius=0.5&core_radius=50&altitude=60';
    const source = await toySource(url);
    const events = await allEvents(source);
    expect(events).to.have.length(6);
    for (const event of events) {
      const { energy, alt, az, coreX, coreY } = event.simulation?.shower ?? {};
      if (alt === undefined || az === undefined) throw new Error('missing shower');
      expect(energy).to.be.within(1, 2);
      expect(angularSeparation(az, alt, 0, radians(60))).to.be.at.most(radians(0.5) * (1 + 1e-9));
      expect(Math.hypot(coreX ?? NaN, coreY ?? NaN)).to.be.at.most(50);
      const { telsWithTrigger } = event.trigger;
      expect(telsWithTrigger.length).to.be.at.least(2);
      expect([...event.r0.tel.keys()]).to.deep.equal(telsWithTrigger);
      expect([...event.r1.tel.keys()]).to.deep.equal(telsWithTrigger);
      expect([...event.trigger.tel.keys()]).to.deep.equal(telsWithTrigger);
      expect(event.monitoring.pointing.arrayAltitude).to.equal(radians(60));
      expect(event.trigger.eventType).to.equal(EventType.SUBARRAY);
    }
    expect(await allEvents(await toySource('toymodel:?events=12', { maxEvents: 2 }))).to.have.length(2);
  });

  it('places a point source at the configured offset', async () => {
    const { alt, az } =
      (await toySource('toymodel:?view_cone_radius=0&source_offset=0.5')).event(0).simulation?.shower ?? {};
    expect(alt).to.be.closeTo(radians(70.5), 1e-9);
    expect(Math.sin(az ?? NaN)).to.be.closeTo(0, 1e-9);
  });

  it('uses shower numbers as event ids and skips showers that do not trigger', async () => {
    // Low-energy showers far from the telescopes do not trigger.
    const source = await toySource(
      'toymodel:?array=nectarcam&showers=40&energy_min=0.2&energy_max=0.5&core_radius=400',
    );
    const events = await allEvents(source);
    const ids = events.map(({ index }) => index.eventId);
    expect(ids.length).to.be.within(3, 37);
    expect(ids).to.deep.equal([...new Set(ids)].sort((a, b) => a - b));
    expect(events.map(({ count }) => count)).to.deep.equal(events.map((_, i) => i));
    for (let number = 1; number <= 40; number++) {
      expect(source.eventOf(number)?.index.eventId).to.equal(ids.includes(number) ? number : undefined);
    }
    expect(source.run.simulationConfig.get(1)?.nShowers).to.equal(40);
    const { histogram, nEntries } = source.outcome.simulatedShowerDistributions.get(1) ?? {};
    expect([nEntries, sumOf(histogram ?? [])]).to.deep.equal([40, 40]);
    const counted = await toySource('toymodel:?array=nectarcam&events=2&energy_min=0.2&energy_max=0.5&core_radius=400');
    await allEvents(counted);
    expect(counted.outcome.simulationConfig?.get(1)?.nShowers).to.equal(ids[1]);
  });

  it('simulates each event from its seed and number alone', async () => {
    const url = 'toymodel:?array=lst&events=4&seed=8&calibration=1';
    const events = await allEvents(await toySource(url));
    const again = await allEvents(await toySource(url));
    expect(again.map((event) => contentOf(event))).to.deep.equal(events.map((event) => contentOf(event)));
    const alone = await toySource(url);
    for (const index of [3, 0, 4, 2, 1]) {
      expect(contentOf(alone.event(index))).to.deep.equal(contentOf(events[index]));
      const byId = (await toySource(url)).eventOf(events[index].index.eventId);
      expect(byId && contentOf(byId)).to.deep.equal(contentOf(events[index]));
    }
    expect(contentOf((await toySource('toymodel:?array=lst&seed=9')).event(0))).to.not.deep.equal(contentOf(events[1]));
    expect(() => alone.event(5)).to.throw(RangeError, 'no event with index 5');
  });

  it('gives a subset of telescopes the same data as in the full array', async () => {
    const all = await toySource('toymodel:?seed=8');
    const some = await toySource('toymodel:?seed=8', { allowedTels: [7, 1] });
    expect(some.subarray.telIds).to.deep.equal([1, 7]);
    for (let index = 0; index < 4; index++) {
      const [whole, part] = [all.event(index), some.event(index)];
      const telIds = whole.trigger.telsWithTrigger.filter((telId) => some.subarray.tel.has(telId));
      expect(part.trigger.telsWithTrigger).to.deep.equal(telIds);
      expect(contentOf(part)).to.deep.equal(contentOf(whole, telIds));
    }
    const error = await errorOf(toySource('toymodel:', { allowedTels: [77] }));
    expect(error).to.be.instanceOf(CherenkitError).with.property('message').that.includes('telescope 77');
  });

  it('overwrites the waveforms of the previous event only with reusesWaveforms', async () => {
    const [keeps, reuses] = [await toySource('toymodel:?array=chec'), await toySource('toymodel:?array=chec')];
    reuses.reusesWaveforms = true;
    for (const source of [keeps, reuses]) {
      const samplesOf = (index: number) => onlyTelescope(source.event(index).r1.tel)[1].waveform?.samples;
      expect(samplesOf(0) === samplesOf(0)).to.equal(source === reuses);
    }
    for (const index of [0, 1]) expect(contentOf(reuses.event(index))).to.deep.equal(contentOf(keeps.event(index)));
  });

  for (const array of ['lst', 'nectarcam', 'flashcam', 'chec']) {
    it(`converts the true charge of ${array} to counts consistent with its calibration coefficients`, async () => {
      const source = await toySource(`toymodel:?array=${array}&noise=0&nsb=0`);
      for (let index = 0; index < 3; index++) {
        const event = source.event(index);
        for (const [telId, { waveform, selectedGainChannel }] of event.r1.tel) {
          const { trueImage, trueImageSum } = event.simulation?.tel.get(telId) ?? {};
          const raw = event.r0.tel.get(telId)?.waveform;
          const calibration = source.run.rawDataCalibration?.(telId);
          if (!waveform || !trueImage || !raw || !calibration || !selectedGainChannel) throw new Error('missing data');
          expect(sumOf(trueImage)).to.equal(trueImageSum);
          const { samples, nPixels, nSamples } = waveform;
          let faint = 0;
          let charge = 0;
          let lit = 0;
          for (let pixel = 0; pixel < nPixels; pixel++) {
            const row = selectedGainChannel[pixel] * nPixels + pixel;
            const [zero, factor] = [calibration.pedestal[row], calibration.dcToPe[row]];
            for (let i = 0; i < nSamples; i++) {
              const expected: number = (raw.samples[row * nSamples + i] - zero) * factor;
              const found: number = samples[pixel * nSamples + i];
              if (Math.abs(found - expected) > 1e-5 * Math.abs(expected)) expect.fail(`${found} is not ${expected}`);
            }
            // The brightest pixels of cameras with one gain channel are saturated.
            if (trueImage[pixel] === 0 || trueImage[pixel] > 150) continue;
            lit++;
            faint += trueImage[pixel];
            charge += sumOf(samples.subarray(pixel * nSamples, (pixel + 1) * nSamples));
          }
          // The charges of photo-electrons fluctuate by 40 %. Without noise all samples of a pixel have the same
          // rounding error of at most half a count, and halves are rounded up.
          const perCount = nSamples * Math.max(...calibration.dcToPe.subarray(0, nPixels));
          const rounding = perCount * (lit / 16 + 3 * 0.3 * Math.sqrt(lit));
          expect(charge).to.be.closeTo(faint, 0.02 * faint + 5 * 0.4 * Math.sqrt(faint) + rounding);
        }
      }
    });
  }

  it('selects the low-gain channel of saturated pixels', async () => {
    const source = await toySource('toymodel:?array=nectarcam&energy_min=20&core_radius=60');
    const event = source.event(0);
    let bright = 0;
    for (const [telId, { selectedGainChannel, pixelStatus, waveform }] of event.r1.tel) {
      const { trueImage } = event.simulation?.tel.get(telId) ?? {};
      if (!trueImage || !selectedGainChannel || !pixelStatus || !waveform) throw new Error('missing data');
      for (let pixel = 0; pixel < trueImage.length; pixel++) {
        const isLow = selectedGainChannel[pixel] === 1;
        expect(pixelStatus[pixel]).to.equal(isLow ? PixelStatus.LOW_GAIN_STORED : PixelStatus.HIGH_GAIN_STORED);
        if (trueImage[pixel] < 100) expect(isLow).to.equal(false);
        if (trueImage[pixel] < 500) continue;
        bright++;
        expect(isLow).to.equal(true);
        const charge = sumOf(waveform.channel(0).subarray(pixel * waveform.nSamples, (pixel + 1) * waveform.nSamples));
        if (trueImage[pixel] < 5000) expect(charge / trueImage[pixel]).to.be.within(0.85, 1.15);
      }
    }
    expect(bright).to.be.above(20);
  });

  it('has the configured noise of night sky and electronics around the pedestal', async () => {
    const widthOf = async (options: string) => {
      const event = (await toySource(`toymodel:?array=lst&calibration=2&${options}`)).event(1);
      expect(event.trigger.eventType).to.equal(EventType.SKY_PEDESTAL);
      const { samples } = onlyTelescope(event.r1.tel)[1].waveform ?? { samples: new Float32Array() };
      const high = samples.subarray(0, samples.length / 2);
      // 74 000 samples, correlated over a few samples.
      const width = Math.sqrt(sumOf(high.map((sample) => sample * sample)) / high.length);
      expect(sumOf(high) / high.length).to.be.closeTo(0, width / 40);
      return width;
    };
    // 3.5 counts at 60 counts per p.e.; rounding adds a little, and gains vary by 5 %.
    expect(await widthOf('nsb=0')).to.be.closeTo(3.5 / 60, 0.003);
    expect(await widthOf('nsb=0&noise=3')).to.be.closeTo(10.5 / 60, 0.006);
    expect((await widthOf('nsb=4&noise=0')) / (await widthOf('nsb=1&noise=0'))).to.be.closeTo(2, 0.1);
  });

  it('starts with alternating flat-field and pedestal events of all telescopes in both gain channels', async () => {
    const events = await allEvents(await toySource('toymodel:?array=nectarcam&calibration=3&events=1'));
    expect(events.map(({ index }) => index.eventId).slice(0, 3)).to.deep.equal([-1, -2, -3]);
    expect(events.map(({ trigger }) => trigger.eventType)).to.deep.equal([
      EventType.FLATFIELD,
      EventType.SKY_PEDESTAL,
      EventType.FLATFIELD,
      EventType.SUBARRAY,
    ]);
    const [flatField, pedestal] = events;
    for (const event of [flatField, pedestal]) {
      expect(event.simulation?.shower).to.equal(undefined);
      expect(event.trigger.telsWithTrigger).to.deep.equal([1, 2, 3, 4]);
      const [, r1] = onlyTelescope(event.r1.tel);
      expect([r1.waveform?.nChannels, r1.selectedGainChannel]).to.deep.equal([2, undefined]);
    }
    const [telId, { waveform }] = onlyTelescope(flatField.r1.tel);
    const trueImage = flatField.simulation?.tel.get(telId)?.trueImage;
    if (!waveform || !trueImage) throw new Error('missing data');
    for (let pixel = 0; pixel < trueImage.length; pixel++) {
      if (trueImage[pixel] < 30 || trueImage[pixel] > 160)
        expect.fail(`${trueImage[pixel]} p.e. in a flat field of 80`);
    }
    expect(sumOf(waveform.channel(0)) / sumOf(trueImage)).to.be.closeTo(1, 0.02);
    expect(sumOf(pedestal.simulation?.tel.get(telId)?.trueImage ?? [1])).to.equal(0);
  });

  it('simulates muon rings with the Cherenkov angle in the telescope that is hit', async () => {
    const source = await toySource('toymodel:?array=lst&particle=muon&energy_min=0.1&view_cone_radius=0.5&seed=2');
    for (let index = 0; index < 5; index++) {
      const { simulation } = source.event(index);
      const shower = simulation?.shower;
      if (!shower) throw new Error('missing shower');
      expect(shower.showerPrimaryId).to.equal(2);
      const [telId, { trueImage, impact }] = onlyTelescope(simulation.tel);
      expect(impact.distance).to.be.below(1.3 * Math.sqrt(387 / Math.PI));
      const { geometry } = source.subarray.telescope(telId).camera;
      const { pixX, pixY } = geometry.toTelescopeFrame();
      const [lon, lat] = [shower.az * Math.cos(shower.alt), shower.alt - radians(70)];
      const centreLon = lon > Math.PI * Math.cos(shower.alt) ? lon - 2 * Math.PI * Math.cos(shower.alt) : lon;
      let radius = 0;
      trueImage?.forEach((charge, pixel) => {
        radius += charge * Math.hypot(pixX[pixel] - centreLon, pixY[pixel] - lat);
      });
      const expected = muonConeAngle(shower.energy, refractivity(source.subarray.referenceLocation.height));
      // The pixel width is 0.1 degrees, as is the error of the flat approximation near the edge of the field of view.
      expect(radius / sumOf(trueImage ?? [])).to.be.closeTo(expected, radians(0.05));
    }
  });

  it('keeps broken pixels at the pedestal and flags them', async () => {
    const event = (await toySource('toymodel:?array=chec&broken_pixels=5')).event(0);
    const [telId, { pixelStatus, waveform }] = onlyTelescope(event.r1.tel);
    const { outlierMask } = event.monitoring.tel.get(telId)?.camera.coefficients ?? {};
    if (!outlierMask || !pixelStatus || !waveform) throw new Error('missing data');
    expect(sumOf(outlierMask)).to.be.within(4, 5);
    outlierMask.forEach((isOut, pixel) => {
      expect(pixelStatus[pixel] === 0).to.equal(isOut === 1);
      const samples = waveform.samples.subarray(pixel * waveform.nSamples, (pixel + 1) * waveform.nSamples);
      if (isOut === 1) expect(new Set(samples).size).to.equal(1);
    });
  });

  it('rejects invalid URLs and energies', async () => {
    for (const [url, message] of [
      ['toymodel:?energy_min=5&energy_max=2', 'Expected energy_min up to energy_max'],
      ['toymodel:events=3', 'expected only options after'],
    ]) {
      const error = await errorOf(toySource(url));
      expect(error, url).to.be.instanceOf(CherenkitError).with.property('exitCode', 2);
      expect(error.message).to.include(message);
    }
    const tooDim = await toySource('toymodel:?array=chec&energy_min=0.01&energy_max=0.02');
    expect(() => tooDim.event(0)).to.throw(CherenkitError, 'Raise energy_min');
  });
});
