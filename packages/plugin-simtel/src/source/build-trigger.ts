import { EventType, addDuration, TelescopeTriggerContainer, timeFromUnix, TriggerContainer } from '@cherenkit/core';
import type { SimtelEvent } from '../file/simtel-event.js';
import { TriggerTypeBit } from '../objects/trigger-information.js';

/** Event types by sim_telarray's calibration type: lid closed, lid open, LED in the lid, laser or LED. */
const CALIBRATION_TYPES: ReadonlyMap<number | undefined, EventType> = new Map([
  [0, EventType.DARK_PEDESTAL],
  [1, EventType.SKY_PEDESTAL],
  [2, EventType.SINGLE_PE],
  [3, EventType.FLATFIELD],
]);

/**
 * Builds the trigger of an event. Source: ctapipe 0.32 `SimTelEventSource._fill_trigger_info`.
 *
 * @param allowedTels - ids of the telescopes to keep, in ascending order; undefined for all, in file order
 */
export function buildTrigger(
  { type, calibrationType, recorded }: SimtelEvent,
  allowedTels: ReadonlySet<number> | undefined,
): TriggerContainer {
  const { trigger, telescopes } = recorded;
  const time = timeFromUnix(trigger.gpsTime.seconds, trigger.gpsTime.nanoseconds);
  const triggered = [...trigger.triggeredTelescopes];
  const tel = new Map<number, TelescopeTriggerContainer>();
  triggered.forEach((telId, i) => {
    if (allowedTels?.has(telId) === false) return;
    const triggerPixels = telescopes.get(telId)?.triggerPixels;
    const container = new TelescopeTriggerContainer({
      time: addDuration(time, trigger.triggerTimes[i]),
      eventType: telescopeEventType(trigger.teltrgTypeMask[i]),
      nTriggerPixels: triggerPixels?.length ?? -1,
      triggerPixels,
    });
    tel.set(telId, container);
  });
  return new TriggerContainer({
    time,
    tel,
    telsWithTrigger:
      allowedTels === undefined
        ? triggered
        : [...new Set(triggered)].filter((id) => allowedTels.has(id)).sort((a, b) => a - b),
    eventType:
      type === 'data' ? EventType.SUBARRAY : (CALIBRATION_TYPES.get(calibrationType) ?? EventType.OTHER_CALIBRATION),
  });
}

function telescopeEventType(mask: number): EventType {
  if ((mask & TriggerTypeBit.RANDOM_MONO) !== 0) return EventType.RANDOM_MONO;
  if ((mask & TriggerTypeBit.MUON) !== 0) return EventType.MUON;
  if ((mask & TriggerTypeBit.LONG_EVENT) !== 0) return EventType.LONG_EVENT;
  return EventType.SUBARRAY;
}
