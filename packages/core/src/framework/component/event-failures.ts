import { CherenkitError, ExitCode, isOutOfMemory, messageOf } from '@cherenkit/errors';
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

/** Failures of one component in one thread. */
export interface TakenFailure extends ComponentFailure {
  /** Stack of the first failure. */
  readonly stack?: string | undefined;
}

/** A warning that is given once per run. */
export interface OnceWarning {
  /** Path of the component. */
  readonly component: string;
  readonly key: string;
  readonly message: string;
}

/** What one thread has collected about the events that it processed. */
export interface EventNotes {
  readonly failures: readonly TakenFailure[];
  readonly warnings: readonly OnceWarning[];
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

const BRAND = Symbol.for('cherenkit.AttributedError');

/** An error and the component that threw it. */
class AttributedError extends Error {
  readonly [BRAND] = true;

  constructor(
    readonly component: Component,
    override readonly cause: unknown,
  ) {
    super(messageOf(cause));
  }
}

/** Checked by brand: a component with its own copy of core may have attributed the error. */
function isAttributed(error: unknown): error is AttributedError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/**
 * Runs a step and attributes errors it throws to the component. Call it within `EventFailures.catchFailure`.
 *
 * User errors (a `CherenkitError` other than BUG, such as an expression that cannot be evaluated) are not attributed: they
 * end the run. So does a component that returns a promise, since it would fail for every event.
 *
 * @param check - throws for a value that is not as expected
 * @throws CherenkitError COMPONENT_ASYNCHRONOUS for a promise
 */
export function attributeErrors<T>(component: Component, step: () => T, check?: (value: T) => void): T {
  try {
    const value = step();
    if (value instanceof Promise) throw asynchronous(component, value);
    check?.(value);
    return value;
  } catch (error) {
    if (isAttributed(error)) throw error;
    if (CherenkitError.is(error) && (error.exitCode !== ExitCode.BUG || error.code === 'COMPONENT_ASYNCHRONOUS'))
      throw error;
    throw new AttributedError(component, error);
  }
}

function asynchronous(component: Component, promise: Promise<unknown>): CherenkitError {
  promise.catch(() => undefined); // its rejection would end the process without our message
  const message = `${describeComponent(component)} returned a promise; components of kind ${kindOf(component)} are called for every event and must be synchronous. Remove \`async\` from the method.`;
  return new CherenkitError('COMPONENT_ASYNCHRONOUS', ExitCode.BUG, message);
}

function kindOf(component: Component): string {
  return (component.constructor as typeof Component).kind;
}

/** `PlaneFit of plugin plane-fit` */
export function describeComponent({ name, plugin }: Pick<Component, 'name' | 'plugin'>): string {
  return plugin === undefined ? name : `${name} of plugin ${plugin}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error || typeof error === 'string' ? messageOf(error) : `${messageOf(error)} was thrown`;
}

/** Returns an error that names the component for a thrown value that is no error and has no stack; errors as they are. */
export function namedError(component: Pick<Component, 'name' | 'plugin'>, thrown: unknown): Error {
  if (thrown instanceof Error || isAttributed(thrown)) return thrown;
  const message = `${describeComponent(component)} failed: ${reasonOf(thrown)}`;
  return new CherenkitError('COMPONENT_FAILED', ExitCode.BUG, message, { cause: thrown });
}

/** Runs a step of a component that is not repeated for every event. @throws as `namedError` */
export async function nameErrors<T>(component: Component, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw namedError(component, error);
  }
}

/**
 * Collects the errors that components throw during a run, and warnings that are given once. A failure costs the event the
 * result of that component only; with `failFast` the first failure ends the run.
 */
export class EventFailures {
  private readonly failures = new Map<string, TakenFailure>();
  private readonly warnings = new Map<string, OnceWarning>();

  constructor(
    private readonly failFast = false,
    private readonly logger: Logger = SILENT_LOGGER,
    /** Whether components are checked for changes of what is not their own. Slow. */
    readonly checksChanges = false,
  ) {}

  /** Components that failed, in the order of their first failure. */
  get all(): readonly ComponentFailure[] {
    return Array.from(this.failures.values(), ({ stack: _, ...failure }) => failure);
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
      if (!isAttributed(error)) throw error;
      return { component: error.component.name, reason: this.record(error.component, event, telId, error.cause) };
    }
  }

  /**
   * Counts a failure and logs the first one of each component.
   *
   * @returns the reason to store with the missing result: `PlaneFit of plugin plane-fit failed: no template`
   * @throws CherenkitError COMPONENT_FAILED with `failFast`; the error, if it is due to a lack of memory and not to the event
   */
  record(component: Component, event: FailedEvent, telId: number | undefined, error: unknown): string {
    if (isOutOfMemory(error)) throw error;
    const { name, plugin } = component;
    const { obsId, eventId } = event.index;
    const place = `event ${eventId} of observation ${obsId}${telId === undefined ? '' : `, telescope ${telId}`}`;
    const who = describeComponent(component);
    const reason = reasonOf(error);
    if (this.failFast) {
      const message = `${who} failed for ${place}: ${reason}`;
      throw new CherenkitError('COMPONENT_FAILED', ExitCode.BUG, message, { cause: error });
    }
    const stack = error instanceof Error ? error.stack : undefined;
    this.add({ component: name, plugin, count: 1, first: `${place}: ${reason}`, stack });
    return `${who} failed: ${reason}`;
  }

  /** Logs a warning, unless it was given before. */
  warnOnce(warning: OnceWarning): void {
    const key = `${warning.component}: ${warning.key}`;
    if (this.warnings.has(key)) return;
    this.warnings.set(key, warning);
    this.logger.child(warning.component).warning(warning.message);
  }

  /** Adds what another thread has collected, as if it had happened here. */
  addNotes({ failures, warnings }: EventNotes): void {
    for (const warning of warnings) this.warnOnce(warning);
    for (const failure of failures) this.add(failure);
  }

  /** Returns what was collected since the last call and forgets it, to be added to that of another thread. */
  takeNotes(): EventNotes {
    const failures = [...this.failures.values()];
    const warnings = [...this.warnings.values()];
    this.failures.clear();
    this.warnings.clear();
    return { failures, warnings };
  }

  /** Counts failures of a component, and logs the first one. */
  private add(failure: TakenFailure): void {
    const key = `${failure.plugin}/${failure.component}`;
    const known = this.failures.get(key);
    if (known) {
      known.count += failure.count;
      return;
    }
    this.failures.set(key, { ...failure });
    const who = describeComponent({ name: failure.component, plugin: failure.plugin });
    this.logger.warning(`${who} failed for ${failure.first}; further failures are counted, not logged`);
    for (const line of (failure.stack ?? '').split('\n')) if (line !== '') this.logger.debug(line);
  }
}

/** The failures of the run. */
export const EVENT_FAILURES = serviceToken<EventFailures>('cherenkit.EventFailures');
