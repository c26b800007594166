import type { SimtelTime } from '../eventio/payload-reader.js';
import { objectKind } from './object-kind.js';

/** The bits of `teltrgTypeMask`. */
export const TriggerTypeBit = {
  ANALOG_MAJORITY: 0x001,
  ANALOG_SUM: 0x002,
  DIGITAL_SUM: 0x004,
  DIGITAL_MAJORITY: 0x008,
  LONG_EVENT: 0x100,
  MUON: 0x200,
  RANDOM_MONO: 0x400,
} as const;

const N_TIMED_TRIGGERS = 4;
/** Where versions of sim_telarray before 2024-02 set the bits of long, muon and random events: four bits too low. */
const MISPLACED_BITS = 0x70;

/** The trigger of the array. */
export interface TriggerInformation {
  readonly cpuTime: SimtelTime;
  readonly gpsTime: SimtelTime;
  readonly triggerPattern: number;
  readonly dataPattern: number;
  /** Ids. */
  readonly triggeredTelescopes: Int16Array;
  /** Per triggered telescope, relative to `gpsTime`, ns. */
  readonly triggerTimes: Float32Array;
  /** Ids. */
  readonly telescopesWithData: Int16Array;
  /** Per triggered telescope, see TriggerTypeBit. */
  readonly teltrgTypeMask: Uint32Array;
  /** By telescope, then by number of the bit, where more than one of the first four triggers fired; ns. */
  readonly teltrgTimeByType: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** From version 3 on: the direction for which a plane wavefront arrives everywhere at once, and the speed used. */
  readonly planeWavefrontCompensation:
    { readonly az: number; readonly alt: number; readonly speedOfLight: number } | undefined;
}

/** Object 2009: the central part of an event. Written by `write_hess_centralevent`. */
export const TRIGGER_INFORMATION = objectKind<TriggerInformation>(
  2009,
  'TriggerInformation',
  [0, 1, 2, 3],
  (reader, { version }) => {
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
      teltrgTypeMask: masks.map(withBitsInPlace),
      teltrgTimeByType,
      planeWavefrontCompensation:
        version >= 3 ? { az: reader.float32(), alt: reader.float32(), speedOfLight: reader.float32() } : undefined,
    };
  },
  {
    version: 3,
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
  },
);

/** Numbers of the bits of the first four triggers that are set. */
function firedTriggers(mask: number): number[] {
  return [...Array(N_TIMED_TRIGGERS).keys()].filter((bit) => (mask & (1 << bit)) !== 0);
}

function withBitsInPlace(mask: number): number {
  return (mask | ((mask & MISPLACED_BITS) << 4)) & ~MISPLACED_BITS;
}
