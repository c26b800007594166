import { type ArrayEvent, EventType } from '../event/index.js';
import { EVENT_TYPE, memberName } from '../event/enumeration.js';
import { Component, trait } from '../framework/component/index.js';

/** Selects events by type. Source: ctapipe 0.32 `EventTypeFilter`. */
export class EventTypeFilter extends Component.withTraits({
  allowedTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), { help: 'Event types to keep, as names or numbers. null: all.' }),
  ),
}) {
  static override readonly kind: string = 'EventTypeFilter';
  static override readonly help: string = 'Selects events by type.';

  /** Whether to keep the event. If not, adds the reason to `event.rejections`. */
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

/** Selects events that contain night-sky background only. Source: ctapipe 0.32 `NoiseEventTypeFilter`. */
export class NoiseEventTypeFilter extends EventTypeFilter.withTraits({
  allowedTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), {
      default: [EventType.SKY_PEDESTAL],
      help: 'Types of the events whose waveforms contain noise only.',
    }),
  ),
}) {
  static override readonly help: string = 'Selects events of night-sky background.';
}
