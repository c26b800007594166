import type { SubarrayDescription } from '../../instrument/index.js';

/** Identifies a service and carries its type. Made by `Symbol.for`, so two copies of core share the same tokens. */
export type ServiceToken<T> = symbol & { readonly serviceType?: T };

/**
 * Returns the token of a service.
 *
 * @param name - unique; prefixed with the provider, `plane-fit.Atmosphere`
 */
export function serviceToken<T>(name: string): ServiceToken<T> {
  return Symbol.for(name);
}

/** Returns the name that `serviceToken` was called with. */
export function tokenName(token: ServiceToken<unknown>): string {
  return Symbol.keyFor(token) ?? String(token);
}

/** The subarray of the run. Available once the event source is open: the source and its services cannot use it. */
export const SUBARRAY = serviceToken<SubarrayDescription>('cherenkit.Subarray');

/** A service of a plugin: one instance per run, created on first use and disposed when the run ends. */
export interface ServiceDefinition<T = unknown> {
  readonly token: ServiceToken<T>;
  /** The services passed to its constructor, in order. */
  readonly needs: readonly ServiceToken<unknown>[];
  readonly implementation: new (...needs: never) => T;
}

type Tokens<A extends readonly unknown[]> = { readonly [K in keyof A]: ServiceToken<A[K]> };

/**
 * Declares a service for `definePlugin`. The compiler checks `needs` against the parameters of the constructor.
 *
 * There are no decorators: their metadata would be written by one copy of a library and read by another, which breaks
 * when the versions differ.
 *
 * @example
 * ```ts
 * class Baselines {
 *   constructor(readonly subarray: SubarrayDescription) {}
 * }
 * const BASELINES = serviceToken<Baselines>('plane-fit.Baselines');
 * const baselines = service(BASELINES, [SUBARRAY], Baselines);
 * ```
 */
export function service<T, const A extends readonly unknown[]>(
  token: ServiceToken<T>,
  needs: Tokens<A>,
  implementation: new (...needs: [...A]) => T,
): ServiceDefinition<T> {
  return { token, needs, implementation };
}
