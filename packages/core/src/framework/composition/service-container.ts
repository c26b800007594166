import { Container } from 'inversify';
import { EVENT_FAILURES, EventFailures } from '../component/event-failures.js';
import { LOGGER, SILENT_LOGGER, type Logger } from '../component/logger.js';
import { PROVENANCE } from '../component/provenance.js';
import { tokenName, type ServiceDefinition, type ServiceToken } from '../component/service.js';
import { SUBARRAY } from '../component/subarray-token.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { SubarrayDescription } from '../../instrument/index.js';
import type { Plugin } from '../plugin/define-plugin.js';
import { RunProvenance } from './run-provenance.js';

/** A service that the program makes itself; its instance is not disposed with the run. */
export interface ProvidedService<T = unknown> {
  readonly token: ServiceToken<T>;
  readonly instance: T;
}

/** `provide(LOGGER, logger)`, for the services of a run. */
export function provide<T>(token: ServiceToken<T>, instance: NoInfer<T>): ProvidedService<T> {
  return { token, instance };
}

/** The services of one run, as singletons of an inversify container. */
export class ServiceContainer {
  private readonly container = new Container();
  private readonly provided: ReadonlyMap<ServiceToken<unknown>, unknown>;
  /** Services in the order of their making; a later one may depend on an earlier one. */
  private readonly made: unknown[] = [];

  /**
   * @param services - provided by the program; of two for one token the later one wins
   * @param subarray - asked when a service needs the array
   */
  constructor(services: readonly ProvidedService[], subarray: () => SubarrayDescription, failFast = false) {
    this.provided = new Map(services.map(({ token, instance }) => [token, instance]));
    if (!this.provided.has(LOGGER)) this.container.bind(LOGGER).toConstantValue(SILENT_LOGGER);
    if (!this.provided.has(PROVENANCE)) this.container.bind(PROVENANCE).to(RunProvenance).inSingletonScope();
    if (!this.provided.has(EVENT_FAILURES)) {
      const create = (logger: Logger): EventFailures => new EventFailures(failFast, logger);
      this.container.bind(EVENT_FAILURES).toResolvedValue(create, [LOGGER]).inSingletonScope();
    }
    for (const [token, instance] of this.provided) this.container.bind(token).toConstantValue(instance);
    this.container.bind(SUBARRAY).toDynamicValue(subarray);
  }

  /** The one instance of a service; undefined where no plugin provides it. */
  get<T>(token: ServiceToken<T>): T | undefined {
    return this.container.isBound(token) ? this.container.get<T>(token) : undefined;
  }

  /** @throws CherenkitError SERVICE_TWICE for a service that another plugin provides */
  bindServices({ name, services }: Plugin): void {
    for (const definition of services) {
      if (!this.provided.has(definition.token)) this.bindService(name, definition);
    }
  }

  /** Disposes the services that were made here, the last one first. */
  async dispose(): Promise<void> {
    for (const service of this.made.splice(0).reverse()) await dispose(service);
    await this.container.unbindAll();
  }

  private bindService(plugin: string, { token, needs, implementation }: ServiceDefinition): void {
    if (this.container.isBound(token)) {
      const message = `Plugin ${plugin} provides the service ${tokenName(token)}, which another plugin provides already; use one of them.`;
      throw new CherenkitError('SERVICE_TWICE', ExitCode.USAGE, message);
    }
    // The types of `needs` were held against the constructor where the service was declared.
    const create = implementation as new (...needs: unknown[]) => unknown;
    this.container
      .bind(token)
      .toResolvedValue((...needed: unknown[]) => new create(...needed), [...needs])
      .inSingletonScope()
      .onActivation((_context, instance) => {
        this.made.push(instance);
        return instance;
      });
  }
}

async function dispose(service: unknown): Promise<void> {
  if (typeof service !== 'object' || service === null) return;
  if (Symbol.asyncDispose in service) await (service as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in service) (service as Disposable)[Symbol.dispose]();
}
