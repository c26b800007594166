import { toUnixTime, type RunDescription, type SimulationConfigContainer } from '@cherenkit/core';
import { degrees } from '@cherenkit/kernels';
import type { SimtelHeader } from '../file/simtel-header.js';
import type { McRunHeader } from '../objects/mc-run-header.js';
import { TRACKING_ALTAZ } from '../objects/run-header.js';
import { profileOfAtmosphere } from './profile-of-atmosphere.js';
import { metaOfTelescope, settingsOfTelescope } from './settings-of-telescope.js';

const NM_PER_METRE = 1e9;
/** `runType` of simulations. */
const SIMULATION_RUN = -1;

/**
 * The header of a sim_telarray file with the events of a run.
 *
 * @param commandLine - the first line of the file's history
 */
export function headerOfRun(run: RunDescription, commandLine: string): SimtelHeader {
  const { subarray } = run;
  const [[obsId = 0, block] = []] = run.observationBlocks;
  const { seconds } = block === undefined ? { seconds: 0 } : toUnixTime(block.actualStartTime);
  const telescopes = [...subarray.tel];
  const telIds = telescopes.map(([telId]) => telId);
  const { lon, lat, height } = subarray.referenceLocation;
  const atmosphere = run.atmosphereDensityProfile;
  return {
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
    history: [commandLine, 'STORE_PHOTOELECTRONS 1'].map((text) => ({ timestamp: seconds, text })),
    globalMeta: new Map([
      ['ARRAY_CONFIG_NAME', subarray.name],
      ['*LONGITUDE', String(degrees(lon))],
      ['*LATITUDE', String(degrees(lat))],
      ['ALTITUDE', String(height)],
    ]),
    telescopeMeta: new Map(telescopes.map(([telId, telescope]) => [telId, metaOfTelescope(telescope)])),
    telescopes: new Map(telescopes.map(([telId, telescope]) => [telId, settingsOfTelescope(telescope)])),
    atmosphericProfiles: atmosphere === undefined ? [] : [profileOfAtmosphere(atmosphere)],
  };
}

function mcRunHeaderOf({ simulationConfig, subarray }: RunDescription): McRunHeader {
  const [config] = simulationConfig.values();
  const real = (key: RealKey) => config?.[key] ?? 0;
  const pair = (min: RealKey, max: RealKey, unit = 1) => Float32Array.of(real(min) / unit, real(max) / unit);
  return {
    showerProgId: real('showerProgId'),
    showerProgVers: real('corsikaVersion'),
    showerProgStart: real('showerProgStart'),
    detectorProgId: real('detectorProgId'),
    detectorProgVers: real('simtelVersion'),
    detectorProgStart: real('detectorProgStart'),
    obsheight: config?.prodSiteAlt ?? subarray.referenceLocation.height,
    nShowers: real('nShowers'),
    nUse: real('showerReuse'),
    corePosMode: real('corePosMode'),
    coreRange: pair('minScatterRange', 'maxScatterRange'),
    altRange: pair('minAlt', 'maxAlt'),
    azRange: pair('minAz', 'maxAz'),
    diffuse: real('diffuse'),
    viewcone: pair('minViewconeRadius', 'maxViewconeRadius', Math.PI / 180),
    eRange: pair('energyRangeMin', 'energyRangeMax'),
    spectralIndex: real('spectralIndex'),
    bTotal: real('prodSiteBTotal'),
    bInclination: real('prodSiteBInclination'),
    bDeclination: real('prodSiteBDeclination'),
    injectionHeight: 0,
    atmosphere: real('atmosphere'),
    corsikaIactOptions: real('corsikaIactOptions'),
    corsikaLowEModel: real('corsikaLowEModel'),
    corsikaHighEModel: real('corsikaHighEModel'),
    corsikaBunchsize: real('corsikaBunchsize'),
    corsikaWlenMin: real('corsikaWlenMin') * NM_PER_METRE,
    corsikaWlenMax: real('corsikaWlenMax') * NM_PER_METRE,
    corsikaLowEDetail: real('corsikaLowEDetail'),
    corsikaHighEDetail: real('corsikaHighEDetail'),
  };
}

type RealKey = {
  [K in keyof SimulationConfigContainer]: SimulationConfigContainer[K] extends number ? K : never;
}[keyof SimulationConfigContainer];
