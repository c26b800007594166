import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
import { requireVersion } from './object-kind.js';
import { flaggedId, telescopeOfFlaggedId, telescopeOfTrackingType, trackingTypeOf } from './telescope-numbering.js';

const HAS_RAW = 0x100;
const HAS_COR = 0x200;

/** Where a telescope pointed at the time of an event, rad; NaN where it is not told. */
export interface TrackingPosition {
  readonly telescopeId: number;
  readonly azimuthRaw: number;
  readonly altitudeRaw: number;
  /** Corrected for the bending of the structure. */
  readonly azimuthCor: number;
  readonly altitudeCor: number;
}

/** Objects 2100 and up: where a telescope points. Written by `write_hess_trackevent`. Version 0. */
export function readTrackingPosition(object: EventioObject): TrackingPosition {
  requireVersion(object, [0]);
  const telescopeId = telescopeOfTrackingType(object.type);
  if (telescopeId === undefined || telescopeId !== telescopeOfFlaggedId(object.id)) {
    throw object.corrupt(
      `is of telescope ${telescopeId} by its type and of ${telescopeOfFlaggedId(object.id)} by its id`,
    );
  }
  const reader = object.reader();
  const hasRaw = (object.id & HAS_RAW) !== 0;
  const hasCor = (object.id & HAS_COR) !== 0;
  return {
    telescopeId,
    azimuthRaw: hasRaw ? reader.float32() : NaN,
    altitudeRaw: hasRaw ? reader.float32() : NaN,
    azimuthCor: hasCor ? reader.float32() : NaN,
    altitudeCor: hasCor ? reader.float32() : NaN,
  };
}

/** Writes such an object, within another one. */
export function writeTrackingPosition(writer: EventioWriter, position: TrackingPosition): void {
  const { telescopeId, azimuthRaw, altitudeRaw, azimuthCor, altitudeCor } = position;
  const hasRaw = !(Number.isNaN(azimuthRaw) && Number.isNaN(altitudeRaw));
  const hasCor = !(Number.isNaN(azimuthCor) && Number.isNaN(altitudeCor));
  const id = flaggedId(telescopeId, (hasRaw ? HAS_RAW : 0) | (hasCor ? HAS_COR : 0));
  writer.object({ type: trackingTypeOf(telescopeId), version: 0, id }, () => {
    if (hasRaw) writer.float32s([azimuthRaw, altitudeRaw]);
    if (hasCor) writer.float32s([azimuthCor, altitudeCor]);
  });
}
