import { Container } from './container.js';
import { EventType } from './enumeration.js';
import { field } from './field.js';

/** Trigger of one telescope. */
export class TelescopeTriggerContainer extends Container.withFields('', {
  /** When the telescope triggered. */
  time: field.time('When the telescope triggered'),
  /** What the event is. */
  eventType: field.enumeration('What the event is', 'EventType', EventType, EventType.UNKNOWN),
  /** Pixels that triggered; -1 where it is not known. */
  nTriggerPixels: field.int64('Pixels that triggered; -1 where it is not known'),
  /** Indices of the pixels that triggered. */
  triggerPixels: field.transient<Int32Array | undefined>(
    'Indices of the pixels that triggered',
    () => undefined,
    'int32',
  ),
}) {}

/** Trigger of the array. */
export class TriggerContainer extends Container.withFields('', {
  /** When the array triggered. */
  time: field.time('When the array triggered'),
  /** Telescopes with a trigger. */
  telsWithTrigger: field.telescopes('Telescopes with a trigger'),
  /** What the event is. */
  eventType: field.enumeration('What the event is', 'EventType', EventType, EventType.SUBARRAY),
  /** Trigger of each telescope, by its id. */
  tel: field.byTelescope(TelescopeTriggerContainer, 'Trigger of each telescope, by its id'),
}) {}
