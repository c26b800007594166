import {
  CherenkitError,
  EarthLocation,
  ExitCode,
  nameSome,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { itrsToGround, radians, type Metres } from '@cherenkit/kernels';
import { lstCamera, LST_OPTICS } from '../instrument/ctao-subarray.js';

/** Height of the elevation axis above the central pin. */
const AXIS_HEIGHT: Metres = 15.885;

/** Longitude and latitude, degrees, and height of the central pin, m. Source: ctapipe_io_lst 0.31 `LST_LOCATIONS`. */
const LOCATIONS: Readonly<Record<number, readonly [lon: number, lat: number, height: Metres]>> = {
  1: [-17.891496913272913, 28.761526467885083, 2184],
  2: [-17.892707541577614, 28.761847808998038, 2172.5],
  3: [-17.892546711522133, 28.762845266359122, 2168.2],
  4: [-17.89137994602903, 28.76244451041423, 2172.8],
};

/** Origin of the ground frame: degrees and m. The default is the area-weighted mean of LST-1 and the MAGIC telescopes. */
export interface ReferencePosition {
  readonly referencePositionLon: number;
  readonly referencePositionLat: number;
  readonly referencePositionHeight: Metres;
}

/**
 * Describes the array of a single Large-Sized Telescope. Source: ctapipe_io_lst 0.31 `LSTEventSource.create_subarray`.
 *
 * @throws CherenkitError ZFITS_INSTRUMENT_UNKNOWN (65) for ids of other telescopes
 */
export async function lstSubarray(telId: number, reference: ReferencePosition): Promise<SubarrayDescription> {
  const location = LOCATIONS[telId];
  if (location === undefined) {
    const message = `The data are of telescope ${telId}; expected one of the Large-Sized Telescopes ${nameSome(Object.keys(LOCATIONS))}. Are they of another camera? cherenkit zfits info lists the messages of the file.`;
    throw new CherenkitError('ZFITS_INSTRUMENT_UNKNOWN', ExitCode.BAD_INPUT, message);
  }
  const [lon, lat, height] = location;
  const { itrs } = EarthLocation.fromGeodetic(radians(lon), radians(lat), height + AXIS_HEIGHT);
  const referenceLocation = EarthLocation.fromGeodetic(
    radians(reference.referencePositionLon),
    radians(reference.referencePositionLat),
    reference.referencePositionHeight,
  );
  return new SubarrayDescription({
    name: `LST-${telId} subarray`,
    referenceLocation,
    telPositions: new Map([[telId, itrsToGround(itrs, referenceLocation.geodetic)]]),
    telDescriptions: new Map([[telId, new TelescopeDescription('LST', LST_OPTICS, await lstCamera())]]),
  });
}
