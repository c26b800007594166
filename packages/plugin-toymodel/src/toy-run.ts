import {
  CoordinateFrameType,
  ObservationBlockContainer,
  ObservationBlockState,
  PointingMode,
  SchedulingBlockContainer,
  SchedulingBlockType,
  SimulationConfigContainer,
  type Time,
} from '@cherenkit/core';
import type { AltAz, Metres } from '@cherenkit/kernels';

import type { ToyShowerOptions } from './toy-shower.js';

/** One observation block in a scheduling block of the same number. */
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

/** What a file of these showers would say of how they were made. */
export function simulationConfig(
  runNumber: number,
  nShowers: number,
  { energyMin, energyMax, spectralIndex, pointing, viewConeRadius, coreRadius }: ToyShowerOptions,
  siteHeight: Metres,
): SimulationConfigContainer {
  return new SimulationConfigContainer({
    runNumber,
    energyRangeMin: energyMin,
    energyRangeMax: energyMax,
    spectralIndex,
    prodSiteAlt: siteHeight,
    nShowers,
    showerReuse: 1,
    maxAlt: pointing.alt,
    minAlt: pointing.alt,
    maxAz: pointing.az,
    minAz: pointing.az,
    diffuse: Number(viewConeRadius > 0),
    maxViewconeRadius: viewConeRadius,
    minViewconeRadius: 0,
    maxScatterRange: coreRadius,
    minScatterRange: 0,
    corePosMode: 1,
  });
}
