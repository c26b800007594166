import {
  ArrayEvent,
  CameraHillasParametersContainer,
  DL1CameraContainer,
  EarthLocation,
  HillasParametersContainer,
  ImageParametersContainer,
  MorphologyContainer,
  SubarrayDescription,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
} from '@cherenkit/core';
import type { GroundPoint } from '@cherenkit/kernels';

import { readCheckedIn } from './ctapipe-reference.js';
import { makeTelescope } from './make-telescope.js';

type Numbers = Record<
  'alt' | 'az' | 'alt_uncert' | 'core_x' | 'core_y' | 'core_tilted_x' | 'core_tilted_y' | 'h_max',
  number
>;

interface StereoReference {
  reference_location: [number, number, number];
  cameras: Record<string, { focal_length: number; x: number[]; y: number[] }>;
  telescopes: Record<string, { camera: string; position: [number, number, number] }>;
  showers: (Numbers & {
    frame: 'telescope' | 'camera';
    pointing: [number, number];
    images: Record<
      string,
      Record<'lon' | 'lat' | 'psi' | 'width' | 'length' | 'intensity' | 'n_pixels', number> & {
        pointing: [number, number];
      }
    >;
    telescopes: number[];
    average_intensity: number;
    psi: Record<string, number | null>;
    impact: Record<string, number>;
    intersection: Record<keyof Numbers | 'core_tilted_uncert_x' | 'core_tilted_uncert_y', number | null> & {
      is_valid: boolean;
      telescopes: number[];
    };
  })[];
}

const pointOf = ([x, y, z]: [number, number, number]): GroundPoint => ({ x, y, z });

const toy = readCheckedIn('stereo.json') as StereoReference;
const telescopes = Object.entries(toy.telescopes);
/** The subarray of the reference. */
export const toySubarray = new SubarrayDescription({
  name: 'toy',
  telPositions: new Map(telescopes.map(([telId, { position }]) => [Number(telId), pointOf(position)])),
  telDescriptions: new Map(
    telescopes.map(([telId, { camera }]) => {
      const { focal_length: focalLength, x: pixX, y: pixY } = toy.cameras[camera];
      return [
        Number(telId),
        makeTelescope({ name: camera, cameraName: camera, pixX, pixY, pixType: 'hexagon', focalLength }),
      ];
    }),
  ),
  referenceLocation: EarthLocation.fromGeodetic(...toy.reference_location),
});

/** Random image parameters with the results of ctapipe's reconstructors. */
export const TOY_SHOWERS = toy.showers;

/** An event with the image parameters and pointings of a shower. */
export function toyEvent({ frame, pointing, images }: StereoReference['showers'][number]): ArrayEvent {
  const event = new ArrayEvent();
  event.trigger.telsWithTrigger = toySubarray.telIds;
  [event.monitoring.pointing.arrayAltitude, event.monitoring.pointing.arrayAzimuth] = pointing;
  for (const [key, { lon, lat, psi, width, length, intensity, n_pixels: nPixels, pointing: own }] of Object.entries(
    images,
  )) {
    const telId = Number(key);
    const { focalLength: f } = toySubarray.telescope(telId).camera.frame;
    const hillas =
      frame === 'telescope'
        ? new HillasParametersContainer({ fovLon: lon, fovLat: lat, psi, width, length, intensity })
        : new CameraHillasParametersContainer({
            x: lat * f,
            y: lon * f,
            psi,
            width: width * f,
            length: length * f,
            intensity,
          });
    const parameters = new ImageParametersContainer({ hillas, morphology: new MorphologyContainer({ nPixels }) });
    event.dl1.tel.set(telId, new DL1CameraContainer({ parameters }));
    const [altitude, azimuth] = own;
    const monitoring = { pointing: new TelescopePointingContainer({ altitude, azimuth }) };
    event.monitoring.tel.set(telId, new TelescopeMonitoringContainer(monitoring));
  }
  return event;
}
