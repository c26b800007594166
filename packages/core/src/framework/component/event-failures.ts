import { CherenkitError, ExitCode, messageOf } from '@cherenkit/errors';
import type { Component } from './component.js';
import { SILENT_LOGGER, type Logger } from './logger.js';
import { serviceToken } from './service.js';

/** The failures of one component in a run. */
export interface ComponentFailure {
  /** Class name. */
  readonly component: string;
  /** Plugin name; undefined for a component made without a plugin. */
  readonly plugin: string | undefined;
  /** Number of failures. */
  count: number;
  /** Place and reason of the first failure: `event 4 of observation 1, telescope 3: no template`. */
  readonly first: string;
}

/** A failure of one component for one event. */
export interface CaughtFailure {
  /** Class name. */
  readonly component: string;
  readonly reason: string;
}

/** The event of a failure, for messages. */
interface FailedEvent {
  readonly index: { readonly obsId: number; readonly eventId: number };
}

/** An error and the component that threw it. */
class AttributedError extends Error {
  constructor(
    readonly component: Component,
    override readonly cause: unknown,
  ) {
    super(messageOf(cause));
  }
}

/**
 * Runs a step and attributes errors it throws to the component. Call it within `EventFailures.catchFailure`.
 *
 * User errors (a `CherenkitError` other than BUG, such as an expression that cannot be evaluated) are not attributed: they
 * end the run.
 */
export function attributeErrors<T>(component: Component, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (CherenkitError.is(error) && error.exitCode !== ExitCode.BUG) throw error;
    throw new AttributedError(component, error);
  }
}

/**
 * Collects the errors that components throw during a run. A failure costs the event the result of that component only;
 * with `failFast` the first failure ends the run.
 */
export class EventFailures {
  private readonly failures = new Map<string, ComponentFailure>();

  constructor(
    private readonly failFast = false,
    private readonly logger: Logger = SILENT_LOGGER,
  ) {}

  /** Components that failed, in the order of their first failure. */
  get all(): readonly ComponentFailure[] {
    return [...this.failures.values()];
  }

  /**
   * Runs a step for an event, or for one of its telescopes, and records an error attributed to a component.
   *
   * @returns the failure; undefined if the step succeeded
   * @throws CherenkitError COMPONENT_FAILED with `failFast`; errors that are not attributed to a component
   */
  catchFailure(event: FailedEvent, telId: number | undefined, step: () => void): CaughtFailure | undefined {
    try {
      step();
      return undefined;
    } catch (error) {
      if (!(error instanceof AttributedError)) throw error;
      return { component: error.component.name, reason: this.record(error.component, event, telId, error.cause) };
    }
  }

  /**
   * Counts a failure and logs the first one of each component.
   *
   * @returns the reason to store with the missing result: `PlaneFit of plugin plane-fit failed: no template`
   * @throws CherenkitError COMPONENT_FAILED with `failFast`
   */
  record(component: Component, event: FailedEvent, telId: number | undefined, error: unknown): string {
    const { name, plugin } = component;
    const { obsId, eventId } = event.index;
    const place = `event ${eventId} of observation ${obsId}${telId === undefined ? '' : `, telescope ${telId}`}`;
    const who = plugin === undefined ? name : `${name} of plugin ${plugin}`;
    const reason = messageOf(error);
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
      this.logger.warning(`${who} failed for ${place}: ${reason}; further failures are counted, not logged`);
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      for (const line of stack.split('\n')) if (line !== '') this.logger.debug(line);
    }
    return `${who} failed: ${reason}`;
  }
}

/** The failures of the run. */
export const EVENT_FAILURES = serviceToken<EventFailures>('cherenkit.EventFailures');
