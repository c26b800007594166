import { toUnixTime, type RunDescription, type SimulationConfigContainer } from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { McRunHeader } from '../objects/mc-run-header.js';
import { TRACKING_ALTAZ } from '../objects/run-header.js';
import { toAtmosphericProfile } from './to-atmospheric-profile.js';
import { toTelescopeMeta, toTelescopeSettings } from './to-telescope-settings.js';

const NM_PER_METRE = 1e9;
/** `runType` of simulations. */
const SIMULATION_RUN = -1;

/**
 * Converts the description of a run to the header of a sim_telarray file; the inverse of what `SimTelEventSource` reads.
 *
 * @param commandLine - first line of the file's history
 */
export function toSimtelHeader(run: RunDescription, commandLine: string): SimtelHeader {
  const { subarray } = run;
  const [[obsId = 0, block] = []] = run.observationBlocks;
  const { seconds } = block === undefined ? { seconds: 0 } : toUnixTime(block.actualStartTime);
  const telescopes = [...subarray.tel];
  const telIds = telescopes.map(([telId]) => telId);
  const { lon, lat, height } = subarray.referenceLocation;
  const atmosphere = run.atmosphereDensityProfile;
  return {
    isSimulation: true,
    runHeader: {
      run: obsId,
      time: seconds,
      runType: SIMULATION_RUN,
      trackingMode: TRACKING_ALTAZ,
      reverseFlag: 0,
      direction: Float32Array.of(block?.subarrayPointingLon ?? NaN, block?.subarrayPointingLat ?? NaN),
      offsetFov: new Float32Array(2),
      convDepth: 0,
      convRefPos: new Float32Array(2),
      nTelescopes: telIds.length,
      telId: Int16Array.from(telIds),
      telPos: Float32Array.from(
        telIds.flatMap((telId) => {
          const { x, y, z } = subarray.positions.get(telId) ?? { x: NaN, y: NaN, z: NaN };
          return [x, y, z];
        }),
      ),
      minTelTrig: 1,
      duration: 0,
      target: 'none',
      observer: 'cherenkit',
    },
    mcRunHeader: mcRunHeaderOf(run),
    // The option makes readers expect true images, see hasTrueImages.
    history: [commandLine, 'STORE_PHOTOELECTRONS 1'].map((text) => ({ timestamp: seconds, text })),
    globalMeta: new Map([
      ['ARRAY_CONFIG_NAME', subarray.name],
      ['*LONGITUDE', String(degrees(lon))],
      ['*LATITUDE', String(degrees(lat))],
      ['ALTITUDE', String(height)],
    ]),
    telescopeMeta: new Map(telescopes.map(([telId, telescope]) => [telId, toTelescopeMeta(telescope)])),
    telescopes: new Map(telescopes.map(([telId, telescope]) => [telId, toTelescopeSettings(telescope)])),
    atmosphericProfiles: atmosphere === undefined ? [] : [toAtmosphericProfile(atmosphere)],
  };
}

function mcRunHeaderOf({ simulationConfig, subarray }: RunDescription): McRunHeader {
  const [config] = simulationConfig.values();
  const value = (key: NumericKey) => config?.[key] ?? 0;
  const pair = (min: NumericKey, max: NumericKey, unit = 1) => Float32Array.of(value(min) / unit, value(max) / unit);
  return {
    showerProgId: value('showerProgId'),
    showerProgVers: value('corsikaVersion'),
    showerProgStart: value('showerProgStart'),
    detectorProgId: value('detectorProgId'),
    detectorProgVers: value('simtelVersion'),
    detectorProgStart: value('detectorProgStart'),
    obsheight: config?.prodSiteAlt ?? subarray.referenceLocation.height,
    nShowers: value('nShowers'),
    nUse: value('showerReuse'),
    corePosMode: value('corePosMode'),
    coreRange: pair('minScatterRange', 'maxScatterRange'),
    altRange: pair('minAlt', 'maxAlt'),
    azRange: pair('minAz', 'maxAz'),
    diffuse: value('diffuse'),
    viewcone: pair('minViewconeRadius', 'maxViewconeRadius', Math.PI / 180),
    eRange: pair('energyRangeMin', 'energyRangeMax'),
    spectralIndex: value('spectralIndex'),
    bTotal: value('prodSiteBTotal'),
    bInclination: value('prodSiteBInclination'),
    bDeclination: value('prodSiteBDeclination'),
    injectionHeight: 0,
    atmosphere: value('atmosphere'),
    corsikaIactOptions: value('corsikaIactOptions'),
    corsikaLowEModel: value('corsikaLowEModel'),
    corsikaHighEModel: value('corsikaHighEModel'),
    corsikaBunchsize: value('corsikaBunchsize'),
    corsikaWlenMin: value('corsikaWlenMin') * NM_PER_METRE,
    corsikaWlenMax: value('corsikaWlenMax') * NM_PER_METRE,
    corsikaLowEDetail: value('corsikaLowEDetail'),
    corsikaHighEDetail: value('corsikaHighEDetail'),
  };
}

/** Fields of the simulation configuration that hold numbers. */
type NumericKey = {
  [K in keyof SimulationConfigContainer]: SimulationConfigContainer[K] extends number ? K : never;
}[keyof SimulationConfigContainer];
