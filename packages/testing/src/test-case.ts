import type { ArrayEvent, Component, SubarrayDescription } from '@cherenkit/core';

/** One piece of work for a component. */
export interface TestCase<C extends Component = Component> {
  /** Completes `handles ...`. */
  readonly name: string;
  /** The telescope it is about; none for whole events. */
  readonly telId?: number | undefined;
  /** Makes what the component is given, anew for each time. */
  start(): CaseRun<C>;
}

/** A testCase at work, once. */
export interface CaseRun<C extends Component = Component> {
  /**
   * Has the component do it.
   *
   * @returns what came out, for comparison
   * @throws Error where that breaks the contract of the kind
   */
  perform(component: C): unknown;
  /** What the component has to leave as it is. */
  inputs(): unknown;
}

/** What cases are made of. */
export interface TestCaseOptions {
  /** Called with each event before a component gets it: puts there what that needs from others before it. */
  readonly prepare?: ((event: ArrayEvent) => void) | undefined;
}

/** How components of a kind are tried out. */
export interface KindSuite<C extends Component = Component> {
  readonly kind: string;
  cases(subarray: SubarrayDescription, options: TestCaseOptions): TestCase<C>[];
  /** Looks at the results of all cases together. */
  readonly verifyAll?: (results: readonly unknown[]) => void;
}

/** Fails a check. @param condition - that the contract demands */
export function ensure(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Fails a check unless there is one value for each of `length` places. */
export function ensureLength(name: string, values: ArrayLike<unknown> | undefined, length: number): void {
  ensure(values?.length === length, `${name} has ${values?.length ?? 'no'} values, expected ${length}`);
}

/** Fails a check unless all values are 0 or 1. */
export function ensureMask(name: string, values: Uint8Array, nPixels: number): void {
  ensureLength(name, values, nPixels);
  const wrong = values.findIndex((value) => value > 1);
  ensure(wrong < 0, `${name}[${wrong}] is ${values[wrong]}, expected 0 or 1`);
}

/** Fails a check unless all values are finite, but for places where `except` is not 0. */
export function ensureFinite(name: string, values: ArrayLike<number>, except?: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (except !== undefined && except[i] !== 0) continue;
    ensure(Number.isFinite(values[i]), `${name}[${i}] is ${values[i]}, expected a finite number`);
  }
}
