import {
  CoordinateFrameType,
  ObservationBlockContainer,
  ObservationBlockState,
  ObservingMode,
  PointingMode,
  SchedulingBlockContainer,
  SchedulingBlockType,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
  memoryUnitsPer,
  timeFromUnix,
} from '@cherenkit/core';
import { power, radians, type Radians } from '@cherenkit/kernels';
import type { SimtelHeader } from '../file/simtel-header.js';
import { SHOWER_HISTOGRAM_ID, type Histogram } from '../objects/histograms.js';

/** Relative excess over pi / 2 that is attributed to rounding; pi / 2 in single precision exceeds pi / 2. */
const ALTITUDE_TOLERANCE = 1e-6;
const METRES_PER_NM = memoryUnitsPer('nm');

/** Clips altitudes that exceed +-pi / 2 by rounding only. Source: ctapipe 0.32 `_clip_altitude_if_close`. */
export function clipAltitude(altitude: Radians): Radians {
  const zenith = Math.PI / 2;
  const isClose = Math.abs(altitude) > zenith && Math.abs(altitude) < (1 + ALTITUDE_TOLERANCE) * zenith;
  return isClose ? Math.sign(altitude) * zenith : altitude;
}

const SIMULATION = 'simulation';

/** Builds the scheduling block of a file. Simulations have none, so its id is that of the observation block. */
export function buildSchedulingBlock({ isSimulation }: SimtelHeader, obsId: number): SchedulingBlockContainer {
  return new SchedulingBlockContainer({
    sbId: obsId,
    sbType: SchedulingBlockType.OBSERVATION,
    ...(isSimulation && { producerId: SIMULATION }),
    observingMode: ObservingMode.UNKNOWN,
    pointingMode: PointingMode.DRIFT,
  });
}

/** Builds the observation block of a file. */
export function buildObservationBlock(
  { isSimulation, runHeader }: SimtelHeader,
  obsId: number,
): ObservationBlockContainer {
  const [azimuth, altitude] = runHeader.direction;
  const start = timeFromUnix(runHeader.time);
  return new ObservationBlockContainer({
    obsId,
    sbId: obsId,
    ...(isSimulation && { producerId: SIMULATION }),
    state: ObservationBlockState.COMPLETED_SUCCEDED,
    subarrayPointingLat: altitude,
    subarrayPointingLon: azimuth,
    subarrayPointingFrame: CoordinateFrameType.ALTAZ,
    actualStartTime: start,
    scheduledStartTime: start,
  });
}

/** Builds the simulation configuration of a file: the run number alone if the file has no simulation run header. */
export function buildSimulationConfig({ runHeader, mcRunHeader }: SimtelHeader): SimulationConfigContainer {
  if (mcRunHeader === undefined) return new SimulationConfigContainer({ runNumber: runHeader.run });
  const { coreRange, altRange, azRange, viewcone, eRange } = mcRunHeader;
  return new SimulationConfigContainer({
    runNumber: runHeader.run,
    corsikaVersion: mcRunHeader.showerProgVers,
    simtelVersion: mcRunHeader.detectorProgVers,
    energyRangeMin: eRange[0],
    energyRangeMax: eRange[1],
    prodSiteBTotal: mcRunHeader.bTotal,
    prodSiteBDeclination: mcRunHeader.bDeclination,
    prodSiteBInclination: mcRunHeader.bInclination,
    prodSiteAlt: mcRunHeader.obsheight,
    spectralIndex: mcRunHeader.spectralIndex,
    showerProgStart: mcRunHeader.showerProgStart,
    showerProgId: mcRunHeader.showerProgId,
    detectorProgStart: mcRunHeader.detectorProgStart,
    detectorProgId: mcRunHeader.detectorProgId,
    nShowers: mcRunHeader.nShowers,
    showerReuse: mcRunHeader.nUse,
    maxAlt: clipAltitude(altRange[1]),
    minAlt: clipAltitude(altRange[0]),
    maxAz: azRange[1],
    minAz: azRange[0],
    diffuse: mcRunHeader.diffuse,
    maxViewconeRadius: radians(viewcone[1]),
    minViewconeRadius: radians(viewcone[0]),
    maxScatterRange: coreRange[1],
    minScatterRange: coreRange[0],
    corePosMode: mcRunHeader.corePosMode,
    atmosphere: mcRunHeader.atmosphere,
    corsikaIactOptions: mcRunHeader.corsikaIactOptions,
    corsikaLowEModel: mcRunHeader.corsikaLowEModel,
    corsikaHighEModel: mcRunHeader.corsikaHighEModel,
    corsikaBunchsize: mcRunHeader.corsikaBunchsize,
    corsikaWlenMin: mcRunHeader.corsikaWlenMin * METRES_PER_NM,
    corsikaWlenMax: mcRunHeader.corsikaWlenMax * METRES_PER_NM,
    corsikaLowEDetail: mcRunHeader.corsikaLowEDetail,
    corsikaHighEDetail: mcRunHeader.corsikaHighEDetail,
  });
}

/** Builds the distribution of simulated showers; undefined if the file has no such histogram. */
export function buildShowerDistribution(
  histograms: readonly Histogram[],
  obsId: number,
): SimulatedShowerDistribution | undefined {
  const histogram = histograms.find(({ id }) => id === SHOWER_HISTOGRAM_ID);
  if (histogram?.y === undefined) return undefined;
  const { id, entries, x, y, data } = histogram;
  return new SimulatedShowerDistribution({
    obsId,
    histId: id,
    nEntries: entries,
    binsCoreDist: binEdges(x.lower, x.upper, x.nBins),
    binsEnergy: binEdges(y.lower, y.upper, y.nBins).map((logarithm) => power(10, logarithm)),
    histogram: data,
  });
}

/** Bin edges, bitwise equal to numpy's `linspace`. */
function binEdges(lower: number, upper: number, nBins: number): Float64Array {
  const step = (upper - lower) / nBins;
  return Float64Array.from({ length: nBins + 1 }, (_, i) => (i === nBins ? upper : i * step + lower));
}
