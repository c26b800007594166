/** Names a service, with its type. By `Symbol.for`, so that two copies of core agree. */
export type ServiceToken<T> = symbol & { readonly serviceType?: T };

/** The token of a service; `name` begins with what provides it, `plane-fit.Atmosphere`. */
export function serviceToken<T>(name: string): ServiceToken<T> {
  return Symbol.for(name);
}

/** The name that `serviceToken` was called with. */
export function tokenName(token: ServiceToken<unknown>): string {
  return Symbol.keyFor(token) ?? String(token);
}

/** A service of a plugin: one instance per run, made when it is first asked for, disposed when the run ends. */
export interface ServiceDefinition<T = unknown> {
  readonly token: ServiceToken<T>;
  /** The services that its constructor takes, in order. */
  readonly needs: readonly ServiceToken<unknown>[];
  readonly implementation: new (...needs: never) => T;
}

type Tokens<A extends readonly unknown[]> = { readonly [K in keyof A]: ServiceToken<A[K]> };

/**
 * A service for `definePlugin`. The compiler holds `needs` against the constructor.
 *
 * No decorators: their metadata is written by one copy of a library and read by another, which breaks between versions.
 */
export function service<T, const A extends readonly unknown[]>(
  token: ServiceToken<T>,
  needs: Tokens<A>,
  implementation: new (...needs: [...A]) => T,
): ServiceDefinition<T> {
  return { token, needs, implementation };
}
