import type { Logger } from '@cherenkit/core';
import type { SimulatedShowers } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { ValidRange } from '../cuts/selection-cuts.js';
import { extremes } from '../events/event-table.js';
import { refusedIrf } from '../irf-error.js';
import type { BinnedResult } from '../responses/binned-result.js';

/** Relative error of edges that were computed in different ways. */
const ROUNDING = 1e-9;

/**
 * Compares bins of energy with the range in which cuts are valid. Source: ctapipe 0.32 `check_bins_in_range`.
 *
 * @param what - for the message: component and traits
 * @param logger - receives a warning; undefined: an error instead
 * @throws CherenkitError IRF_REFUSED (2)
 */
export function checkBins(what: string, bins: Float64Array | undefined, valid: ValidRange, logger?: Logger): void {
  const [least, most] = [valid.min * (1 - ROUNDING), valid.max * (1 + ROUNDING)];
  if (bins === undefined || bins.every((edge) => edge >= least && edge <= most)) return;
  const [first, last] = [bins[0], bins[bins.length - 1]].map((edge) => edge.toPrecision(4));
  const message = `${what}: the bins cover ${first} to ${last} TeV, but the cuts are valid from ${valid.min.toPrecision(4)} to ${valid.max.toPrecision(4)} TeV; events outside are not selected.`;
  if (logger === undefined) throw refusedIrf(`${message} Choose other bins, or remove --range-check-error.`);
  logger.warning(message);
}

/**
 * Checks that responses of gammas have events.
 *
 * @throws CherenkitError IRF_REFUSED (2) naming the response and its bins
 */
export function requireEventsInBins(results: readonly BinnedResult[], gammas: Table): void {
  const empty = results.find(
    ({ name, columns: [{ values }] }) => OF_GAMMAS.has(name) && values.every((value) => !(value > 0)),
  );
  if (empty === undefined) return;
  const axes = empty.axes.map(({ name, unit, edges }) => {
    const [first, last] = [edges[0], edges[edges.length - 1]].map((edge) => edge.toPrecision(3));
    return `${name} ${first} to ${last}${unit === undefined ? '' : ` ${unit}`}`;
  });
  const range = (column: string, unit: string): string => {
    const [low, high] = extremes(gammas.numbers(column, unit));
    return `${low.toPrecision(3)} to ${high.toPrecision(3)} ${unit}`;
  };
  throw refusedIrf(
    `${empty.name}: none of the ${gammas.nRows} selected gammas is in its bins, ${axes.join(', ')}; true energies are ${range('true_energy', 'TeV')}, angles to the pointing ${range('true_source_fov_offset', 'deg')}. Choose other bins: DefaultTrueEnergyBins, DefaultFoVOffsetBins, or those of the maker.`,
  );
}

/** Names of the responses of gammas. */
const OF_GAMMAS: ReadonlySet<string> = new Set(['EFFECTIVE AREA', 'ENERGY DISPERSION', 'PSF']);

/** Warns of bins of effective areas that are not defined, since nothing was simulated there, and of bins without events. */
export function warnOfEmptyBins(results: readonly BinnedResult[], showers: SimulatedShowers, logger: Logger): void {
  for (const { name, columns } of results) {
    const [{ values }] = columns;
    const undefinedBins = values.reduce((n, value) => n + Number(!Number.isFinite(value)), 0);
    if (undefinedBins > 0) {
      const range =
        name === 'EFFECTIVE AREA'
          ? ` (gammas: ${showers.energyMin.toPrecision(4)} to ${showers.energyMax.toPrecision(4)} TeV)`
          : '';
      logger.warning(
        `${name}: nothing was simulated in ${undefinedBins} of ${values.length} bins${range}, which are NaN, as in ctapipe. Choose bins within the simulated range: DefaultTrueEnergyBins.true_energy_min, true_energy_max, DefaultFoVOffsetBins.`,
      );
    }
    const isEmpty = values.every((value) => !(value > 0));
    if (isEmpty) logger.warning(`${name}: no event is in its bins.`);
  }
}
