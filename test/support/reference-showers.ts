import {
  ArrayEvent,
  DL1CameraContainer,
  EarthLocation,
  HillasParametersContainer,
  ImageParametersContainer,
  MorphologyContainer,
  SubarrayDescription,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  type TelescopeDescription,
} from '@cherenkit/core';
import { radians, type GroundPoint } from '@cherenkit/kernels';

import type { CtapipeReference } from './ctapipe-reference.js';
import { makeTelescope } from './make-telescope.js';

type Quantity = { value: number | null; unit: string };
type Row = Record<string, Quantity | number | null>;

/** What of a reference stereo reconstruction is about. */
export interface ReferenceEvent {
  index: { event_id: number };
  trigger: { tels_with_trigger: number[] };
  pointing: { array_azimuth: Quantity; array_altitude: Quantity };
  tel: Record<
    string,
    {
      parameters?: { hillas: Row; morphology: Row; core: { psi: Quantity } };
      impact?: Record<string, { distance: Quantity }> | null;
    }
  >;
  stereo?: Record<string, Row & { is_valid: boolean; telescopes: number[] }>;
}

type Reference = CtapipeReference<ReferenceEvent>;
const pointOf = ([x, y, z]: [number, number, number]): GroundPoint => ({ x, y, z });

/** In memory's units; NaN for null. */
export function inMemory(value: Quantity | number | null): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  return (value.value ?? NaN) * (value.unit === 'deg' ? radians(1) : 1);
}

/** The values of a row, named as in code; `_` and a letter become a capital. */
export function named(row: Row): Record<string, number> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inMemory(value),
    ]),
  );
}

/** The array of a reference. */
export function subarrayOf({ subarray, cameras, focal_length_choice: choice }: Reference): SubarrayDescription {
  const telDescriptions = new Map<number, TelescopeDescription>();
  const telPositions = new Map<number, GroundPoint>();
  for (const [telId, { name, camera, optics, position_m }] of Object.entries(subarray.tels)) {
    const { name: cameraName, pix_x_m: pixX, pix_y_m: pixY, pix_type: pixType } = cameras[camera];
    const { equivalent_focal_length_m: equivalent, effective_focal_length_m: effective } = optics;
    const focalLength = choice === 'EFFECTIVE' ? (effective ?? NaN) : equivalent;
    telDescriptions.set(Number(telId), makeTelescope({ name, cameraName, pixX, pixY, pixType, focalLength }));
    telPositions.set(Number(telId), pointOf(position_m));
  }
  const { lon_deg: lon, lat_deg: lat, height_m: height } = subarray.reference_location;
  const referenceLocation = EarthLocation.fromGeodetic(radians(lon), radians(lat), height);
  return new SubarrayDescription({ name: subarray.name, telPositions, telDescriptions, referenceLocation });
}

/** The images of an event, by their parameters, with the pointings. */
export function eventOf(reference: ReferenceEvent): ArrayEvent {
  const event = new ArrayEvent();
  event.trigger.telsWithTrigger = reference.trigger.tels_with_trigger;
  const { pointing } = event.monitoring;
  pointing.arrayAltitude = inMemory(reference.pointing.array_altitude);
  pointing.arrayAzimuth = inMemory(reference.pointing.array_azimuth);
  for (const [telId, { parameters }] of Object.entries(reference.tel)) {
    if (parameters === undefined) continue;
    event.dl1.tel.set(
      Number(telId),
      new DL1CameraContainer({
        parameters: new ImageParametersContainer({
          hillas: new HillasParametersContainer(named(parameters.hillas)),
          morphology: new MorphologyContainer(named(parameters.morphology)),
        }),
      }),
    );
    // In these simulations all telescopes point where the array does.
    const { arrayAltitude: altitude, arrayAzimuth: azimuth } = pointing;
    const monitoring = new TelescopeMonitoringContainer({
      pointing: new TelescopePointingContainer({ altitude, azimuth }),
    });
    event.monitoring.tel.set(Number(telId), monitoring);
  }
  return event;
}
