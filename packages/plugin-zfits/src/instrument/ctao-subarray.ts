import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  CherenkitError,
  EarthLocation,
  ExitCode,
  nameSome,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { cameraFrame, itrsToGround, pixelShapeOf, radians } from '@cherenkit/kernels';
import type { ArraySite, CameraData } from '@cherenkit/instrument-ctao';

/** Optics of the Large-Sized Telescopes. Source: ctapipe_io_zfits 0.5 `OPTICS`. */
export const LST_OPTICS = new OpticsDescription({
  name: 'LST',
  sizeType: 'LST',
  nMirrors: 1,
  nMirrorTiles: 198,
  reflectorShape: 'PARABOLIC',
  equivalentFocalLength: 28,
  effectiveFocalLength: 29.30565,
  mirrorArea: 386.73,
});

/**
 * Builds the description of a subarray of CTAO North. Source: ctapipe_io_zfits 0.5 `build_subarray_description`.
 *
 * @throws CherenkitError ZFITS_INSTRUMENT_UNKNOWN (65) for subarrays and telescopes that are not described
 */
export async function ctaoSubarray(subarrayId: number): Promise<SubarrayDescription> {
  const { CTAO_NORTH, LST_CAM } = await import('@cherenkit/instrument-ctao');
  const subset = CTAO_NORTH.subarrays.find(({ id }) => id === subarrayId);
  if (subset === undefined) {
    const known = nameSome(CTAO_NORTH.subarrays.map(({ id, name }) => `${id} (${name})`));
    throw unknownInstrument(`Subarray ${subarrayId} is not described; expected one of ${known}. Set subarray_id.`);
  }
  const { x, y, z } = CTAO_NORTH.referenceLocation;
  const referenceLocation = EarthLocation.fromItrs(x, y, z);
  const camera = cameraFrom(LST_CAM, LST_OPTICS);
  const elements = subset.telIds.map((telId) => arrayElement(CTAO_NORTH, telId));
  return new SubarrayDescription({
    name: subset.name,
    referenceLocation,
    telPositions: new Map(elements.map((each) => [each.id, itrsToGround(each, referenceLocation.geodetic)])),
    telDescriptions: new Map(elements.map(({ id, name }) => [id, new TelescopeDescription(name, LST_OPTICS, camera)])),
  });
}

/** Name of a telescope of CTAO, as in the folders of its data: `LSTN-01`; undefined for an unknown one. */
export async function arrayElementName(telId: number): Promise<string | undefined> {
  const { CTAO_NORTH } = await import('@cherenkit/instrument-ctao');
  return CTAO_NORTH.elements.find(({ id }) => id === telId)?.name;
}

function arrayElement({ elements }: ArraySite, telId: number): ArraySite['elements'][number] {
  const element = elements.find(({ id }) => id === telId);
  if (element?.name.startsWith('LST')) return element;
  const found = element === undefined ? `Telescope ${telId}` : `Telescope ${telId} (${element.name})`;
  throw unknownInstrument(`${found} is not described; only Large-Sized Telescopes are.`);
}

/** The camera of the Large-Sized Telescopes. */
export async function lstCamera(): Promise<CameraDescription> {
  const { LST_CAM } = await import('@cherenkit/instrument-ctao');
  return cameraFrom(LST_CAM, LST_OPTICS);
}

/** A camera of the instrument data, behind the mirrors of a telescope. */
export function cameraFrom({ name, geometry, readout }: CameraData, optics: OpticsDescription): CameraDescription {
  return new CameraDescription(
    name,
    new CameraGeometry({
      name,
      pixX: geometry.pixX,
      pixY: geometry.pixY,
      pixArea: geometry.pixArea,
      pixType: pixelShapeOf(geometry.pixType),
      pixRotation: radians(geometry.pixRotationDeg),
      camRotation: radians(geometry.camRotationDeg),
      frame: cameraFrame(optics.effectiveFocalLength),
    }),
    new CameraReadout({
      ...readout,
      name,
      referencePulseShape: readout.referencePulseShape.map((pulse) => Float64Array.from(pulse)),
    }),
  );
}

function unknownInstrument(message: string): CherenkitError {
  return new CherenkitError('ZFITS_INSTRUMENT_UNKNOWN', ExitCode.BAD_INPUT, message);
}
