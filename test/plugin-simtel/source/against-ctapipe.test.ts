import {
  EventType,
  memberName,
  toMjdTai,
  type ArrayEvent,
  type SimulationConfigContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import { degrees, radians } from '@cherenkit/kernels';
import { expect } from 'chai';

import { readReference, referenceNames, type CtapipeReference } from '../../support/ctapipe-reference.js';
import { openSimtel } from '../../support/open-simtel.js';

interface Quantity {
  readonly value: number | null;
  readonly unit: string;
}

interface TelescopeReference {
  readonly r0?: { readonly waveform_shape: number[]; readonly waveform_sum: number; readonly first_pixel: number[][] };
  readonly r1: {
    readonly waveform_shape: number[];
    readonly waveform_sum: number;
    readonly selected_gain_channel_sum: number | null;
  };
  readonly simulation: {
    readonly true_image_sum: number | null;
    readonly impact: { readonly distance: Quantity; readonly distance_uncert: Quantity };
  };
}

interface TriggerReference {
  readonly time: { readonly mjd_tai: number };
  readonly event_type: string;
}

interface EventReference {
  readonly count: number;
  readonly index: { readonly obs_id: number; readonly event_id: number };
  readonly trigger: TriggerReference & {
    readonly tels_with_trigger: number[];
    readonly tel: Record<string, TriggerReference & { n_trigger_pixels: number; trigger_pixels: number[] | null }>;
  };
  readonly simulation_shower: Record<string, Quantity | number> | null;
  readonly pointing: Record<string, Quantity>;
  readonly tel: Record<string, TelescopeReference>;
}

interface Reference extends CtapipeReference<EventReference> {
  readonly file: string;
  readonly skip_calibration_events: boolean;
  readonly options?: { readonly select_gain?: boolean; readonly allowed_tels?: number[] };
  readonly simulation_config: Record<string, Record<string, Quantity | number>>;
}

/** ctapipe's name of a field in camelCase. */
function camelCase(name: string): string {
  return name.replace(/_([A-Za-z])/g, (_, letter: string) => letter.toUpperCase());
}

function inMemoryUnit(value: Quantity | number): number {
  if (typeof value === 'number') return value;
  if (value.value === null) return NaN;
  if (value.unit === 'nm') return value.value * 1e-9;
  return value.unit === 'deg' ? radians(value.value) : value.value;
}

/** Values copied from the file in single precision may differ in the last printed digit. */
function expectEqual(actual: number, expected: number, what: string): void {
  if (Number.isNaN(expected)) expect(actual, what).to.satisfy(Number.isNaN);
  else expect(actual, what).to.be.closeTo(expected, 1e-12 * Math.abs(expected));
}

function expectFields(container: object, reference: Record<string, Quantity | number>, what: string): void {
  const values = container as Record<string, unknown>;
  expect(Object.keys(reference).length).to.be.greaterThan(0);
  for (const [name, value] of Object.entries(reference)) {
    const actual = Number(values[camelCase(name)] ?? NaN);
    // ctapipe keeps an altitude clipped at pi / 2 in single precision.
    if (name.endsWith('_alt')) expectEqual(Math.fround(actual), Math.fround(inMemoryUnit(value)), `${what}.${name}`);
    else expectEqual(actual, inMemoryUnit(value), `${what}.${name}`);
  }
}

function largestDifference(actual: Float64Array, expected: readonly number[]): number {
  expect(actual.length).to.equal(expected.length);
  return actual.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[i])), 0);
}

