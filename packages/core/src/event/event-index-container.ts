import { Container } from './container.js';
import { field } from './field.js';

/** Index of an array event. Its descriptions and those of other ids are ctapipe's: tables of both are joined by these columns. */
export class EventIndexContainer extends Container.withFields('', {
  /** Observation Block ID. */
  obsId: field.int32('Observation Block ID'),
  /** Array Event ID. */
  eventId: field.int64('Array Event ID'),
}) {}

/** Index of a telescope event: array event and telescope. */
export class TelEventIndexContainer extends Container.withFields('', EventIndexContainer.fields, {
  /** Telescope ID. */
  telId: field.int16('Telescope ID'),
}) {}
