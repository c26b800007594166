import {
  durationBetween,
  isNanTime,
  type ArrayEvent,
  type ReconstructedContainer,
  type SubarrayDescription,
  type Time,
} from '@cherenkit/core';
import { angularSeparation, degrees, wrapAtPi } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';

/** A number per event, NaN where it is not known. */
interface ReportColumn {
  readonly name: string;
  readonly unit?: string;
  readonly description: string;
  readonly of: (shown: ShownEvent) => number;
}

type Geometry = ReturnType<ReconstructedContainer['geometry']['get']>;

/** An event with the result that is reported. */
interface ShownEvent {
  readonly event: ArrayEvent;
  readonly subarray: SubarrayDescription;
  /** The valid result. */
  readonly found: Geometry;
  /** Time of the first event. */
  readonly start: Time | undefined;
}

/** Column of charges, whose unit depends on the input. */
const INTENSITY = 'intensity';

/** Columns of the table of events. */
const REPORT_COLUMNS: readonly ReportColumn[] = [
  { name: 'obs_id', description: 'run', of: ({ event }) => event.index.obsId },
  { name: 'event_id', description: 'event', of: ({ event }) => event.index.eventId },
  {
    name: 'time',
    unit: 's',
    description: 'time since the first event',
    of: ({ event, start }) =>
      start && isTime(event.trigger.time) ? durationBetween(start, event.trigger.time) / 1e9 : NaN,
  },
  { name: 'true_energy', unit: 'TeV', description: 'true energy', of: ({ event }) => truthOf(event)?.energy ?? NaN },
  {
    name: 'energy',
    unit: 'TeV',
    description: 'reconstructed energy',
    of: ({ event }) => valid(event.dl2.stereo.energy)?.energy ?? NaN,
  },
  {
    name: 'gammaness',
    description: 'score of the classification',
    of: ({ event }) => valid(event.dl2.stereo.particleType)?.prediction ?? NaN,
  },
  { name: 'n_images', description: 'telescopes with an image', of: ({ event }) => event.dl1.tel.size },
  { name: 'n_used', description: 'telescopes used', of: ({ found }) => found?.telescopes.length ?? 0 },
  {
    name: INTENSITY,
    description: 'sum of the intensities',
    of: ({ event }) => hillasOf(event).reduce((sum, { intensity }) => sum + intensity, 0),
  },
  { name: 'width', unit: 'deg', description: 'mean width', of: (shown) => meanAngle(shown, 'width') },
  { name: 'length', unit: 'deg', description: 'mean length', of: (shown) => meanAngle(shown, 'length') },
  { name: 'h_max', unit: 'km', description: 'height of the maximum', of: ({ found }) => (found?.hMax ?? NaN) / 1000 },
  { name: 'theta', unit: 'deg', description: 'distance from the true direction', of: theta },
  {
    name: 'delta_lon',
    unit: 'deg',
    description: 'found minus true, along the azimuth',
    of: ({ event, found }) => {
      const { az = NaN, alt = NaN } = truthOf(event) ?? {};
      return degrees(wrapAtPi((found?.az ?? NaN) - az) * Math.cos(alt));
    },
  },
  {
    name: 'delta_lat',
    unit: 'deg',
    description: 'found minus true, along the altitude',
    of: ({ event, found }) => degrees((found?.alt ?? NaN) - (truthOf(event)?.alt ?? NaN)),
  },
  { name: 'true_core_x', unit: 'm', description: 'true core, north', of: ({ event }) => truthOf(event)?.coreX ?? NaN },
  { name: 'true_core_y', unit: 'm', description: 'true core, west', of: ({ event }) => truthOf(event)?.coreY ?? NaN },
  { name: 'core_x', unit: 'm', description: 'core, north', of: ({ found }) => found?.coreX ?? NaN },
  { name: 'core_y', unit: 'm', description: 'core, west', of: ({ found }) => found?.coreY ?? NaN },
  {
    name: 'core_error',
    unit: 'm',
    description: 'distance from the true core',
    of: ({ event, found }) => {
      const { coreX = NaN, coreY = NaN } = truthOf(event) ?? {};
      return Math.hypot((found?.coreX ?? NaN) - coreX, (found?.coreY ?? NaN) - coreY);
    },
  },
];

/** Seconds. */
const DAY = 86_400;
/** Index of the column of times. */
const TIME = REPORT_COLUMNS.findIndex(({ name }) => name === 'time');

