import type { ByteSource } from '@cherenkit/core';
import type { Component, ComponentClass } from '@cherenkit/core';
import type { BuildOptions } from './build-component.js';
import type { TestCaseOptions } from './test-case.js';

/** One promise that components of a kind make, as a test. */
export interface ConformanceCheck {
  /** Completes the name of the component: `is deterministic`. */
  readonly name: string;
  /** @throws Error with what was found and what was expected */
  readonly run: () => Promise<void>;
}

/** What the component is tested with. */
export interface ConformanceOptions extends BuildOptions, TestCaseOptions {
  /** For an event source: opens the bytes of its input, whose address `config` names; left out where there are none. */
  readonly openInput?: () => ByteSource | Promise<ByteSource>;
  /** For a data writer: the end of its files' names, `.csv`. */
  readonly extension?: string;
}

/** A component with its class, as a check of a kind needs it. */
export function isOfKind<C extends Component>(
  component: ComponentClass,
  kind: { readonly kind: string; readonly prototype: C },
): component is ComponentClass<C> {
  return component.kind === kind.kind;
}
