import type { ArrayEvent, RunDescription, SimulatedShowerDistribution } from '@cherenkit/core';
import { altAzToCartesian, impactDistance } from '@cherenkit/kernels';
import { SHOWER_HISTOGRAM_ID, type Histogram, type HistogramAxis } from '../objects/histograms.js';

const TITLE = 'Showers by core distance (m) and log10 of the energy (TeV)';
const N_DISTANCES = 40;
const BINS_PER_DECADE = 10;
/** m. */
const DEFAULT_DISTANCE = 1000;
/** TeV. */
const DEFAULT_ENERGIES = [0.001, 1000] as const;

/** Converts the distribution of all simulated showers to a histogram; undefined if it is empty. */
export function toShowerHistogram(distribution: SimulatedShowerDistribution): Histogram | undefined {
  const { binsCoreDist, binsEnergy, nEntries, histogram } = distribution;
  if (binsCoreDist === undefined || binsEnergy === undefined || histogram === undefined) return undefined;
  return {
    id: SHOWER_HISTOGRAM_ID,
    title: TITLE,
    type: 'F',
    entries: nEntries,
    x: makeAxis(binsCoreDist.length - 1, binsCoreDist[0], binsCoreDist.at(-1) ?? NaN),
    y: makeAxis(binsEnergy.length - 1, Math.log10(binsEnergy[0]), Math.log10(binsEnergy.at(-1) ?? NaN)),
    data: histogram,
  };
}

/** Histogram of the showers of the events, for sources that do not provide the distribution of all simulated showers. */
export class ShowerHistogram {
  readonly #x: HistogramAxis;
  readonly #y: HistogramAxis;
  readonly #data: Float64Array;
  #entries = 0;

  constructor({ simulationConfig }: RunDescription) {
    const [config] = simulationConfig.values();
    const { maxScatterRange = NaN, energyRangeMin = NaN, energyRangeMax = NaN } = config ?? {};
    const distance = maxScatterRange > 0 ? maxScatterRange : DEFAULT_DISTANCE;
    const lower = Math.floor(Math.log10(energyRangeMin > 0 ? energyRangeMin : DEFAULT_ENERGIES[0]));
    const upper = Math.ceil(Math.log10(energyRangeMax > 0 ? energyRangeMax : DEFAULT_ENERGIES[1]));
    const nEnergies = Math.max(1, upper - lower) * BINS_PER_DECADE;
    this.#x = makeAxis(N_DISTANCES, 0, distance);
    this.#y = makeAxis(nEnergies, lower, Math.max(lower + 1, upper));
    this.#data = new Float64Array(N_DISTANCES * nEnergies);
  }

  /** Adds the shower of an event, if it has one. */
  add({ simulation }: ArrayEvent): void {
    const shower = simulation?.shower;
    if (shower === undefined) return;
    const core = { x: shower.coreX, y: shower.coreY, z: 0 };
    const distance = impactDistance({ x: 0, y: 0, z: 0 }, core, altAzToCartesian(shower));
    const x = findBin(this.#x, distance);
    const y = findBin(this.#y, Math.log10(shower.energy));
    if (x === undefined || y === undefined) return;
    this.#data[y * this.#x.nBins + x] += 1;
    this.#entries += 1;
  }

  get histogram(): Histogram {
    return {
      id: SHOWER_HISTOGRAM_ID,
      title: TITLE,
      type: 'F',
      entries: this.#entries,
      x: this.#x,
      y: this.#y,
      data: this.#data,
    };
  }
}

function makeAxis(nBins: number, lower: number, upper: number): HistogramAxis {
  return { nBins, lower, upper, underflow: 0, overflow: 0 };
}

/** Bin index of a value; undefined outside the axis. */
function findBin({ nBins, lower, upper }: HistogramAxis, value: number): number | undefined {
  const bin = Math.floor(((value - lower) / (upper - lower)) * nBins);
  return bin >= 0 && bin < nBins ? bin : undefined;
}
