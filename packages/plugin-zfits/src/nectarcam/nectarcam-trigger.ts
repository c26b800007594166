import { EventType } from '@cherenkit/core';
import type { ZfitsArray } from '../container/zfits-column.js';
import { isShowerTrigger, TriggerBits } from '../source/trigger-devices.js';

/** Number of pixels of a module. */
const MODULE_PIXELS = 7;
/**
 * Counters of a module: events (uint32), PPS, events (uint16 each), time stamp (uint32), fine times (2 int8), 2 unused bytes, and in
 * newer data four patterns of the pixels that triggered, one per 4 ns.
 */
const COUNTERS_BYTES = 20;
const PATTERNS_AT = 16;
const N_PATTERNS = 4;
/** Version of the event builder from which on the flags of pixels contain the trigger. */
const FLAGGED_SINCE = 12;

/** Event type by the bits of the trigger. Source: ctapipe_io_nectarcam 0.2.4 `fill_trigger_info`. */
export function nectarCamEventType(bits: number): EventType {
  if (isShowerTrigger(bits)) return EventType.SUBARRAY;
  if ((bits & TriggerBits.CALIBRATION) !== 0) return EventType.FLATFIELD;
  if ((bits & TriggerBits.PEDESTAL) !== 0) return EventType.SKY_PEDESTAL;
  if ((bits & TriggerBits.SINGLE_PE) !== 0) return EventType.SINGLE_PE;
  return EventType.UNKNOWN;
}

/** Whether the flags of pixels lack the trigger, which is then only in the counters: before version 6.12 of the event builder. */
export function lacksPixelTriggers(builderVersion: string, isOldMessage: boolean): boolean {
  if (isOldMessage) return true;
  const [, minor] = /^v6\.(\d+)/.exec(builderVersion) ?? [];
  return minor !== undefined && Number(minor) < FLAGGED_SINCE;
}

/**
 * Pixels that triggered, in the order of the camera: a bit for each of the four patterns. Source: ctapipe_io_nectarcam 0.2.4
 * `unpack_feb_data`.
 *
 * @param counters - counters of the modules; without patterns, no pixel triggered
 * @param moduleIds - id of each module, by which its pixels are numbered
 */
export function pixelTriggers(
  counters: ZfitsArray | undefined,
  moduleIds: ArrayLike<number>,
  nPixels: number,
): Uint8Array {
  const triggers = new Uint8Array(nPixels);
  if (counters === undefined || counters.byteLength < COUNTERS_BYTES * moduleIds.length) return triggers;
  const bytes = new Uint8Array(counters.buffer, counters.byteOffset, counters.byteLength);
  for (let module = 0; module < moduleIds.length; module++) {
    for (let pattern = 0; pattern < N_PATTERNS; pattern++) {
      const bits = bytes[module * COUNTERS_BYTES + PATTERNS_AT + pattern];
      for (let i = 0; i < MODULE_PIXELS; i++) {
        if ((bits & (1 << i)) !== 0) triggers[moduleIds[module] * MODULE_PIXELS + i] |= 1 << pattern;
      }
    }
  }
  return triggers;
}
