import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { EventType, isNanTime, type ArrayEvent, type Time } from '@cherenkit/core';
import { expect } from 'chai';
import { inTestData } from './test-data.js';

/** Array of a reference, by its sums. */
export interface ReferenceSums {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly sum: number | string;
  readonly weighted: number | string;
  readonly not_finite?: number;
}

type ReferenceCamera = Readonly<Record<string, ReferenceSums | string | undefined>>;
type Level = 'r0' | 'r1' | 'dl0' | 'dl1';

/** Event of a reference made by ctapipe's plugins. */
export interface ReferenceEvent {
  readonly event_id: number;
  readonly obs_id: number;
  readonly event_type: string;
  readonly tels_with_trigger: readonly number[];
  readonly time_tai_mjd: readonly [number, number];
  readonly r0?: Readonly<Record<string, ReferenceCamera>>;
  readonly r1?: Readonly<Record<string, ReferenceCamera>>;
  readonly dl0?: Readonly<Record<string, ReferenceCamera>>;
  readonly dl1?: Readonly<Record<string, ReferenceCamera>>;
  readonly lst?: Readonly<Record<string, ReferenceSums | number | string | boolean>>;
  readonly nectarcam?: Readonly<Record<string, ReferenceSums | number | string | boolean>>;
  readonly time_shift_ns?: ReferenceSums;
}

export interface ZfitsReference {
  readonly datalevels: readonly string[];
  readonly subarray: {
    readonly name: string;
    readonly tel: Readonly<
      Record<
        string,
        {
          readonly name: string;
          readonly camera: string;
          readonly position_m: readonly number[];
          readonly pix_x_m: ReferenceSums;
          readonly pix_y_m: ReferenceSums;
          readonly pulse: ReferenceSums;
          readonly sampling_rate_GHz: number;
          readonly focal_length_m: readonly number[];
        }
      >
    >;
    readonly reference_itrs_m: readonly number[];
  };
  readonly events: readonly ReferenceEvent[];
}

/** Reads a reference of `reference/zfits`. */
export function zfitsReference(name: string): ZfitsReference {
  const path = inTestData('reference', 'zfits', `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(path)).toString()) as ZfitsReference;
}

/** Asserts that an array has the size and the sums of the reference: integers exactly, floats to a relative tolerance. */
export function expectSums(
  values: ArrayLike<number> | undefined,
  wanted: ReferenceSums,
  place: string,
  tolerance = 1e-6,
): void {
  expect(values?.length, place).to.equal(wanted.shape.reduce((product, size) => product * size, 1));
  let [sum, weighted, magnitude] = [0, 0, 0];
  for (let i = 0; i < (values?.length ?? 0); i++) {
    const value = Number(values?.[i]);
    if (!Number.isFinite(value) || Math.abs(value) > 1e30) continue;
    sum += value;
    weighted += value * ((i % 1009) + 1);
    magnitude += Math.abs(value);
  }
  const isExact = !wanted.dtype.startsWith('float');
  for (const [ours, theirs, scale] of [
    [sum, Number(wanted.sum), magnitude],
    [weighted, Number(wanted.weighted), 505 * magnitude],
  ] as const) {
    // Sums of values of both signs may be small beside the values.
    if (isExact) expect(ours, place).to.equal(theirs);
    else expect(ours, place).to.be.closeTo(theirs, tolerance * Math.max(Math.abs(theirs), scale));
  }
}

const CAMERA_FIELDS = {
  waveform: 'waveform',
  pixel_status: 'pixelStatus',
  selected_gain_channel: 'selectedGainChannel',
  first_cell_id: 'firstCellId',
  pixel_time_shift: 'pixelTimeShift',
  image: 'image',
  peak_time: 'peakTime',
} as const;

/** Options of {@link expectEvent}. */
export interface ExpectEventOptions {
  readonly levels: readonly Level[];
  /** Fields of cameras that the reference is known to have wrong, and the type of the array event. */
  readonly except?: readonly (keyof typeof CAMERA_FIELDS | 'event_type')[];
  readonly tolerance?: number;
}

/** Asserts that an event is that of the reference. */
export function expectEvent(
  event: ArrayEvent,
  wanted: ReferenceEvent,
  { levels, except = [], tolerance }: ExpectEventOptions,
): void {
  const place = `event ${event.index.eventId}`;
  expect(event.index, place).to.include({ eventId: wanted.event_id, obsId: wanted.obs_id });
  expect(event.trigger.telsWithTrigger, place).to.deep.equal(wanted.tels_with_trigger);
  if (!except.includes('event_type')) {
    expect(event.trigger.eventType, place).to.equal(EventType[wanted.event_type as keyof typeof EventType]);
  }
  expectTime(event.trigger.time, wanted.time_tai_mjd, place);
  for (const level of levels) {
    for (const [telId, fields] of Object.entries(wanted[level] ?? {})) {
      const camera = event[level].tel.get(Number(telId)) as unknown as Record<string, unknown> | undefined;
      for (const [name, own] of Object.entries(CAMERA_FIELDS) as [keyof typeof CAMERA_FIELDS, string][]) {
        const sums = fields[name];
        if (sums === undefined || typeof sums === 'string' || except.includes(name)) continue;
        const value = camera?.[own] as { readonly samples?: ArrayLike<number> } | ArrayLike<number> | undefined;
        const values = value !== undefined && 'samples' in value ? value.samples : value;
        expectSums(values as ArrayLike<number>, sums, `${place}, telescope ${telId}: ${level} ${name}`, tolerance);
      }
    }
  }
}

/** MJD of the beginning of unix time. */
const UNIX_EPOCH = 40587;

/** Asserts that a time equals that of the reference, to the precision of its two numbers. */
function expectTime(time: Time, [day, fraction]: readonly [number, number], place: string): void {
  expect(isNanTime(time), place).to.equal(false);
  const seconds = (day - UNIX_EPOCH) * 86400;
  const difference = time.seconds - seconds - fraction * 86400 + time.quarterNanoseconds / 4e9;
  expect(Math.abs(difference), `${place}: time`).to.be.lessThan(2e-8);
}
