import type { EventioObject } from '../eventio/eventio-object.js';
import { requireVersion } from './object-kind.js';
import { telescopeOfFlaggedId, telescopeOfTrackingType } from './telescope-numbering.js';

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
