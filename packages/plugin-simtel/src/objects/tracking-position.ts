import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
import { requireVersion } from './define-object.js';
import {
  encodeTelescopeId,
  decodeTelescopeId,
  telescopeOfTrackingType,
  trackingObjectType,
} from './telescope-numbering.js';

const HAS_RAW = 0x100;
const HAS_COR = 0x200;

/** Pointing of a telescope at the time of an event, rad; NaN if not stored. */
export interface TrackingPosition {
  readonly telescopeId: number;
  readonly azimuthRaw: number;
  readonly altitudeRaw: number;
  /** Azimuth after pointing correction. */
  readonly azimuthCor: number;
  /** Altitude after pointing correction. */
  readonly altitudeCor: number;
}

/**
 * Decodes a tracking position, objects 2100 and above, version 0. Written by `write_hess_trackevent` in `io_hess.c`.
 *
 * @throws SimtelError SIMTEL_UNSUPPORTED_VERSION or SIMTEL_CORRUPT (65)
 */
export function readTrackingPosition(object: EventioObject): TrackingPosition {
  requireVersion(object, [0]);
  const telescopeId = telescopeOfTrackingType(object.type);
  if (telescopeId === undefined || telescopeId !== decodeTelescopeId(object.id)) {
    throw object.corrupt(
      `is of telescope ${telescopeId} according to its type, but of ${decodeTelescopeId(object.id)} according to its id`,
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

/** Writes a tracking position within another object. */
export function writeTrackingPosition(writer: EventioWriter, position: TrackingPosition): void {
  const { telescopeId, azimuthRaw, altitudeRaw, azimuthCor, altitudeCor } = position;
  const hasRaw = !(Number.isNaN(azimuthRaw) && Number.isNaN(altitudeRaw));
  const hasCor = !(Number.isNaN(azimuthCor) && Number.isNaN(altitudeCor));
  const id = encodeTelescopeId(telescopeId, (hasRaw ? HAS_RAW : 0) | (hasCor ? HAS_COR : 0));
  writer.object({ type: trackingObjectType(telescopeId), version: 0, id }, () => {
    if (hasRaw) writer.float32s([azimuthRaw, altitudeRaw]);
    if (hasCor) writer.float32s([azimuthCor, altitudeCor]);
  });
}
