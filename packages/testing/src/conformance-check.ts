import type { ByteSource } from '@cherenkit/core';
import type { Component, ComponentClass } from '@cherenkit/core';
import type { BuildOptions } from './build-component.js';
import type { TestCaseOptions } from './test-case.js';

/** Test of one requirement on components of a kind. */
export interface ConformanceCheck {
  /** Title of the test, a predicate such as `is deterministic`. */
  readonly name: string;
  /** @throws Error with the value found and the expected value, if the requirement is not met */
  readonly run: () => Promise<void>;
}

/** Options of `conformance`. */
export interface ConformanceOptions extends BuildOptions, TestCaseOptions {
  /** For event sources: opens the bytes of the input; undefined for a URL without bytes, which is set in `config`. */
  readonly openInput?: () => ByteSource | Promise<ByteSource>;
  /** For data writers: file extension of the output, `.csv`. */
  readonly extension?: string;
}

/** Whether a component class is of a kind. */
export function isOfKind<C extends Component>(
  component: ComponentClass,
  kind: { readonly kind: string; readonly prototype: C },
): component is ComponentClass<C> {
  return component.kind === kind.kind;
}
