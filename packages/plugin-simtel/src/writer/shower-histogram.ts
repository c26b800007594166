import type { ArrayEvent, RunDescription, SimulatedShowerDistribution } from '@cherenkit/core';
import { altAzToCartesian, impactDistance } from '@cherenkit/kernels';
import type { Histogram, HistogramAxis } from '../objects/histograms.js';

/** The number of the histogram that ctapipe, and Cherenkit, look for. */
const SHOWER_HISTOGRAM = 6;
const TITLE = 'Showers by core distance (m) and log10 of the energy (TeV)';
const N_DISTANCES = 40;
const BINS_PER_DECADE = 10;
const DEFAULT_DISTANCE = 1000;
const DEFAULT_ENERGIES = [0.001, 1000] as const;

/** The distribution that a source knows of all showers that were simulated; undefined where it is empty. */
export function histogramOfDistribution(distribution: SimulatedShowerDistribution): Histogram | undefined {
  const { binsCoreDist, binsEnergy, nEntries, histogram } = distribution;
  if (binsCoreDist === undefined || binsEnergy === undefined || histogram === undefined) return undefined;
  return {
    id: SHOWER_HISTOGRAM,
    title: TITLE,
    type: 'F',
    entries: nEntries,
    x: axis(binsCoreDist.length - 1, binsCoreDist[0], binsCoreDist.at(-1) ?? NaN),
    y: axis(binsEnergy.length - 1, Math.log10(binsEnergy[0]), Math.log10(binsEnergy.at(-1) ?? NaN)),
    data: histogram,
  };
}

/** Counts the showers of a file, for sources that do not know how many were simulated. */
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
    this.#x = axis(N_DISTANCES, 0, distance);
    this.#y = axis(nEnergies, lower, Math.max(lower + 1, upper));
    this.#data = new Float64Array(N_DISTANCES * nEnergies);
  }

  add({ simulation }: ArrayEvent): void {
    const shower = simulation?.shower;
    if (shower === undefined) return;
    const core = { x: shower.coreX, y: shower.coreY, z: 0 };
    const distance = impactDistance({ x: 0, y: 0, z: 0 }, core, altAzToCartesian(shower));
    const x = binOf(this.#x, distance);
    const y = binOf(this.#y, Math.log10(shower.energy));
    if (x === undefined || y === undefined) return;
    this.#data[y * this.#x.nBins + x] += 1;
    this.#entries += 1;
  }

  get histogram(): Histogram {
    return {
      id: SHOWER_HISTOGRAM,
      title: TITLE,
      type: 'F',
      entries: this.#entries,
      x: this.#x,
      y: this.#y,
      data: this.#data,
    };
  }
}

function axis(nBins: number, lower: number, upper: number): HistogramAxis {
  return { nBins, lower, upper, underflow: 0, overflow: 0 };
}

/** Undefined for what is beside the axis. */
function binOf({ nBins, lower, upper }: HistogramAxis, value: number): number | undefined {
  const bin = Math.floor(((value - lower) / (upper - lower)) * nBins);
  return bin >= 0 && bin < nBins ? bin : undefined;
}
