import { type ArrayEvent, EVENT_TYPE, EventType, memberName } from '../event/index.js';
import { Component, trait } from '../framework/component/index.js';

/** Lets events of some types pass. Source: ctapipe 0.32 `EventTypeFilter`. */
export class EventTypeFilter extends Component.withTraits({
  allowedTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), { help: 'Types of the events to keep, as names or numbers; none for all.' }),
  ),
}) {
  static override readonly kind: string = 'EventTypeFilter';
  static override readonly help: string = 'Lets events of some types pass.';

  /** Whether the event is to be kept; if not, `event.rejections` has the reason. */
  keep(event: ArrayEvent): boolean {
    const { allowedTypes } = this.traits;
    const { eventType } = event.trigger;
    if (allowedTypes === undefined || allowedTypes.includes(eventType)) return true;
    event.rejections.push({
      level: 'event',
      component: this.name,
      reason: `event type ${memberName(EVENT_TYPE.members, eventType)}`,
    });
    return false;
  }
}

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
