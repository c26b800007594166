import {
  ArrayEvent,
  CameraCalibrator,
  DataVolumeReducer,
  R1CameraContainer,
  TelescopeMonitoringContainer,
  waveformsOf,
} from '@cherenkit/core';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { REFERENCE, type CameraReference } from '../../support/waveform-reference.js';
import { expectSame, unpack } from '../../support/packed-array.js';
import { gainSelected, subarrayWithCamera } from '../../support/small-camera.js';

/** Keeps the odd pixels. */
class EverySecondReducer extends DataVolumeReducer {
  override reduce({ nPixels }: { nPixels: number }): Uint8Array {
    return Uint8Array.from({ length: nPixels }, (_, pixel) => pixel % 2);
  }
}

/** The event calibrated by make_waveform_reference.py. */
function eventOf(camera: CameraReference, isSelected: boolean, nSamples = REFERENCE.nSamples): ArrayEvent {
  const selected = unpack('i1', camera.selected);
  const nPixels = selected.length;
  const rows = unpack('f4', camera.cases[0].waveforms);
  const samples = rows.filter((_, i) => i % REFERENCE.nSamples < nSamples);
  const event = new ArrayEvent();
  const r1 = new R1CameraContainer({
    waveform: isSelected
      ? waveformsOf(gainSelected(samples, selected, nSamples), 1, nPixels, nSamples)
      : waveformsOf(samples, 2, nPixels, nSamples),
    selectedGainChannel: isSelected ? selected : undefined,
    pixelStatus: Uint8Array.from({ length: nPixels }, (_, pixel) => (pixel % 3 === 0 ? 4 : 8 + 16)),
  });
  event.r1.tel.set(1, r1);
  const monitoring = new TelescopeMonitoringContainer();
  const outliers = unpack('u1', camera.broken).subarray(0, nPixels);
  Object.assign(monitoring.camera.coefficients, {
    pedestalOffset: unpack('f4', camera.offset),
    factor: unpack('f4', camera.gain),
    timeShift: unpack('f4', camera.cases[1].timeShift),
    outlierMask: Uint8Array.of(...outliers, ...outliers),
  });
  event.monitoring.tel.set(1, monitoring);
  return event;
}

/** @param traits - by their names in a configuration */
async function calibrated(camera: CameraReference, event: ArrayEvent, traits: object = {}): Promise<ArrayEvent> {
  (await calibratorFor(camera, traits)).calibrate(event);
  return event;
}

function calibratorFor(camera: CameraReference, traits: object): Promise<CameraCalibrator> {
  return buildComponent(CameraCalibrator, {
    subarray: subarrayWithCamera(camera),
    config: { CameraCalibrator: traits },
    plugins: [extractorsPlugin],
    components: [EverySecondReducer],
  });
}

describe('CameraCalibrator', () => {
  it('gives the time shifts of the selected gains, by which peak times are earlier than the pulses', async () => {
    const [camera] = Object.values(REFERENCE.cameras);
    const event = eventOf(camera, true);
    const calibrator = await calibratorFor(camera, {});
    const selected = event.r1.tel.get(1)?.selectedGainChannel ?? [];
    expect(new Set(selected)).to.deep.equal(new Set([0, 1]));
    const { timeShift } = event.monitoring.tel.get(1)?.camera.coefficients ?? {};
    const expected = Array.from(selected, (channel, pixel) => timeShift?.[channel * selected.length + pixel]);
    calibrator.calibrate(event);
    expect([...(calibrator.timeShiftOf(event, 1) ?? [])]).to.deep.equal(expected);
    const unshifted = eventOf(camera, true);
    const traits = { apply_waveform_time_shift: false, apply_peak_time_shift: false };
    const without = await calibratorFor(camera, traits);
    without.calibrate(unshifted);
    expect(without.timeShiftOf(unshifted, 1)).to.equal(undefined);
  });

  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    for (const { traits, gainSelected: isSelected, nSamples, pixelStatus, image, peakTime } of camera.calibrations) {
      const gains = isSelected ? 'gain selected' : 'two gain channels';
      it(`equals ctapipe for ${name}, ${gains}, ${nSamples} samples, ${JSON.stringify(traits)}`, async () => {
        const event = eventOf(camera, isSelected, nSamples);
        const before = event.r1.tel.get(1)?.waveform?.samples.slice() ?? [];
        await calibrated(camera, event, traits);
        const dl1 = event.dl1.tel.get(1);
        expectSame(event.dl0.tel.get(1)?.pixelStatus ?? [], unpack('u1', pixelStatus));
        expectSame(dl1?.image ?? [], unpack('f4', image));
        expectSame(dl1?.peakTime ?? [], unpack('f4', peakTime));
        expect(dl1?.isValid).to.equal(true);
        expectSame(event.r1.tel.get(1)?.waveform?.samples ?? [], before);
      });
    }
  }

  const camera = REFERENCE.cameras.Hexagonal;

  it('sets the waveforms of removed pixels to zero in a copy and clears their pixel status bits', async () => {
    const event = eventOf(camera, false);
    const r1 = event.r1.tel.get(1)?.waveform;
    await calibrated(camera, event, { data_volume_reducer_type: 'EverySecondReducer' });
    const dl0 = event.dl0.tel.get(1);
    const nPixels = r1?.nPixels ?? NaN;
    const expected = r1?.samples.map((sample, i) =>
      (Math.floor(i / REFERENCE.nSamples) % nPixels) % 2 === 0 ? 0 : sample,
    );
    expectSame(dl0?.waveform?.samples ?? [], expected ?? []);
    expect(r1?.samples.slice(0, 5)).not.to.deep.equal(new Float32Array(5));
    const bits = dl0?.pixelStatus?.map((status) => status & 3);
    expectSame(
      bits ?? [],
      Uint8Array.from({ length: nPixels }, (_, pixel) => (pixel % 2 === 0 ? 0 : 3)),
    );
  });

  it('applies the outlier mask of the selected gain channel', async () => {
    const selected = unpack('i1', camera.selected);
    const nPixels = selected.length;
    const [low, high] = [selected.indexOf(1), selected.indexOf(0)];
    const imageWith = async (outliers: number[]): Promise<Float32Array> => {
      const event = eventOf(camera, true);
      const outlierMask = Uint8Array.from({ length: 2 * nPixels }, (_, row) => Number(outliers.includes(row)));
      Object.assign(event.monitoring.tel.get(1)?.camera.coefficients ?? {}, { outlierMask });
      return (await calibrated(camera, event)).dl1.tel.get(1)?.image ?? new Float32Array();
    };
    const plain = await imageWith([]);
    expectSame(await imageWith([low, nPixels + high]), plain);
    expect((await imageWith([nPixels + low]))[low]).not.to.equal(plain[low]);
    expect((await imageWith([high]))[high]).not.to.equal(plain[high]);
  });

  it('skips telescopes without waveforms and works without monitoring data', async () => {
    const event = eventOf(camera, true);
    event.monitoring.tel.clear();
    event.r1.tel.set(2, new R1CameraContainer());
    await calibrated(camera, event);
    expect([...event.dl0.tel.keys()]).to.deep.equal([1]);
    expect([...event.dl1.tel.keys()]).to.deep.equal([1]);
    expect(event.dl1.tel.get(1)?.isValid).to.equal(true);
  });
});
