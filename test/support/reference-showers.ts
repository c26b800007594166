import {
  ArrayEvent,
  DL1CameraContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  MorphologyContainer,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
} from '@cherenkit/core';
import { radians } from '@cherenkit/kernels';

type Quantity = { value: number | null; unit: string };
type Row = Record<string, Quantity | number | null>;

/** The parts of a reference event that concern stereo reconstruction. */
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

/** The value in memory units; NaN for null. */
export function inMemoryUnits(value: Quantity | number | null): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  return (value.value ?? NaN) * (value.unit === 'deg' ? radians(1) : 1);
}

/** The values of a row in memory units, with names in camelCase. */
export function camelCaseValues(row: Row): Record<string, number> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inMemoryUnits(value),
    ]),
  );
}

/** An event with the image parameters and pointings of a reference. */
export function eventOf(reference: ReferenceEvent): ArrayEvent {
  const event = new ArrayEvent();
  event.trigger.telsWithTrigger = reference.trigger.tels_with_trigger;
  const { pointing } = event.monitoring;
  pointing.arrayAltitude = inMemoryUnits(reference.pointing.array_altitude);
  pointing.arrayAzimuth = inMemoryUnits(reference.pointing.array_azimuth);
  for (const [telId, { parameters }] of Object.entries(reference.tel)) {
    if (parameters === undefined) continue;
    event.dl1.tel.set(
      Number(telId),
      new DL1CameraContainer({
        parameters: new ImageParametersContainer({
          hillas: new HillasParametersContainer(camelCaseValues(parameters.hillas)),
          morphology: new MorphologyContainer(camelCaseValues(parameters.morphology)),
        }),
      }),
    );
    // In these simulations all telescopes have the array pointing.
    const { arrayAltitude: altitude, arrayAzimuth: azimuth } = pointing;
    const monitoring = new TelescopeMonitoringContainer({
      pointing: new TelescopePointingContainer({ altitude, azimuth }),
    });
    event.monitoring.tel.set(Number(telId), monitoring);
  }
  return event;
}
