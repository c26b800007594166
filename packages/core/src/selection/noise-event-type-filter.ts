import { trait } from '../framework/component/index.js';
import { EVENT_TYPE, EventType } from '../event/index.js';
import { EventTypeFilter } from './event-type-filter.js';

/** Lets events without light but that of the night sky pass. Source: ctapipe 0.32 `NoiseEventTypeFilter`. */
export class NoiseEventTypeFilter extends EventTypeFilter.withTraits({
  allowedTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), {
      default: [EventType.SKY_PEDESTAL],
      help: 'Types of the events whose waveforms are noise.',
    }),
  ),
}) {
  static override readonly help: string = 'Lets events of the night sky pass.';
}
