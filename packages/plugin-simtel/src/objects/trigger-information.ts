import type { SimtelTime } from '../eventio/payload-reader.js';
import { defineObject } from './define-object.js';

/** Bits of `teltrgTypeMask`. */
export const TriggerTypeBit = {
  ANALOG_MAJORITY: 0x001,
  ANALOG_SUM: 0x002,
  DIGITAL_SUM: 0x004,
  DIGITAL_MAJORITY: 0x008,
  LONG_EVENT: 0x100,
  MUON: 0x200,
  RANDOM_MONO: 0x400,
} as const;

/** Number of trigger types with separate times. */
const N_TIMED_TRIGGERS = 4;
/** Bits 4 to 6, where sim_telarray before 2024-02 stores bits 8 to 10: long, muon and random events. */
const MISPLACED_BITS = 0x70;

/** Array trigger of an event. */
export interface TriggerInformation {
  readonly cpuTime: SimtelTime;
  readonly gpsTime: SimtelTime;
  /** Bit pattern of the triggered telescopes. */
  readonly triggerPattern: number;
  /** Bit pattern of the telescopes with data. */
  readonly dataPattern: number;
  /** Telescope ids. */
  readonly triggeredTelescopes: Int16Array;
  /** Trigger time per triggered telescope, relative to `gpsTime`, ns. */
  readonly triggerTimes: Float32Array;
  /** Telescope ids. */
  readonly telescopesWithData: Int16Array;
  /** Trigger types per triggered telescope, see `TriggerTypeBit`. */
  readonly teltrgTypeMask: Uint32Array;
  /** Trigger times by telescope id and bit number, ns; only if more than one of the first four trigger types fired. */
  readonly teltrgTimeByType: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Direction (rad) and speed of light assumed to correct for plane wavefront delays; undefined before version 3. */
  readonly planeWavefrontCompensation:
    { readonly az: number; readonly alt: number; readonly speedOfLight: number } | undefined;
}

/** Object 2009: array trigger. Written by `write_hess_centralevent` in `io_hess.c`. */
export const TRIGGER_INFORMATION = defineObject<TriggerInformation>({
  type: 2009,
  name: 'TriggerInformation',
  versions: [0, 1, 2, 3],
  read(reader, { version }) {
    const cpuTime = reader.time();
    const gpsTime = reader.time();
    const triggerPattern = reader.int32();
    const dataPattern = reader.int32();
    const nTriggered = version >= 1 ? reader.count('int16') : 0;
    const triggeredTelescopes = reader.int16s(nTriggered);
    const triggerTimes = reader.float32s(nTriggered);
    const telescopesWithData = reader.int16s(version >= 1 ? reader.count('int16') : 0);
    const masks = version >= 2 ? reader.unsignedVarints(nTriggered) : new Uint32Array(nTriggered);
    const teltrgTimeByType = new Map<number, Map<number, number>>();
    masks.forEach((mask, i) => {
      const fired = firedTriggers(mask);
      const telId = triggeredTelescopes[i] ?? 0;
      if (fired.length > 1) teltrgTimeByType.set(telId, new Map(fired.map((bit) => [bit, reader.float32()])));
    });
    return {
      cpuTime,
      gpsTime,
      triggerPattern,
      dataPattern,
      triggeredTelescopes,
      triggerTimes,
      telescopesWithData,
      teltrgTypeMask: masks.map(moveMisplacedBits),
      teltrgTimeByType,
      planeWavefrontCompensation:
        version >= 3 ? { az: reader.float32(), alt: reader.float32(), speedOfLight: reader.float32() } : undefined,
    };
  },
  writeVersion: 3,
  write(writer, trigger) {
    const { triggeredTelescopes, teltrgTypeMask, planeWavefrontCompensation: compensation } = trigger;
    writer.time(trigger.cpuTime);
    writer.time(trigger.gpsTime);
    writer.int32(trigger.triggerPattern);
    writer.int32(trigger.dataPattern);
    writer.int16(triggeredTelescopes.length);
    writer.int16s(triggeredTelescopes);
    writer.float32s(trigger.triggerTimes);
    writer.int16(trigger.telescopesWithData.length);
    writer.int16s(trigger.telescopesWithData);
    writer.unsignedVarints(teltrgTypeMask);
    teltrgTypeMask.forEach((mask, i) => {
      const fired = firedTriggers(mask);
      const times = trigger.teltrgTimeByType.get(triggeredTelescopes[i]);
      if (fired.length > 1) writer.float32s(fired.map((bit) => times?.get(bit) ?? 0));
    });
    writer.float32s(compensation ? [compensation.az, compensation.alt, compensation.speedOfLight] : [0, 0, 0]);
  },
});

/** Numbers of the bits set among the first four. */
function firedTriggers(mask: number): number[] {
  return [...Array(N_TIMED_TRIGGERS).keys()].filter((bit) => (mask & (1 << bit)) !== 0);
}

function moveMisplacedBits(mask: number): number {
  return (mask | ((mask & MISPLACED_BITS) << 4)) & ~MISPLACED_BITS;
}
