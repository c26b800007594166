import {
  CoordinateFrameType,
  ObservationBlockContainer,
  ObservationBlockState,
  PointingMode,
  SchedulingBlockContainer,
  SchedulingBlockType,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
  AtmosphereDensityProfile,
  type Time,
} from '@cherenkit/core';
import { overburdenAbove, airDensity, nominalToAltAz, power, type AltAz, type Metres } from '@cherenkit/kernels';

import type { ToyShowerOptions } from './toy-shower.js';
import type { ToySimulation } from './toy-simulation.js';

/** Id of sim_telarray's histogram of all showers, and its bins. */
const SHOWER_HISTOGRAM = 6;
const CORE_STEP: Metres = 50;
const BINS_PER_DECADE = 10;

const SHORTEST_WAVELENGTH: Metres = 300e-9;
const LONGEST_WAVELENGTH: Metres = 600e-9;
const CENTIMETRES_PER_METRE = 100;

/** Observation block in a scheduling block with the same id. */
export function observationBlock(obsId: number, start: Time, { alt, az }: AltAz): ObservationBlockContainer {
  return new ObservationBlockContainer({
    obsId,
    sbId: obsId,
    producerId: 'simulation',
    state: ObservationBlockState.COMPLETED_SUCCEDED,
    subarrayPointingLat: alt,
    subarrayPointingLon: az,
    subarrayPointingFrame: CoordinateFrameType.ALTAZ,
    scheduledStartTime: start,
    actualStartTime: start,
  });
}

export function schedulingBlock(sbId: number): SchedulingBlockContainer {
  return new SchedulingBlockContainer({
    sbId,
    sbType: SchedulingBlockType.OBSERVATION,
    producerId: 'simulation',
    pointingMode: PointingMode.DRIFT,
  });
}

/** Simulation configuration, as a file with these showers would contain it. */
export function simulationConfig(
  runNumber: number,
  nShowers: number,
  { energyMin, energyMax, spectralIndex, pointing, sourceOffset, viewConeRadius, coreRadius }: ToyShowerOptions,
  siteHeight: Metres,
): SimulationConfigContainer {
  const { alt, az } = nominalToAltAz({ fovLon: 0, fovLat: sourceOffset }, pointing);
  return new SimulationConfigContainer({
    runNumber,
    energyRangeMin: energyMin,
    energyRangeMax: energyMax,
    spectralIndex,
    prodSiteAlt: siteHeight,
    nShowers,
    showerReuse: 1,
    maxAlt: alt,
    minAlt: alt,
    maxAz: az,
    minAz: az,
    diffuse: Number(viewConeRadius > 0),
    maxViewconeRadius: viewConeRadius,
    minViewconeRadius: 0,
    maxScatterRange: coreRadius,
    minScatterRange: 0,
    corePosMode: 1,
    corsikaWlenMin: SHORTEST_WAVELENGTH,
    corsikaWlenMax: LONGEST_WAVELENGTH,
  });
}

/**
 * Distribution of all showers over energy and core distance, like sim_telarray's histogram 6.
 *
 * @param nShowers - number of showers to fill, which are drawn again
 */
export function showerDistribution(
  obsId: number,
  simulation: ToySimulation,
  nShowers: number,
  { energyMin, energyMax, coreRadius }: ToyShowerOptions,
): SimulatedShowerDistribution {
  const nDistances = Math.max(1, Math.ceil(coreRadius / CORE_STEP));
  const first = Math.floor(Math.log10(energyMin) * BINS_PER_DECADE);
  const nEnergies = Math.max(1, Math.ceil(Math.log10(energyMax) * BINS_PER_DECADE) - first);
  const histogram = new Float64Array(nEnergies * nDistances);
  for (let number = 1; number <= nShowers; number++) {
    const { energy, core } = simulation.primaryOf(number);
    const row = Math.floor(Math.log10(energy) * BINS_PER_DECADE) - first;
    const column = Math.floor(Math.hypot(core.x, core.y) / CORE_STEP);
    histogram[Math.min(Math.max(row, 0), nEnergies - 1) * nDistances + Math.min(column, nDistances - 1)]++;
  }
  return new SimulatedShowerDistribution({
    obsId,
    histId: SHOWER_HISTOGRAM,
    nEntries: nShowers,
    binsEnergy: Float64Array.from({ length: nEnergies + 1 }, (_, i) => power(10, (first + i) / BINS_PER_DECADE)),
    binsCoreDist: Float64Array.from({ length: nDistances + 1 }, (_, i) => i * CORE_STEP),
    histogram,
  });
}

/** Density profile of the isothermal atmosphere of the toy model. */
export function toyAtmosphere(): AtmosphereDensityProfile {
  const height = Float64Array.from({ length: 101 }, (_, i) => 1000 * i);
  const table = {
    height,
    density: height.map((one) => airDensity(one) / CENTIMETRES_PER_METRE),
    columnDensity: height.map(overburdenAbove),
  };
  return new AtmosphereDensityProfile(table, { atmosphere_name: 'isothermal' });
}
