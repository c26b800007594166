import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Component } from './component.js';
import { SILENT_LOGGER, type Logger } from './logger.js';
import { serviceToken } from './service.js';

/** A component that failed for some events of a run. */
export interface ComponentFailure {
  /** The name of its class. */
  readonly component: string;
  /** Undefined for one that was made without a composition. */
  readonly plugin: string | undefined;
  /** How often. */
  count: number;
  /** The place of the first failure and its reason: `event 4 of observation 1, telescope 3: no template`. */
  readonly first: string;
}

/** A component by its name, and why it has no result. */
export interface Failed {
  readonly component: string;
  readonly reason: string;
}

/** Which event a component was given, for messages. */
interface FailedEvent {
  readonly index: { readonly obsId: number; readonly eventId: number };
}

/** What a component threw, with the component. */
class ComponentFault extends Error {
  constructor(
    readonly component: Component,
    override readonly cause: unknown,
  ) {
    super(reasonOf(cause));
  }
}

/**
 * Runs a step of a component so that what it throws is charged to it. To be called within `EventFailures.attempt`.
 *
 * A mistake of the user, such as an expression that cannot be computed, is no failure of the component: it ends the run.
 */
export function charged<T>(component: Component, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (CherenkitError.is(error) && error.exitCode !== ExitCode.BUG) throw error;
    throw new ComponentFault(component, error);
  }
}

/**
 * What components threw in a run: each time it costs the event their result, and nothing else. With `failFast` the first
 * failure ends the run.
 */
export class EventFailures {
  private readonly failures = new Map<string, ComponentFailure>();

  constructor(
    private readonly failFast = false,
    private readonly logger: Logger = SILENT_LOGGER,
  ) {}

  /** The components that failed, in the order of their first failures. */
  get all(): readonly ComponentFailure[] {
    return [...this.failures.values()];
  }

  /**
   * Runs a step for an event, or for one telescope of it, and counts a failure that is charged to a component.
   *
   * @returns what failed and why; undefined where nothing did
   * @throws CherenkitError COMPONENT_FAILED with `failFast`
   */
  attempt(event: FailedEvent, telId: number | undefined, step: () => void): Failed | undefined {
    try {
      step();
      return undefined;
    } catch (error) {
      if (!(error instanceof ComponentFault)) throw error;
      return { component: error.component.name, reason: this.record(error.component, event, telId, error.cause) };
    }
  }

  /**
   * Counts a failure.
   *
   * @returns what to tell as the reason of a missing result
   * @throws CherenkitError COMPONENT_FAILED with `failFast`
   */
  record(component: Component, event: FailedEvent, telId: number | undefined, error: unknown): string {
    const { name, plugin } = component;
    const { obsId, eventId } = event.index;
    const place = `event ${eventId} of observation ${obsId}${telId === undefined ? '' : `, telescope ${telId}`}`;
    const who = plugin === undefined ? name : `${name} of plugin ${plugin}`;
    const reason = reasonOf(error);
    if (this.failFast) {
      const message = `${who} failed for ${place}: ${reason}`;
      throw new CherenkitError('COMPONENT_FAILED', ExitCode.BUG, message, { cause: error });
    }
    const key = `${plugin}/${name}`;
    const known = this.failures.get(key);
    if (known) {
      known.count += 1;
    } else {
      this.failures.set(key, { component: name, plugin, count: 1, first: `${place}: ${reason}` });
      this.logger.warning(`${who} failed for ${place}: ${reason}; further failures of it are only counted`);
      if (error instanceof Error && error.stack !== undefined) this.logger.debug(error.stack);
    }
    return `${who} failed: ${reason}`;
  }
}

export const EVENT_FAILURES = serviceToken<EventFailures>('cherenkit.EventFailures');

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
