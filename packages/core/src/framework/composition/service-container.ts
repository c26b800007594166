import { Container } from 'inversify';
import { EVENT_FAILURES, EventFailures } from '../component/event-failures.js';
import { LOGGER, SILENT_LOGGER, type Logger } from '../component/logger.js';
import { IMMEDIATE_OUTPUT_FILES, OUTPUT_FILES } from '../component/output-files.js';
import { PROVENANCE } from '../component/provenance.js';
import { SUBARRAY, tokenName, type ServiceDefinition, type ServiceToken } from '../component/service.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { SubarrayDescription } from '../../instrument/index.js';
import type { Plugin } from '../plugin/define-plugin.js';
import type { CompositionOptions } from './composition.js';
import { RunProvenance } from './run-provenance.js';

/** A service instance that the program provides. It is not disposed with the run. */
export interface ProvidedService<T = unknown> {
  readonly token: ServiceToken<T>;
  readonly instance: T;
}

/** Provides an instance for a service of a run: `provide(LOGGER, logger)`. */
export function provide<T>(token: ServiceToken<T>, instance: NoInfer<T>): ProvidedService<T> {
  return { token, instance };
}

/** A service that no plugin of the run provides. */
export interface MissingService {
  readonly token: ServiceToken<unknown>;
  /** The service that needs it; undefined if a component requests it. */
  readonly neededBy: ServiceToken<unknown> | undefined;
}

/** The services of one run, as singletons of an inversify container. */
export class ServiceContainer {
  private readonly container = new Container();
  private readonly provided: ReadonlyMap<ServiceToken<unknown>, unknown>;
  /** Services needed by those of plugins that have not been requested yet. */
  private readonly needs = new Map<ServiceToken<unknown>, readonly ServiceToken<unknown>[]>();
  /** Services in the order of creation; later ones may depend on earlier ones. */
  private readonly created: unknown[] = [];

  /**
   * @param services - provided by the program; for the same token, the last one is used
   * @param subarray - called when a service needs the subarray
   */
  constructor(
    services: readonly ProvidedService[],
    subarray: () => SubarrayDescription,
    { failFast, checkPlugins }: Pick<CompositionOptions, 'failFast' | 'checkPlugins'> = {},
  ) {
    this.provided = new Map(services.map(({ token, instance }) => [token, instance]));
    if (!this.provided.has(LOGGER)) this.container.bind(LOGGER).toConstantValue(SILENT_LOGGER);
    if (!this.provided.has(OUTPUT_FILES)) this.container.bind(OUTPUT_FILES).toConstantValue(IMMEDIATE_OUTPUT_FILES);
    if (!this.provided.has(PROVENANCE)) this.container.bind(PROVENANCE).to(RunProvenance).inSingletonScope();
    if (!this.provided.has(EVENT_FAILURES)) {
      const create = (logger: Logger): EventFailures => new EventFailures(failFast, logger, checkPlugins);
      this.container.bind(EVENT_FAILURES).toResolvedValue(create, [LOGGER]).inSingletonScope();
    }
    for (const [token, instance] of this.provided) this.container.bind(token).toConstantValue(instance);
    this.container.bind(SUBARRAY).toDynamicValue(subarray);
  }

  /** Returns the instance of a service. Check `missingFor` first. */
  get<T>(token: ServiceToken<T>): T {
    return this.container.get<T>(token);
  }

  /** Returns the first service without a provider that a service needs, directly or indirectly, which may be itself. */
  missingFor(token: ServiceToken<unknown>): MissingService | undefined {
    if (!this.container.isBound(token)) return { token, neededBy: undefined };
    for (const needed of this.needs.get(token) ?? []) {
      const missing = this.missingFor(needed);
      if (missing) return missing.neededBy ? missing : { token: needed, neededBy: token };
    }
    this.needs.delete(token); // complete: needs no further check
    return undefined;
  }

  /**
   * Adds the services of a plugin, except those provided by the program.
   *
   * @throws CherenkitError SERVICE_TWICE for a service that another plugin provides
   */
  bindServices({ name, services }: Plugin): void {
    for (const definition of services) {
      if (!this.provided.has(definition.token)) this.bindService(name, definition);
    }
  }

  /** Disposes the services created here, in reverse order. */
  async dispose(): Promise<void> {
    for (const service of this.created.splice(0).reverse()) await dispose(service);
    await this.container.unbindAll();
  }

  private bindService(plugin: string, { token, needs, implementation }: ServiceDefinition): void {
    if (this.container.isBound(token)) {
      const message = `Plugin ${plugin} provides the service ${tokenName(token)}, which another plugin already provides; use only one of them.`;
      throw new CherenkitError('SERVICE_TWICE', ExitCode.USAGE, message);
    }
    this.needs.set(token, needs);
    // The declaration with `service()` checked the types of `needs` against the constructor.
    const create = implementation as new (...needs: unknown[]) => unknown;
    this.container
      .bind(token)
      .toResolvedValue((...needed: unknown[]) => new create(...needed), [...needs])
      .inSingletonScope()
      .onActivation((_context, instance) => {
        this.created.push(instance);
        return instance;
      });
  }
}

async function dispose(service: unknown): Promise<void> {
  if (typeof service !== 'object' || service === null) return;
  if (Symbol.asyncDispose in service) await (service as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in service) (service as Disposable)[Symbol.dispose]();
}
