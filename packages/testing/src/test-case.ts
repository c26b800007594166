import type { ArrayEvent, Component, SubarrayDescription } from '@cherenkit/core';

/** Test case for a component. */
export interface TestCase<C extends Component = Component> {
  /** Description of the input, a noun phrase: the title of the test is `handles ...`. */
  readonly name: string;
  /** Telescope of the input; undefined for whole events. */
  readonly telId?: number | undefined;
  /** Creates the inputs. Called for each run, so that runs share no data. */
  start(): CaseRun<C>;
}

/** Single run of a test case. */
export interface CaseRun<C extends Component = Component> {
  /**
   * Applies the component to the inputs.
   *
   * @returns the result, for comparison
   * @throws Error if the result violates the contract of the kind
   */
  perform(component: C): unknown;
  /** Inputs that the component must not modify. */
  inputs(): unknown;
}

/** Options of test cases. */
export interface TestCaseOptions {
  /** Called with each event before the component, to add results of previous steps that the component requires. */
  readonly prepare?: ((event: ArrayEvent) => void) | undefined;
}

/** Test cases of a kind of component. */
export interface KindSuite<C extends Component = Component> {
  readonly kind: string;
  cases(subarray: SubarrayDescription, options: TestCaseOptions): TestCase<C>[];
  /** Checks the results of all cases together. */
  readonly verifyAll?: (results: readonly unknown[]) => void;
}

/** Fails a check with a message if a condition is false. */
export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails a check unless there are `length` values. */
export function ensureLength(name: string, values: ArrayLike<unknown> | undefined, length: number): void {
  ensure(values?.length === length, `${name} has ${values?.length ?? 'no'} values, expected ${length}`);
}

/** Fails a check unless all values are 0 or 1. */
export function ensureMask(name: string, values: Uint8Array, nPixels: number): void {
  ensureLength(name, values, nPixels);
  const wrong = values.findIndex((value) => value > 1);
  ensure(wrong < 0, `${name}[${wrong}] is ${values[wrong]}, expected 0 or 1`);
}

/** Fails a check unless all values are finite. Values whose element of the mask `except` is not 0 are ignored. */
export function ensureFinite(name: string, values: ArrayLike<number>, except?: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (except !== undefined && except[i] !== 0) continue;
    ensure(Number.isFinite(values[i]), `${name}[${i}] is ${values[i]}, expected a finite number`);
  }
}