function expectSubarray(subarray: SubarrayDescription, { subarray: expected, cameras }: Reference): void {
  expect(subarray.name).to.equal(expected.name);
  const { lon_deg, lat_deg, height_m } = expected.reference_location;
  // ctapipe converts to Earth-centred coordinates and back: some nanometres.
  expect(degrees(subarray.referenceLocation.lon)).to.be.closeTo(lon_deg, 1e-12);
  expect(degrees(subarray.referenceLocation.lat)).to.be.closeTo(lat_deg, 1e-12);
  expect(subarray.referenceLocation.height).to.be.closeTo(height_m, 1e-8);
  expect(subarray.telIds.map(String)).to.have.members(Object.keys(expected.tels));

  for (const [id, telescope] of Object.entries(expected.tels)) {
    const telId = Number(id);
    const { optics, camera, name } = subarray.telescope(telId);
    const { x, y, z } = subarray.positions.get(telId) ?? { x: NaN, y: NaN, z: NaN };
    expect(subarray.typeOf(telId)).to.equal(telescope.str);
    expect(name).to.equal(telescope.name);
    expect([x, y, z]).to.deep.equal(telescope.position_m);
    expect({
      name: optics.name,
      size_type: optics.sizeType,
      reflector_shape: optics.reflectorShape,
      n_mirrors: optics.nMirrors,
      n_mirror_tiles: optics.nMirrorTiles,
      mirror_area_m2: optics.mirrorArea,
      equivalent_focal_length_m: optics.equivalentFocalLength,
      effective_focal_length_m: Number.isNaN(optics.effectiveFocalLength) ? null : optics.effectiveFocalLength,
    }).to.deep.equal(telescope.optics);
    const { readout, geometry } = camera;
    const pulse = readout.referencePulseShape;
    const { reference_pulse_sum, ...rest } = telescope.readout as typeof telescope.readout & {
      reference_pulse_sum: number;
    };
    expect({
      sampling_rate_ghz: readout.samplingRate,
      n_channels: readout.nChannels,
      n_samples: readout.nSamples,
      reference_pulse_shape: [pulse.length, pulse[0].length],
      reference_pulse_sample_width_ns: readout.referencePulseSampleWidth,
    }).to.deep.equal(rest);
    const pulseSum = pulse.flatMap((shape) => [...shape]).reduce((sum, value) => sum + value, 0);
    expect(pulseSum).to.be.closeTo(reference_pulse_sum, 1e-9); // numpy sums in another order

    const camera_ = cameras[telescope.camera];
    expect(camera.name).to.equal(camera_.name);
    expect(geometry.pixType).to.equal(camera_.pix_type);
    expect(degrees(geometry.pixRotation)).to.be.closeTo(camera_.pix_rotation_deg, 1e-9);
    expect(geometry.pixArea.reduce((sum, area) => sum + area, 0)).to.be.closeTo(camera_.pix_area_m2_sum, 1e-9);
    expect(geometry.nPixels).to.equal(camera_.n_pixels);
    // The reference is printed with nine digits.
    expect(largestDifference(geometry.pixX, camera_.pix_x_m)).to.be.lessThan(1e-8);
    expect(largestDifference(geometry.pixY, camera_.pix_y_m)).to.be.lessThan(1e-8);
  }
  for (const camera of new Set(subarray.tel.values())) {
    const { geometry } = camera.camera;
    const telescope = Object.values(expected.tels).find(({ str }) => str === String(camera));
    const { neighbor_pairs, border_width1 } = cameras[telescope?.camera ?? ''];
    expect(geometry.neighbors.indices.length).to.equal(neighbor_pairs);
    expect(geometry.borderPixelMask(1).reduce((sum, value) => sum + value, 0)).to.equal(border_width1);
  }
}

function expectEvent(event: ArrayEvent, expected: EventReference): void {
  expect(event.count).to.equal(expected.count);
  expect({ obs_id: event.index.obsId, event_id: event.index.eventId }).to.deep.equal(expected.index);

  const { trigger } = event;
  const microsecond = 1e-6 / 86400; // resolution of a Modified Julian Date in double precision
  expect(toMjdTai(trigger.time)).to.be.closeTo(expected.trigger.time.mjd_tai, microsecond);
  expect(memberName(EventType, trigger.eventType)).to.equal(expected.trigger.event_type);
  expect(trigger.telsWithTrigger).to.deep.equal(expected.trigger.tels_with_trigger);
  expect([...trigger.tel.keys()].map(String)).to.have.members(Object.keys(expected.trigger.tel));
  for (const [telId, { time, eventType, nTriggerPixels, triggerPixels }] of trigger.tel) {
    const reference = expected.trigger.tel[telId];
    expect(toMjdTai(time)).to.be.closeTo(reference.time.mjd_tai, microsecond);
    expect(memberName(EventType, eventType)).to.equal(reference.event_type);
    expect(nTriggerPixels).to.equal(reference.n_trigger_pixels);
    expect(triggerPixels && [...triggerPixels]).to.deep.equal(reference.trigger_pixels ?? undefined);
  }

  expect(event.simulation?.shower === undefined).to.equal(expected.simulation_shower === null);
  if (event.simulation?.shower && expected.simulation_shower) {
    expectFields(event.simulation.shower, expected.simulation_shower, 'shower');
  }
  expectFields(event.monitoring.pointing, expected.pointing, 'pointing');

  expect([...event.r1.tel.keys()].map(String)).to.have.members(Object.keys(expected.tel));
  for (const [id, reference] of Object.entries(expected.tel)) expectTelescope(event, Number(id), reference);
}

