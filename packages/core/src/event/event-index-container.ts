import { Container } from './container.js';
import { field } from './field.js';

/** Which array event this is. */
export class EventIndexContainer extends Container.withFields('', {
  obsId: field.int32('Observation block, unique in the file'),
  eventId: field.int64('Array event, unique in its observation block'),
}) {}

/** Which telescope's part of which array event this is. */
export class TelEventIndexContainer extends Container.withFields('', {
  ...EventIndexContainer.fields,
  telId: field.int16('Telescope'),
}) {}
