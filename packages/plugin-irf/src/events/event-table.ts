import { altAzToNominal, angularSeparation, degrees, radians } from '@cherenkit/kernels';
import { columnFrom, type Column, type Table } from '@cherenkit/tables';

/**
 * Adds the columns that are computed from others: `theta`, `true_source_fov_offset`, `reco_source_fov_offset`, `reco_fov_lon`,
 * `reco_fov_lat` (deg), and `weight`, which is 1. Source: ctapipe 0.32 `DL2EventLoader.make_derived_columns`.
 *
 * Longitude grows with decreasing azimuth, as GADF has it.
 */
export function withDerivedColumns(events: Table): Table {
  const angles = (name: string): Float64Array => events.numbers(name, 'rad');
  const [trueAz, trueAlt, recoAz, recoAlt] = ['true_az', 'true_alt', 'reco_az', 'reco_alt'].map(angles);
  const [pointingAz, pointingAlt] = ['pointing_az', 'pointing_alt'].map(angles);
  const separations = (lon1: Float64Array, lat1: Float64Array, lon2: Float64Array, lat2: Float64Array): Float64Array =>
    lon1.map((_, i) => degrees(angularSeparation(lon1[i], lat1[i], lon2[i], lat2[i])));
  const { lon, lat } = fieldOfView(recoAz, recoAlt, pointingAz, pointingAlt);
  const added: readonly (readonly [string, Float64Array, string])[] = [
    ['reco_fov_lat', lat, 'Reconstructed FOV lat'],
    ['reco_fov_lon', lon, 'Reconstructed FOV lon'],
    ['theta', separations(trueAz, trueAlt, recoAz, recoAlt), 'Angular offset from source'],
    [
      'true_source_fov_offset',
      separations(trueAz, trueAlt, pointingAz, pointingAlt),
      'Simulated angular offset from pointing direction',
    ],
    [
      'reco_source_fov_offset',
      separations(recoAz, recoAlt, pointingAz, pointingAlt),
      'Reconstructed angular offset from pointing direction',
    ],
  ];
  const table = added.reduce(
    (all, [name, values, description]) => all.withColumn(name, columnFrom(name, { values, unit: 'deg', description })),
    events,
  );
  return withWeights(table, new Float64Array(events.nRows).fill(1));
}

/** Adds a column of weights, or replaces it. */
export function withWeights(events: Table, values: Float64Array, name = 'weight'): Table {
  return events.withColumn(name, columnFrom(name, { values, description: 'Event weight' }));
}

/** Coordinates of directions in the frame whose origin is the pointing, deg. Longitude grows with decreasing azimuth. */
export function fieldOfView(
  az: Float64Array,
  alt: Float64Array,
  pointingAz: Float64Array,
  pointingAlt: Float64Array,
): { readonly lon: Float64Array; readonly lat: Float64Array } {
  const [lon, lat] = [new Float64Array(az.length), new Float64Array(az.length)];
  for (let i = 0; i < az.length; i++) {
    const { fovLon, fovLat } = altAzToNominal({ alt: alt[i], az: az[i] }, { alt: pointingAlt[i], az: pointingAz[i] });
    [lon[i], lat[i]] = [-degrees(fovLon), degrees(fovLat)];
  }
  return { lon, lat };
}

/** The smallest number of telescopes of several masks, per event. */
export function smallestMultiplicity(masks: readonly Column[]): Column {
  const nRows = masks[0].length;
  const values = new Int16Array(nRows).fill(2 ** 15 - 1);
  for (const { values: all, count } of masks) {
    const bits = all as Uint8Array;
    for (let row = 0; row < nRows; row++) {
      let n = 0;
      for (let i = row * count; i < (row + 1) * count; i++) n += bits[i];
      if (n < values[row]) values[row] = n;
    }
  }
  return columnFrom('multiplicity', { values, description: 'Event multiplicity' });
}

/** The smallest and the largest value. */
export function extremes(values: Float64Array): readonly [smallest: number, largest: number] {
  let [smallest, largest] = [Infinity, -Infinity];
  for (const each of values) {
    if (each < smallest) smallest = each;
    if (each > largest) largest = each;
  }
  return [smallest, largest];
}

/** Angles in radians of edges in degrees. */
export function inRadians(edges: Float64Array): Float64Array {
  return edges.map(radians);
}
