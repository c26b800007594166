import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { cameraFrame, radians, type CameraFrame } from '@cherenkit/kernels';

import type { CtapipeReference, ReferenceCamera, ReferenceTelescope } from './ctapipe-reference.js';

/** The subarray of a reference file with the focal lengths used by ctapipe, derotated pixels and no pulse shapes. */
export function referenceSubarray(reference: CtapipeReference): SubarrayDescription {
  const { subarray, cameras } = reference;
  const { lon_deg, lat_deg, height_m } = subarray.reference_location;
  const telescopes = Object.entries(subarray.tels).map(([telId, tel]) => [Number(telId), tel] as const);
  const geometries = new Map<string, CameraGeometry<CameraFrame>>();
  const describe = (tel: ReferenceTelescope): TelescopeDescription => {
    const { optics } = tel;
    const focalLength =
      reference.focal_length_choice === 'EFFECTIVE'
        ? (optics.effective_focal_length_m ?? NaN)
        : optics.equivalent_focal_length_m;
    const key = `${tel.camera} ${focalLength}`;
    const geometry = geometries.get(key) ?? geometryOf(cameras[tel.camera], focalLength);
    geometries.set(key, geometry);
    return new TelescopeDescription(tel.name, opticsOf(tel), cameraOf(tel, geometry));
  };
  return new SubarrayDescription({
    name: subarray.name,
    telPositions: new Map(
      telescopes.map(
        ([
          telId,
          {
            position_m: [x, y, z],
          },
        ]) => [telId, { x, y, z }],
      ),
    ),
    telDescriptions: new Map(telescopes.map(([telId, tel]) => [telId, describe(tel)])),
    referenceLocation: EarthLocation.fromGeodetic(radians(lon_deg), radians(lat_deg), height_m),
  });
}

function geometryOf(camera: ReferenceCamera, focalLength: number): CameraGeometry<CameraFrame> {
  return new CameraGeometry({
    name: camera.name,
    pixX: camera.pix_x_m,
    pixY: camera.pix_y_m,
    pixArea: new Float64Array(camera.n_pixels).fill(camera.pix_area_m2_sum / camera.n_pixels),
    pixType: camera.pix_type,
    pixRotation: radians(camera.pix_rotation_deg),
    frame: cameraFrame(focalLength),
  });
}

function cameraOf({ readout }: ReferenceTelescope, geometry: CameraGeometry<CameraFrame>): CameraDescription {
  const { name, nPixels } = geometry;
  return new CameraDescription(
    name,
    geometry,
    new CameraReadout({
      name,
      samplingRate: readout.sampling_rate_ghz,
      referencePulseShape: Array.from(
        { length: readout.n_channels },
        () => new Float64Array(readout.reference_pulse_shape[1]),
      ),
      referencePulseSampleWidth: readout.reference_pulse_sample_width_ns,
      nChannels: readout.n_channels,
      nPixels,
      nSamples: readout.n_samples,
    }),
  );
}

function opticsOf({ optics }: ReferenceTelescope): OpticsDescription {
  return new OpticsDescription({
    name: optics.name,
    sizeType: optics.size_type,
    nMirrors: optics.n_mirrors === 2 ? 2 : 1,
    equivalentFocalLength: optics.equivalent_focal_length_m,
    effectiveFocalLength: optics.effective_focal_length_m ?? NaN,
    mirrorArea: optics.mirror_area_m2,
    nMirrorTiles: optics.n_mirror_tiles,
    reflectorShape: optics.reflector_shape,
  });
}
