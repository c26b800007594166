import {
  ReconstructedDirectionContainer,
  StereoCombiner,
  trait,
  type ArrayEvent,
  type ReconstructionProperty,
} from '@cherenkit/core';
import { degrees, radians, telescopeToAltAz, type AltAz } from '@cherenkit/kernels';
import type { ColumnInput, Table } from '@cherenkit/tables';
import { pointingsOf } from '../reconstruction/telescope-pointing-columns.js';
import { combineDisps, type DispCombination, type DispImage } from './combine-disps.js';
import { combinedTable, type TelescopeGroup } from './combined-table.js';
import { IMAGE_WEIGHTS, IMAGE_WEIGHTS_HELP, imageWeight, isUsable, tableWeights } from './image-weights.js';
import { NO_PREDICTION } from './stereo-mean-combiner.js';

/**
 * Direction of a shower from the disp of several images: the signs, which single images often get wrong, are resolved together.
 * Energies and particle types are not combined. Source: ctapipe after 0.32, `StereoDispCombiner`.
 */
export class StereoDispCombiner extends StereoCombiner.withTraits({
  nTelCombinations: trait.integer({
    default: 2,
    minimum: 2,
    maximum: 6,
    help: 'Number of images whose signs are resolved together.',
  }),
  nBestTels: trait.optional(
    trait.integer({ minimum: 1, help: 'Use only this number of images, those with the largest weights. None: all.' }),
  ),
  minAngDiff: trait.optional(
    trait.number({
      minimum: 0,
      maximum: 90,
      unit: 'deg',
      help: 'Use only pairs of images whose axes enclose at least this angle, if there are any. None: all.',
    }),
  ),
  weights: trait.oneOf(IMAGE_WEIGHTS, { default: 'none', caseless: true, help: IMAGE_WEIGHTS_HELP }),
}) {
  static override readonly help = 'Direction from the disp of several images, with their signs resolved together.';

  override combine(
    event: ArrayEvent,
    property: ReconstructionProperty = this.traits.property,
    prefix: string = this.traits.prefix,
  ): void {
    if (property !== 'GEOMETRY') return;
    const images: DispImage[] = [];
    const telescopes: number[] = [];
    for (const [telId, { geometry, disp }] of event.dl2.tel) {
      const direction = geometry.get(prefix);
      const parameters = event.dl1.tel.get(telId)?.parameters;
      const weight = imageWeight(this.traits.weights, parameters);
      if (!direction?.isValid || !isUsable(weight)) continue;
      const { altitude = NaN, azimuth = NaN } = event.monitoring.tel.get(telId)?.pointing ?? {};
      const hillas = parameters?.hillas;
      // Parameters in the camera frame have no position in the field of view.
      const centroid = hillas && 'fovLon' in hillas ? hillas : UNKNOWN;
      const pointing = { alt: altitude, az: azimuth };
      images.push(dispImage(direction, pointing, centroid, disp.get(prefix)?.parameter ?? NaN, weight));
      telescopes.push(telId);
    }
    const { alt, az, spread } = combineDisps(images, this.#options);
    const result = Number.isFinite(alt)
      ? { alt, az, angDistanceUncert: spread, telescopes, isValid: true }
      : { reason: NO_PREDICTION };
    event.dl2.stereo.geometry.set(prefix, new ReconstructedDirectionContainer(result));
  }

  override combineTable(
    table: Table,
    property: ReconstructionProperty = this.traits.property,
    prefix: string = this.traits.prefix,
  ): Table {
    if (property !== 'GEOMETRY') throw new RangeError(`${this.name}: cannot combine ${property}, only GEOMETRY`);
    const numbers = (name: string): Float64Array => table.numbers(name, 'rad');
    const [alts, azs, disps] = ['alt', 'az', 'parameter'].map((name) => numbers(`${prefix}_tel_${name}`));
    const [lons, lats, psis] = ['fov_lon', 'fov_lat', 'psi'].map((name) => numbers(`hillas_${name}`));
    const pointings = pointingsOf(table);
    const [alt, az, spread]: [number[], number[], number[]] = [[], [], []];
    const combination = {
      add: ({ rows, weights }: TelescopeGroup): boolean => {
        const images = rows.map((row, i) =>
          dispImage(
            { alt: alts[row], az: azs[row] },
            { alt: pointings.alt[row], az: pointings.az[row] },
            { fovLon: lons[row], fovLat: lats[row], psi: psis[row] },
            disps[row],
            weights[i],
          ),
        );
        const direction = combineDisps(images, this.#options);
        alt.push(degrees(direction.alt));
        az.push(degrees(direction.az));
        spread.push(degrees(direction.spread));
        return Number.isFinite(direction.alt);
      },
      columns: (): Record<string, ColumnInput> => ({
        alt: { values: alt, unit: 'deg' },
        az: { values: az, unit: 'deg' },
        ang_distance_uncert: { values: spread, unit: 'deg' },
      }),
    };
    const weights = tableWeights(this.traits.weights, table);
    return combinedTable(table, { subarray: this.context.subarray, property, prefix, weights }, combination);
  }

  get #options(): DispCombination {
    const { nTelCombinations, nBestTels, minAngDiff } = this.traits;
    return { nTelCombinations, nBestTels, minAngDiff: minAngDiff === undefined ? undefined : radians(minAngDiff) };
  }
}

const UNKNOWN = { fovLon: NaN, fovLat: NaN, psi: NaN };

/** @param disp - signed; NaN if it is unknown, for directions of other reconstructors */
function dispImage(
  { alt, az }: AltAz,
  pointing: AltAz,
  { fovLon, fovLat, psi }: { readonly fovLon: number; readonly fovLat: number; readonly psi: number },
  disp: number,
  weight: number,
): DispImage {
  const direction = { alt, az };
  const other = { fovLon: fovLon - disp * Math.cos(psi), fovLat: fovLat - disp * Math.sin(psi) };
  const opposite = Number.isFinite(other.fovLon) ? telescopeToAltAz(other, pointing) : direction;
  const hasPointing = Number.isFinite(pointing.alt) && Number.isFinite(pointing.az);
  return { direction, opposite, pointing: hasPointing ? pointing : direction, psi, weight };
}
