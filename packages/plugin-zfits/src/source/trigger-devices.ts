import type { ZfitsArray } from '../container/zfits-column.js';

/** Bits of `extdevices_presence`. */
const TIB = 1;
const UCTS = 2;
/** Size of the UCTS data since version 37201 of the event builder, and of the TIB data, bytes. */
const UCTS_BYTES = 36;
const OLD_UCTS_BYTES = 31;
const TIB_BYTES = 12;

/** Bits of the trigger type. Source: TIB user manual, by ctapipe_io_lst 0.31 `TriggerBits`. */
export const TriggerBits = {
  MONO: 1,
  STEREO: 2,
  CALIBRATION: 4,
  SINGLE_PE: 8,
  SOFTWARE: 16,
  PEDESTAL: 32,
  SLOW_CONTROL: 64,
} as const;

const PHYSICS = TriggerBits.MONO | TriggerBits.STEREO;
const ALL_BITS = 0x7f;

/** Whether the trigger is one of showers, and no other. */
export function isShowerTrigger(bits: number): boolean {
  return (bits & PHYSICS) !== 0 && (bits & ALL_BITS & ~PHYSICS) === 0;
}

/** Time and trigger type by the central time stamping (UCTS). */
export interface UctsData {
  /** TAI since 1970, ns. */
  readonly timestamp: bigint;
  readonly triggerType: number;
}

/** What the devices of a telescope recorded of an event. */
export interface TriggerDevices {
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
export function triggerDevices({ extdevicesPresence: presence, tibData, cdtsData }: ExternalDevices): TriggerDevices {
  return {
    tibTrigger: (presence & TIB) !== 0 ? viewOf(tibData, TIB_BYTES, 'tib_data').getUint8(11) : undefined,
    ucts: (presence & UCTS) !== 0 ? uctsData(cdtsData) : undefined,
  };
}

/** Trigger bits of an event by the preferred device, or by the other one. */
export function triggerBits(
  uctsTrigger: number | undefined,
  tibTrigger: number | undefined,
  preferred: 'ucts' | 'tib',
): number | undefined {
  return preferred === 'tib' ? (tibTrigger ?? uctsTrigger) : (uctsTrigger ?? tibTrigger);
}

/** Trigger type of UCTS data that most likely belong to another event. */
const SHIFTED_TRIGGER = 42;

/** Warning for an event whose preferred UCTS data most likely belong to another event; undefined for others. */
export function shiftedTriggerWarning(
  eventId: bigint,
  uctsTrigger: number | undefined,
  preferred: 'ucts' | 'tib',
): string | undefined {
  if (uctsTrigger !== SHIFTED_TRIGGER || preferred !== 'ucts') return undefined;
  return `Event ${eventId}: trigger type 42 of UCTS, most likely that of another event; consider default_trigger_type tib.`;
}

function uctsData(bytes: ZfitsArray | undefined): UctsData {
  const view = viewOf(bytes, OLD_UCTS_BYTES, 'cdts_data');
  if (view.byteLength >= UCTS_BYTES) return { timestamp: view.getBigUint64(0, true), triggerType: view.getUint8(28) };
  return { timestamp: view.getBigUint64(12, true), triggerType: view.getUint8(28) };
}

function viewOf(bytes: ZfitsArray | undefined, size: number, name: string): DataView {
  if (bytes === undefined || bytes.byteLength < size) {
    throw new RangeError(`${bytes?.byteLength ?? 0} bytes of ${name}, expected at least ${size}`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
