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
import { radians, type Radians } from '@cherenkit/kernels';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { Histogram } from '../objects/histograms.js';

/** The histogram of all simulated showers by core distance (x) and logarithm of the energy (y). */
const SHOWER_HISTOGRAM = 6;
/** By how much an altitude may lie beyond the zenith and still be meant to be there: pi / 2 in single precision does. */
const ALTITUDE_TOLERANCE = 1e-6;

/** The altitude, or pi / 2 where it is beyond by rounding. Source: ctapipe 0.32 `_clip_altitude_if_close`. */
export function clippedAltitude(altitude: Radians): Radians {
  const zenith = Math.PI / 2;
  const isClose = Math.abs(altitude) > zenith && Math.abs(altitude) < (1 + ALTITUDE_TOLERANCE) * zenith;
  return isClose ? Math.sign(altitude) * zenith : altitude;
}

/** The one scheduling block of a file; simulations know none, so it has the id of the observation block. */
export function schedulingBlockOfFile(obsId: number): SchedulingBlockContainer {
  return new SchedulingBlockContainer({
    sbId: obsId,
    sbType: SchedulingBlockType.OBSERVATION,
    producerId: 'simulation',
    observingMode: ObservingMode.UNKNOWN,
    pointingMode: PointingMode.DRIFT,
  });
}

const METRES_PER_NM = memoryUnitsPer('nm');

/** The one observation block of a file. */
export function observationBlockOfFile({ runHeader }: SimtelHeader, obsId: number): ObservationBlockContainer {
  const [azimuth, altitude] = runHeader.direction;
  const start = timeFromUnix(runHeader.time);
  return new ObservationBlockContainer({
    obsId,
    sbId: obsId,
    producerId: 'simulation',
    state: ObservationBlockState.COMPLETED_SUCCEDED,
    subarrayPointingLat: altitude,
    subarrayPointingLon: azimuth,
    subarrayPointingFrame: CoordinateFrameType.ALTAZ,
    actualStartTime: start,
    scheduledStartTime: start,
  });
}

/** How the showers of a file were simulated. */
export function simulationConfigOfFile({ runHeader, mcRunHeader }: SimtelHeader): SimulationConfigContainer {
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
    maxAlt: clippedAltitude(altRange[1]),
    minAlt: clippedAltitude(altRange[0]),
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

/** The distribution of all simulated showers; undefined where the file has no such histogram. */
export function showerDistributionOfFile(
  histograms: readonly Histogram[],
  obsId: number,
): SimulatedShowerDistribution | undefined {
  const histogram = histograms.find(({ id }) => id === SHOWER_HISTOGRAM);
  if (histogram?.y === undefined) return undefined;
  const { id, entries, x, y, data } = histogram;
  return new SimulatedShowerDistribution({
    obsId,
    histId: id,
    nEntries: entries,
    binsCoreDist: edges(x.lower, x.upper, x.nBins),
    binsEnergy: edges(y.lower, y.upper, y.nBins).map((logarithm) => 10 ** logarithm),
    histogram: data,
  });
}

/** Computed as numpy's `linspace` does, so that the edges are equal to the last bit. */
function edges(lower: number, upper: number, nBins: number): Float64Array {
  const step = (upper - lower) / nBins;
  return Float64Array.from({ length: nBins + 1 }, (_, i) => (i === nBins ? upper : i * step + lower));
}
