import { Component, trait, type ComponentContext } from '../framework/component/index.js';
import { valueOf, type ArrayEvent } from '../event/index.js';
import { EVENT_TYPE, memberName } from '../event/enumeration.js';
import { CherenkitError, counted, ExitCode } from '@cherenkit/errors';

interface Requirement {
  readonly type: string;
  readonly telIds: ReadonlySet<number>;
  readonly minTelescopes: number;
}

/**
 * A software stereo trigger: removes telescopes of types with too few triggered telescopes, and rejects events with too few
 * telescopes.
 *
 * Simulated arrays have more telescopes than real ones. After a selection of telescopes, some events would not have
 * triggered the selected array. LSTs, for example, have a hardware stereo trigger that requires two of them. Telescopes are
 * counted by type, `LST_LST_LSTCam`. Source: ctapipe 0.32 `SoftwareTrigger`.
 */
export class SoftwareTrigger extends Component.withTraits({
  minTelescopes: trait.integer({ default: 1, help: 'Minimum number of telescopes; events with fewer are rejected.' }),
  minTelescopesOfType: trait.perTelescope(
    trait.integer({
      default: 0,
      help: 'Minimum number of telescopes of a type; if an event has fewer, they are removed from it.',
    }),
  ),
  allowedTelescopeEventTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), {
      help: 'Trigger types to keep: telescopes with another type are removed from the event. Default: no selection.',
    }),
  ),
}) {
  static override readonly kind: string = 'SoftwareTrigger';
  static override readonly help: string = 'Removes telescopes and events that a stereo trigger would reject.';

  readonly #requirements: readonly Requirement[];

  /** @throws CherenkitError TELESCOPE_TYPE_DIVIDED if telescopes of one type have different values */
  constructor(context: ComponentContext) {
    super(context);
    this.#requirements = this.#requirementsByType();
  }

  /**
   * Applies the trigger: removes telescopes from all levels of the event, and adds the reasons to `event.rejections`.
   *
   * @returns whether to keep the event
   */
  keep(event: ArrayEvent): boolean {
    const { minTelescopes, allowedTelescopeEventTypes } = this.traits;
    if (allowedTelescopeEventTypes !== undefined) this.#checkTypes(event, allowedTelescopeEventTypes);
    for (const requirement of this.#requirements) this.#checkRequirement(event, requirement);
    if (event.trigger.telsWithTrigger.length >= minTelescopes) return true;
    const reason = `fewer than ${counted(minTelescopes, 'telescope')}`;
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
        'expected one value per telescope type: use rules [type, GLOB, value].';
      throw new CherenkitError('TELESCOPE_TYPE_DIVIDED', ExitCode.USAGE, message);
    });
    return requirements.filter(({ minTelescopes }) => minTelescopes > 0);
  }
}