/** When the events of a run were triggered. */
export interface RunTiming {
  /** Time of the first event in the input. */
  readonly start: Time;
  /** Between the earliest and the latest event, s. */
  readonly duration: number;
  /** Number of events with a time. */
  readonly nEvents: number;
}

/** Collects the numbers of events. */
export class ReportRows {
  readonly #values = REPORT_COLUMNS.map((): number[] => []);
  readonly #reasons: string[] = [];
  #reconstructor: string | undefined;
  #start: Time | undefined;

  /** @param chargeUnit - of the intensities */
  constructor(
    readonly subarray: SubarrayDescription,
    private readonly chargeUnit: string,
  ) {}

  /** Name of the reconstructor whose results are reported: the first one of the first event with results. */
  get reconstructor(): string | undefined {
    return this.#reconstructor;
  }

  /** When the events were triggered; undefined if no time is known. */
  get timing(): RunTiming | undefined {
    if (this.#start === undefined) return undefined;
    const times = this.#values[TIME].filter(Number.isFinite);
    const [first, last] = times.reduce(([a, b], time) => [Math.min(a, time), Math.max(b, time)], [0, 0]);
    return { start: this.#start, duration: last - first, nEvents: times.length };
  }

  get nRows(): number {
    return this.#reasons.length;
  }

  /** Adds an event, and returns its numbers by the names of the columns. */
  add(event: ArrayEvent): Readonly<Record<string, number>> {
    const { geometry } = event.dl2.stereo;
    this.#reconstructor ??= geometry.keys().next().value;
    if (isTime(event.trigger.time)) this.#start ??= event.trigger.time;
    const result = geometry.get(this.#reconstructor ?? '');
    const found = result?.isValid ? result : undefined;
    const shown = { event, subarray: this.subarray, found, start: this.#start };
    this.#reasons.push(result?.isValid ? '' : (result?.reason ?? 'no result'));
    return Object.fromEntries(
      REPORT_COLUMNS.map(({ name, of }, i) => {
        const value = of(shown);
        this.#values[i].push(value);
        return [name, value];
      }),
    );
  }

  /** The numbers of all events; columns without any finite number are left out. */
  table(): Table {
    const columns = REPORT_COLUMNS.flatMap(({ name, unit, description }, i) => {
      const values = Float64Array.from(this.#values[i]);
      const text = name === INTENSITY ? `${description}, ${this.chargeUnit}` : description;
      return values.some(Number.isFinite) ? [[name, { values, unit, description: text }] as const] : [];
    });
    return Table.of({
      ...Object.fromEntries(columns),
      reason: { values: this.#reasons, type: 'string', description: 'why there is no result' },
    });
  }
}

/** Whether a time is known: not NaN, and not the start of unix time, which simulations without times have. */
function isTime(time: Time): boolean {
  return !isNanTime(time) && time.seconds > DAY;
}

function truthOf({
  simulation,
}: ArrayEvent): { energy: number; alt: number; az: number; coreX: number; coreY: number } | undefined {
  return simulation?.shower;
}

function valid<T extends { readonly isValid: boolean }>(results: ReadonlyMap<string, T>): T | undefined {
  return [...results.values()].find(({ isValid }) => isValid);
}

function theta({ event, found }: ShownEvent): number {
  const { alt = NaN, az = NaN } = truthOf(event) ?? {};
  return degrees(angularSeparation(found?.az ?? NaN, found?.alt ?? NaN, az, alt));
}

function hillasOf({
  dl1,
}: ArrayEvent): { intensity: number; width: number; length: number; telId: number; isAngle: boolean }[] {
  return [...dl1.tel].flatMap(([telId, { parameters }]) => {
    const { intensity = NaN, width = NaN, length = NaN } = parameters?.hillas ?? {};
    return Number.isFinite(intensity)
      ? [{ intensity, width, length, telId, isAngle: parameters?.frame === 'TelescopeFrame' }]
      : [];
  });
}

/** Mean over the images, weighted with their intensities, in degrees. */
function meanAngle({ event, subarray }: ShownEvent, name: 'width' | 'length'): number {
  let [sum, weights] = [0, 0];
  for (const { telId, isAngle, intensity, ...hillas } of hillasOf(event)) {
    const scale = isAngle ? 1 : 1 / subarray.telescope(telId).camera.frame.focalLength;
    sum += intensity * hillas[name] * scale;
    weights += intensity;
  }
  return degrees(sum / weights);
}
