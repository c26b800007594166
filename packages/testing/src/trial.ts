import type { ArrayEvent, Component, SubarrayDescription } from '@cherenkit/core';

/** One piece of work for a component. */
export interface Trial<C extends Component = Component> {
  /** Completes `copes with ...`. */
  readonly name: string;
  /** The telescope it is about; none for whole events. */
  readonly telId?: number | undefined;
  /** Makes what the component is given, anew for each time. */
  start(): Attempt<C>;
}

/** A trial at work, once. */
export interface Attempt<C extends Component = Component> {
  /**
   * Has the component do it.
   *
   * @returns what came out, for comparison
   * @throws Error where that breaks the contract of the kind
   */
  perform(component: C): unknown;
  /** What the component has to leave as it is. */
  untouched(): unknown;
}

/** What trials are made of. */
export interface TrialOptions {
  /** Called with each event before a component gets it: puts there what that needs from others before it. */
  readonly prepare?: ((event: ArrayEvent) => void) | undefined;
}

/** How components of a kind are tried out. */
export interface Exercise<C extends Component = Component> {
  readonly kind: string;
  trials(subarray: SubarrayDescription, options: TrialOptions): Trial<C>[];
  /** Looks at the results of all trials together. */
  readonly verifyAll?: (results: readonly unknown[]) => void;
}

/** Fails a check. @param condition - that the contract demands */
export function demand(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Fails a check unless there is one value for each of `length` places. */
export function demandLength(name: string, values: ArrayLike<unknown> | undefined, length: number): void {
  demand(values?.length === length, `${name} has ${values?.length ?? 'no'} values, expected ${length}`);
}

/** Fails a check unless all values are 0 or 1. */
export function demandMask(name: string, values: Uint8Array, nPixels: number): void {
  demandLength(name, values, nPixels);
  const wrong = values.findIndex((value) => value > 1);
  demand(wrong < 0, `${name}[${wrong}] is ${values[wrong]}, expected 0 or 1`);
}

/** Fails a check unless all values are finite, but for places where `except` is not 0. */
export function demandFinite(name: string, values: ArrayLike<number>, except?: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (except !== undefined && except[i] !== 0) continue;
    demand(Number.isFinite(values[i]), `${name}[${i}] is ${values[i]}, expected a finite number`);
  }
}
