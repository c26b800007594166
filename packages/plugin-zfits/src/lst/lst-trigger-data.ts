import { EventType } from '@cherenkit/core';
import type { ZfitsArray } from '../container/zfits-column.js';

/** Bits of `extdevices_presence`. */
const TIB = 1;
const UCTS = 2;
/** Size of the UCTS data since version 37201 of the event builder, and of the TIB data, bytes. */
const UCTS_BYTES = 36;
const OLD_UCTS_BYTES = 31;
const TIB_BYTES = 12;
/** Counters of a module: PPS (uint16), 10 MHz, events, triggers (uint32 each), 133 MHz clock (uint64). */
const COUNTERS_BYTES = 22;

/** Bits of the trigger type. Source: TIB user manual, by ctapipe_io_lst 0.31 `TriggerBits`. */
const TriggerBits = {
  MONO: 1,
  STEREO: 2,
  CALIBRATION: 4,
  SINGLE_PE: 8,
  SOFTWARE: 16,
  PEDESTAL: 32,
  SLOW_CONTROL: 64,
} as const;

/** Time and trigger type by the central time stamping (UCTS). */
export interface UctsData {
  /** TAI since 1970, ns. */
  readonly timestamp: bigint;
  readonly triggerType: number;
}

/** What the devices of the telescope recorded of an event. */
export interface LstTriggerData {
  readonly ucts: UctsData | undefined;
  /** Trigger type by the trigger interface board (TIB). */
  readonly tibTrigger: number | undefined;
}

/** The fields of a message that the devices fill. */
export interface ExternalDevices {
  readonly extdevicesPresence: number;
  readonly tibData: ZfitsArray | undefined;
  readonly cdtsData: ZfitsArray | undefined;
}

/**
 * Unpacks the data of the devices. Source: ctapipe_io_lst 0.31 `anyarray_dtypes`.
 *
 * @throws RangeError for data that are shorter than their structure
 */
export function lstTriggerData({ extdevicesPresence: presence, tibData, cdtsData }: ExternalDevices): LstTriggerData {
  return {
    tibTrigger: (presence & TIB) !== 0 ? viewOf(tibData, TIB_BYTES, 'tib_data').getUint8(11) : undefined,
    ucts: (presence & UCTS) !== 0 ? uctsData(cdtsData) : undefined,
  };
}

function uctsData(bytes: ZfitsArray | undefined): UctsData {
  const view = viewOf(bytes, OLD_UCTS_BYTES, 'cdts_data');
  if (view.byteLength >= UCTS_BYTES) return { timestamp: view.getBigUint64(0, true), triggerType: view.getUint8(28) };
  return { timestamp: view.getBigUint64(12, true), triggerType: view.getUint8(28) };
}

/** Counters of the modules. */
export interface ModuleCounters {
  /** Seconds since the start of the run, and ticks of 100 ns in the second. */
  readonly pps: number;
  readonly tenMhz: number;
  /** Ticks of 7.5 ns. */
  readonly clock: bigint;
}

/** Unpacks the counters of each module; empty without counters. */
export function moduleCounters(bytes: ZfitsArray | undefined): ModuleCounters[] {
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(view.byteLength / COUNTERS_BYTES) }, (_, module) => {
    const at = module * COUNTERS_BYTES;
    return {
      pps: view.getUint16(at, true),
      tenMhz: view.getUint32(at + 2, true),
      clock: view.getBigUint64(at + 14, true),
    };
  });
}

function viewOf(bytes: ZfitsArray | undefined, size: number, name: string): DataView {
  if (bytes === undefined || bytes.byteLength < size) {
    throw new RangeError(`${bytes?.byteLength ?? 0} bytes of ${name}, expected at least ${size}`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const PHYSICS = TriggerBits.MONO | TriggerBits.STEREO;

/** Event type by the bits of the trigger. Source: ctapipe_io_lst 0.31 `_event_type_from_trigger_bits`. */
export function eventTypeOfTrigger(bits: number): EventType {
  if ((bits & PHYSICS) !== 0 && (bits & ~PHYSICS & 0x7f) === 0) return EventType.SUBARRAY;
  switch (bits) {
    // Flat-field events may trigger the camera as well.
    case TriggerBits.CALIBRATION:
    case TriggerBits.CALIBRATION | TriggerBits.MONO:
      return EventType.FLATFIELD;
    // A trigger at the same time as a pedestal, most likely of a shower.
    case TriggerBits.PEDESTAL | TriggerBits.MONO:
      return EventType.SUBARRAY;
    case TriggerBits.PEDESTAL:
      return EventType.SKY_PEDESTAL;
    case TriggerBits.SINGLE_PE:
      return EventType.SINGLE_PE;
    default:
      return EventType.UNKNOWN;
  }
}
