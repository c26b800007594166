import {
  ArrayEvent,
  EventIndexContainer,
  TelescopeTriggerContainer,
  TriggerContainer,
  type EventType,
  type Time,
} from '@cherenkit/core';

/** Ids, and the trigger, of an event of one telescope. */
export interface TelescopeTrigger {
  /** Number of the event in the input, from 0. */
  readonly count: number;
  readonly obsId: number;
  readonly eventId: bigint;
  readonly telId: number;
  readonly time: Time;
  readonly eventType: EventType;
}

/** An event of an array of which one telescope was read out: its trigger is that of the array. */
export function telescopeEvent({ count, obsId, eventId, telId, time, eventType }: TelescopeTrigger): ArrayEvent {
  return new ArrayEvent({
    count,
    index: new EventIndexContainer({ obsId, eventId: Number(eventId) }),
    trigger: new TriggerContainer({
      time,
      eventType,
      telsWithTrigger: [telId],
      tel: new Map([[telId, new TelescopeTriggerContainer({ time, eventType })]]),
    }),
  });
}
