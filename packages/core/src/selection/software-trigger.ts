import { Component, trait, type ComponentContext } from '../framework/component/index.js';
import { EVENT_TYPE, memberName, valueOf, type ArrayEvent } from '../event/index.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';

interface Requirement {
  readonly type: string;
  readonly telIds: ReadonlySet<number>;
  readonly minTelescopes: number;
}

/**
 * A stereo trigger after the fact: removes telescopes of which too few triggered, and events with too few telescopes.
 *
 * Simulated arrays have more telescopes than real ones; when some are chosen, events are left over that would not have
 * triggered the chosen ones together. And LSTs trigger in hardware only when two of them see something. Telescopes are counted
 * by the text of their type, `LST_LST_LSTCam`. Source: ctapipe 0.32 `SoftwareTrigger`.
 */
export class SoftwareTrigger extends Component.withTraits({
  minTelescopes: trait.integer({ default: 1, help: 'Events with fewer telescopes are rejected.' }),
  minTelescopesOfType: trait.perTelescope(
    trait.integer({
      default: 0,
      help: 'Where fewer telescopes of a type are in an event, they are removed from it.',
    }),
  ),
  allowedTelescopeEventTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), {
      help: 'Telescopes whose trigger is of another type are removed from the event; none for no such step.',
    }),
  ),
}) {
  static override readonly kind: string = 'SoftwareTrigger';
  static override readonly help: string = 'Drops telescopes and events that would not have triggered together.';

  readonly #requirements: readonly Requirement[];

  /** @throws CherenkitError TELESCOPE_TYPE_DIVIDED where telescopes of one type have different values */
  constructor(context: ComponentContext) {
    super(context);
    this.#requirements = this.#requirementsByType();
  }

  /**
   * Removes telescopes from all levels of the event.
   *
   * @returns whether the event is to be kept; `event.rejections` lists what was removed, and why
   */
  keep(event: ArrayEvent): boolean {
    const { minTelescopes, allowedTelescopeEventTypes } = this.traits;
    if (allowedTelescopeEventTypes !== undefined) this.#checkTypes(event, allowedTelescopeEventTypes);
    for (const requirement of this.#requirements) this.#checkRequirement(event, requirement);
    if (event.trigger.telsWithTrigger.length >= minTelescopes) return true;
    const reason = `fewer than ${minTelescopes} telescope${minTelescopes === 1 ? '' : 's'}`;
    event.rejections.push({ level: 'event', component: this.name, reason });
    return false;
  }

  #checkTypes(event: ArrayEvent, allowed: readonly number[]): void {
    for (const [telId, { eventType }] of event.trigger.tel) {
      if (allowed.includes(eventType)) continue;
      this.#remove(event, telId, `event type ${memberName(EVENT_TYPE.members, eventType)}`);
    }
  }

  #checkRequirement(event: ArrayEvent, { type, telIds, minTelescopes }: Requirement): void {
    const present = event.trigger.telsWithTrigger.filter((telId) => telIds.has(telId));
    if (present.length >= minTelescopes) return;
    for (const telId of present) this.#remove(event, telId, `fewer than ${minTelescopes} of ${type}`);
  }

  #remove(event: ArrayEvent, telId: number, reason: string): void {
    const { trigger } = event;
    trigger.telsWithTrigger = trigger.telsWithTrigger.filter((id) => id !== telId);
    for (const level of Object.keys(event.fields)) {
      const { tel } = (valueOf(event, level) ?? {}) as { tel?: unknown };
      if (tel instanceof Map) tel.delete(telId);
    }
    event.rejections.push({ level: 'telescope event', telId, component: this.name, reason });
  }

  #requirementsByType(): Requirement[] {
    const byType = new Map<string, Set<number>>();
    for (const telId of this.context.telIds) {
      const type = String(this.context.subarray.telescope(telId));
      byType.set(type, (byType.get(type) ?? new Set()).add(telId));
    }
    const requirements = Array.from(byType, ([type, telIds]) => {
      const values = new Set([...telIds].map((telId) => this.traits.minTelescopesOfType.for(telId)));
      const [minTelescopes = 0, ...others] = values;
      if (others.length === 0) return { type, telIds, minTelescopes };
      const message =
        `SoftwareTrigger.min_telescopes_of_type is ${[...values].join(' and ')} for telescopes of one type, ${type}; ` +
        'telescopes are counted by type, so give it by type.';
      throw new CherenkitError('TELESCOPE_TYPE_DIVIDED', ExitCode.USAGE, message);
    });
    return requirements.filter(({ minTelescopes }) => minTelescopes > 0);
  }
}