function expectTelescope(event: ArrayEvent, telId: number, { r0, r1, simulation }: TelescopeReference): void {
  const raw = event.r0.tel.get(telId)?.waveform;
  const calibrated = event.r1.tel.get(telId);
  if (raw === undefined || calibrated?.waveform === undefined) throw new Error(`telescope ${telId} has no waveforms`);
  const { nChannels, nPixels, nSamples } = raw;
  expect([nChannels, nPixels, nSamples]).to.deep.equal(r0?.waveform_shape);
  let sum = 0;
  for (const sample of raw.samples) sum += sample;
  expect(sum).to.equal(r0?.waveform_sum);
  const firstPixel = Array.from({ length: nChannels }, (_, channel) => [...raw.channel(channel).slice(0, nSamples)]);
  expect(firstPixel).to.deep.equal(r0?.first_pixel);

  const { waveform, selectedGainChannel } = calibrated;
  expect([waveform.nChannels, waveform.nPixels, waveform.nSamples]).to.deep.equal(r1.waveform_shape);
  let total = 0;
  let absolute = 0;
  for (const sample of waveform.samples) {
    total += sample;
    absolute += Math.abs(sample);
  }
  // The samples are equal; numpy sums in another order, and calibrates 32-bit sums in double precision.
  const tolerance = raw.samples instanceof Uint32Array ? 1e-7 : 1e-13;
  expect(total).to.be.closeTo(r1.waveform_sum, tolerance * absolute);
  const selected = selectedGainChannel?.reduce((count, channel) => count + channel, 0);
  expect(selected).to.equal(r1.selected_gain_channel_sum ?? undefined);

  const truth = event.simulation?.tel.get(telId);
  const trueSum = truth?.trueImage?.reduce((count, photoelectrons) => count + photoelectrons, 0);
  expect(trueSum).to.equal(simulation.true_image_sum ?? undefined);
  // Computed in double precision; ctapipe uses astropy's frames.
  const distance = simulation.impact.distance.value ?? NaN;
  if (Number.isNaN(distance)) expect(truth?.impact.distance).to.satisfy(Number.isNaN);
  else expect(truth?.impact.distance).to.be.closeTo(distance, 1e-9 * distance);
  expect(truth?.impact.distanceUncert).to.deep.equal(simulation.impact.distance_uncert.value ?? NaN);
}

describe('SimTelEventSource, compared with ctapipe', function () {
  const names = referenceNames();
  before(function () {
    if (names.length > 0) return;
    console.log('      CHERENKIT_TEST_DATA is not set: no real files to compare with ctapipe');
    this.skip();
  });

  it('has reference files', () => {
    expect(names.length).to.be.greaterThan(20);
  });

  for (const name of names) {
    it(`gives the same subarray, configuration and events for ${name}`, async () => {
      const reference = readReference(name) as Reference;
      const { select_gain, allowed_tels } = reference.options ?? {};
      await using source = await openSimtel(reference.file, {
        focalLengthChoice: reference.focal_length_choice,
        skipCalibrationEvents: reference.skip_calibration_events,
        selectGain: select_gain,
        allowedTels: allowed_tels,
      });
      expectSubarray(source.subarray, reference);

      const configs = Object.entries(reference.simulation_config);
      expect([...source.run.simulationConfig.keys()]).to.deep.equal(configs.map(([obsId]) => Number(obsId)));
      for (const [obsId, config] of configs) {
        const ours: SimulationConfigContainer | undefined = source.run.simulationConfig.get(Number(obsId));
        expectFields(ours ?? {}, config, 'simulationConfig');
      }

      let count = 0;
      for await (const event of source) expectEvent(event, reference.events[count++]);
      expect(count).to.equal(reference.events.length);
      expect([...source.outcome.rejected]).to.deep.equal([]);
      expect(source.outcome.truncated).to.equal(false);
    });
  }
});
