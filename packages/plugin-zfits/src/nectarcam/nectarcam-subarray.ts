import { EarthLocation, OpticsDescription, SubarrayDescription, TelescopeDescription } from '@cherenkit/core';
import { cameraFrom } from '../instrument/ctao-subarray.js';

/** Optics of a Medium-Sized Telescope. Source: ctapipe_io_nectarcam 0.2.4 `OPTICS`. */
const MST_OPTICS = new OpticsDescription({
  name: 'MST',
  sizeType: 'MST',
  nMirrors: 1,
  nMirrorTiles: 86,
  reflectorShape: 'HYBRID',
  equivalentFocalLength: 16,
  effectiveFocalLength: 16.44505,
  mirrorArea: 106,
});

/**
 * Describes a single telescope with a NectarCAM at the origin, which is at longitude and latitude 0: the data do not contain its
 * position. Source: ctapipe_io_nectarcam 0.2.4 `create_subarray`.
 */
export async function nectarCamSubarray(telId: number): Promise<SubarrayDescription> {
  const { NECTAR_CAM } = await import('@cherenkit/instrument-ctao');
  const camera = cameraFrom(NECTAR_CAM, MST_OPTICS);
  return new SubarrayDescription({
    name: `MST-${telId} subarray`,
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 0),
    telPositions: new Map([[telId, { x: 0, y: 0, z: 0 }]]),
    telDescriptions: new Map([[telId, new TelescopeDescription('NectarCam', MST_OPTICS, camera)]]),
  });
}
