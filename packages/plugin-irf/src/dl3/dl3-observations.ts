import {
  altAzToEquatorial,
  altAzToNominal,
  angularSeparation,
  degrees,
  earthAxis,
  nominalToAltAz,
  type AltAz,
  type GeodeticLocation,
} from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { passesParticleCuts, type SelectionCuts } from '../cuts/selection-cuts.js';
import { requireColumns, type DL2EventPreprocessor } from '../events/dl2-event-preprocessor.js';
import { namesInCriteria } from '../events/dl2-event-quality-query.js';
import { smallestMultiplicity } from '../events/event-table.js';
import { secondsOf, type Dl3Events } from './gadf-events.js';
import type { BlockKind, BlockPointing } from './observation-pointing.js';

/** Selected events of an observation, and the pointing of its observation block. */
export interface Dl3Observation {
  readonly obsId: number;
  readonly events: Dl3Events;
  readonly pointing: Omit<BlockPointing, keyof BlockKind>;
}

/** Time for which the axis of the Earth is computed once, s. */
const AXIS_SECONDS = 60;

/** Columns of the file that event lists need beside those of the results. */
const IDS = ['obs_id', 'event_id', 'time'] as const;

/** Names in the file of the columns that `selectEvents` uses. @throws ExpressionError for an invalid criterion */
export function columnsForSelection(preprocessor: DL2EventPreprocessor, cuts: SelectionCuts): string[] {
  const results = Object.keys(preprocessor.resultColumns);
  const criteria = namesInCriteria(cuts.qualityCriteria);
  return [...new Set([...IDS, ...results, ...preprocessor.telescopeColumns, ...criteria])];
}

/**
 * Selects events by quality criteria and cuts on gammaness and multiplicity; the cut on the direction is part of the analysis.
 * Columns: those of the file.
 *
 * @throws CherenkitError DL2_UNSUPPORTED (65) for missing columns
 */
export function selectEvents(
  events: Table,
  preprocessor: DL2EventPreprocessor,
  cuts: SelectionCuts,
  file: string,
): Table {
  const needed = preprocessor.resultColumns;
  const masks = preprocessor.telescopeColumns;
  requireColumns(events, [...IDS, ...Object.keys(needed), ...masks], file, cuts.qualityCriteria);
  const multiplicity = smallestMultiplicity(masks.map((name) => events.column(name)));
  const renamed = events
    .select(...IDS, ...Object.keys(needed))
    .rename(needed)
    .withColumn('multiplicity', multiplicity);
  // Rows are copied once, without the masks of telescopes.
  const mask = preprocessor.qualityQuery.mask(events, cuts.qualityCriteria);
  const passed = passesParticleCuts(renamed, cuts);
  return renamed.filter(passed.map((each, row) => each & mask[row]));
}

/**
 * Groups selected events by observation, and computes their directions in the ICRS.
 *
 * @param origin - the right ascension and declination (rad) at which the pointing of each observation is placed: directions keep
 *   their places in the field of view, with right ascension for azimuth. For simulations, whose times are not those of a sky.
 *   Undefined: directions are converted with the times of the events
 */
export function observationsOf(
  selected: Table,
  site: GeodeticLocation,
  origin: { readonly ra: number; readonly dec: number } | undefined,
): Dl3Observation[] {
  return selected.groupBy('obs_id').map(({ key, table }) => {
    const time = secondsOf(table.column('time'));
    const [alt, az] = [table.numbers('reco_alt', 'rad'), table.numbers('reco_az', 'rad')];
    const [pointingAlt, pointingAz] = [table.numbers('pointing_alt', 'rad'), table.numbers('pointing_az', 'rad')];
    const pointing: AltAz = { alt: pointingAlt[0], az: pointingAz[0] };
    let axis = earthAxis(time[0]);
    let axisTime = time[0];
    const toSky = (direction: AltAz, seconds: number): { readonly ra: number; readonly dec: number } => {
      if (origin === undefined) {
        if (Math.abs(seconds - axisTime) > AXIS_SECONDS) [axis, axisTime] = [earthAxis(seconds), seconds];
        return altAzToEquatorial(direction, seconds, site, axis);
      }
      const moved = nominalToAltAz(altAzToNominal(direction, pointing), { alt: origin.dec, az: origin.ra });
      return { ra: moved.az, dec: moved.alt };
    };
    const [ra, dec] = [new Float64Array(table.nRows), new Float64Array(table.nRows)];
    for (let i = 0; i < table.nRows; i++) {
      const direction = toSky({ alt: alt[i], az: az[i] }, time[i]);
      [ra[i], dec[i]] = [degrees(direction.ra), degrees(direction.dec)];
    }
    const events = {
      eventId: eventIds(table),
      time,
      ra,
      dec,
      energy: table.numbers('reco_energy', 'TeV'),
      gammaness: table.numbers('gh_score'),
      multiplicity: table.column('multiplicity').values as Int16Array,
      alt: alt.map(degrees),
      az: az.map(degrees),
    };
    let spread = 0;
    for (let i = 0; i < table.nRows; i++) {
      if (pointingAlt[i] === pointing.alt && pointingAz[i] === pointing.az) continue;
      spread = Math.max(spread, angularSeparation(pointingAz[i], pointingAlt[i], pointing.az, pointing.alt));
    }
    return { obsId: Number(key['obs_id']), events, pointing: { lon: pointing.az, lat: pointing.alt, spread } };
  });
}

function eventIds(events: Table): BigInt64Array {
  const { values } = events.column('event_id');
  if (values instanceof BigInt64Array) return values;
  return BigInt64Array.from(values as ArrayLike<number | bigint>, (id) => BigInt(id));
}
