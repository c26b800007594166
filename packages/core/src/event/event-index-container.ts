import { Container } from './container.js';
import { field } from './field.js';

/** Index of an array event. */
export class EventIndexContainer extends Container.withFields('', {
  /** Observation block, unique in the file. */
  obsId: field.int32('Observation block, unique in the file'),
  /** Array event, unique in its observation block. */
  eventId: field.int64('Array event, unique in its observation block'),
}) {}

/** Index of a telescope event: array event and telescope. */
export class TelEventIndexContainer extends Container.withFields('', EventIndexContainer.fields, {
  /** Telescope. */
  telId: field.int16('Telescope'),
}) {}
