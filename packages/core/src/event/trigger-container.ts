import { Container } from './container.js';
import { EventType } from './enumeration.js';
import { field } from './field.js';

/** The trigger of one telescope. */
export class TelescopeTriggerContainer extends Container.withFields('', {
  time: field.time('When the telescope triggered'),
  eventType: field.enumeration('What the event is', 'EventType', EventType, EventType.UNKNOWN),
  nTriggerPixels: field.int64('Pixels that triggered; -1 where it is not known'),
  triggerPixels: field.memory<Int32Array | undefined>('Indices of the pixels that triggered', () => undefined),
}) {}

/** The trigger of the array. */
export class TriggerContainer extends Container.withFields('', {
  time: field.time('When the array triggered'),
  telsWithTrigger: field.telescopes('Telescopes with a trigger'),
  eventType: field.enumeration('What the event is', 'EventType', EventType, EventType.SUBARRAY),
  tel: field.byTelescope(TelescopeTriggerContainer),
}) {}
