import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { SubarrayDescription } from '../../instrument/index.js';
import type { Component, ComponentClass, ComponentContext, ComponentKind } from '../component/component.js';
import { LOGGER, type Logger } from '../component/logger.js';
import { PROVENANCE } from '../component/provenance.js';
import { tokenName, type ServiceToken } from '../component/service.js';
import type { Json } from '../component/trait-declaration.js';
import { checkPlan, shadowedValues, unusedOptions } from '../configuration/check/check-plan.js';
import type { TraitValidator } from '../configuration/check/trait-validator.js';
import { walkPlan, type PlannedComponent, type Planner } from '../configuration/plan/component-plan.js';
import { resolveForArray, type ResolvedComponent } from '../configuration/plan/resolve-for-array.js';
import { formatProblem, throwErrors, type Problem } from '../configuration/problem.js';
import type { ConfigLayer } from '../configuration/read/config-layer.js';
import { configurationOf } from '../configuration/show/show-configuration.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import { planBelowRoot } from './check-configuration.js';
import { ServiceContainer, type ProvidedService } from './service-container.js';

export interface CompositionOptions {
  readonly plugins: PluginRegistry;
  /** In order; the later one wins. */
  readonly layers?: readonly ConfigLayer[];
  /** The class at the top: its section may hold those of all others, `ProcessorTool: { ImageProcessor: ... }`. */
  readonly root?: string | undefined;
  /** The components right below the root that will be created; by default all that it declares. */
  readonly components?: readonly string[] | undefined;
  /** Take the place of the services of these tokens: LOGGER, PROVENANCE, ... */
  readonly services?: readonly ProvidedService[];
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean | undefined;
  /** The first event for which a component fails ends the run, instead of continuing without its result. */
  readonly failFast?: boolean | undefined;
}

/** A configuration that passed the static check, with the plan that it amounts to. */
export interface CheckedConfiguration extends CompositionOptions {
  readonly planner: Planner;
  readonly plan: PlannedComponent;
  readonly validator: TraitValidator;
  readonly warnings: readonly Problem[];
}

/**
 * The composition root: makes the components and services of one run. To be called in this order: `createSource`,
 * `setSubarray`, `create`.
 *
 * Components reach their children and services through their context, in their constructors. Neither this class nor the
 * service container is used in the event loop.
 */
export class Composition implements AsyncDisposable {
  /** The components of the run below the root, without the event source. */
  readonly plan: PlannedComponent;
  private readonly services: ServiceContainer;
  private readonly classes = new Map<string, ComponentClass>();
  private readonly resolved = new Map<PlannedComponent, ResolvedComponent>();
  /** Names of the plugins whose classes and services are available. */
  private readonly imported = new Set<string>();
  private readonly found: Problem[];
  private readonly sources: PlannedComponent[] = [];
  private subarray: SubarrayDescription | undefined;

  constructor(readonly checked: CheckedConfiguration) {
    this.plan = checked.plan;
    this.found = [...checked.warnings];
    this.services = new ServiceContainer(
      checked.services ?? [],
      () => this.knownSubarray('A service'),
      checked.failFast,
    );
    this.logWarnings(checked.warnings);
  }

  /** What the checks found that may not be meant; it was logged as well. */
  get warnings(): readonly Problem[] {
    return this.found;
  }

  /** The plans of the event sources that were created here. */
  get sourcePlans(): readonly PlannedComponent[] {
    return this.sources;
  }

  /** The values of a component of the plan, after `setSubarray`. */
  resolvedValues(planned: PlannedComponent): ResolvedComponent | undefined {
    return this.resolved.get(planned);
  }

  /** All values of the run, defaults included, as a configuration file would have them: to be stored with the results. */
  get configuration(): Json {
    const below = configurationOf(this.plan, this.sources);
    return this.plan.id === '' ? below : { [this.plan.id]: below };
  }

  /**
   * The event source and what belongs to it, before there is an array: its values per telescope, and the children that
   * they name, are available after `setSubarray`. It is not opened.
   *
   * @param name - the class, as found by the bytes of the input or named by the user
   * @throws ConfigurationError, PluginError
   */
  async createSource<C extends Component>(kind: ComponentKind<C>, name: string): Promise<C> {
    const { plugins, validator } = this.checked;
    const plan = planBelowRoot(this.checked, name);
    // The root as its parent, with this one child.
    const parent = { ...this.plan, settings: new Map(), children: new Map([[plan.id, plan]]) };
    this.report(
      await validator.complete(() => [
        ...checkPlan(parent, plugins.catalog, validator, plugins.failureHint),
        ...shadowedValues(plan, this.checked.layers ?? []),
      ]),
    );
    this.resolve([plan], undefined);
    await this.importPlugins(plan);
    this.sources.push(plan);
    return this.construct(kind, name, parent);
  }

  /**
   * The check against the array: resolves the values per telescope, and imports the plugins that the plan needs.
   *
   * @throws ConfigurationError with all that does not fit the array; PluginError
   */
  async setSubarray(subarray: SubarrayDescription): Promise<void> {
    if (this.subarray) throw new Error('The subarray of a composition is set once.');
    this.checkOptions();
    this.resolve([...this.sources, this.plan], subarray);
    this.subarray = subarray;
    await this.importPlugins(this.plan);
  }

  /**
   * In place of `setSubarray`, for a tool that reads no events: there are no telescopes, and asking for the array is a bug.
   *
   * @throws ConfigurationError; PluginError
   */
  async setNoSubarray(): Promise<void> {
    this.checkOptions();
    this.resolve([this.plan], undefined);
    await this.importPlugins(this.plan);
  }

  /** The root, or a component right below it. After `setSubarray`. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C {
    const isRoot = this.checked.plugins.catalog.idOf(name) === this.plan.id;
    const parent = isRoot ? { ...this.plan, children: new Map([[this.plan.id, this.plan]]) } : this.plan;
    return this.construct(kind, name, parent);
  }

  /** The one instance of a service. */
  service<T>(token: ServiceToken<T>): T {
    const service = this.services.get(token);
    if (service !== undefined) return service;
    const name = tokenName(token);
    const owner = this.checked.plugins.installed.find(({ manifest }) => manifest.services?.includes(name));
    const reason = owner
      ? `plugin ${owner.manifest.name} has it, but no component of it is used`
      : 'no plugin provides it';
    throw new CherenkitError('SERVICE_MISSING', ExitCode.BUG, `There is no service ${name}: ${reason}.`);
  }

  /** Disposes the services that were made here, the last one first. Components belong to whoever created them. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.services.dispose();
  }

  /** What the command line sets has to have an effect. */
  private checkOptions(): void {
    const { layers = [], plugins } = this.checked;
    this.report(unusedOptions([...this.sources, this.plan], layers, plugins.catalog));
  }

  private resolve(plans: readonly PlannedComponent[], subarray: SubarrayDescription | undefined): void {
    const { plugins, strictPatterns = false } = this.checked;
    const resolved = plans.map((plan) => resolveForArray(plan, subarray, plugins.catalog, { strictPatterns }));
    this.report(resolved.flatMap(({ problems }) => problems));
    for (const [planned, values] of resolved.flatMap(({ components }) => [...components])) {
      // A source that was made before there was an array holds these traits already.
      const traits = Object.assign(this.resolved.get(planned)?.traits ?? {}, values.traits);
      this.resolved.set(planned, { ...values, traits });
    }
  }

  private report(problems: readonly Problem[]): void {
    const warnings = throwErrors(problems);
    this.found.push(...warnings);
    this.logWarnings(warnings);
  }

  private logWarnings(warnings: readonly Problem[]): void {
    for (const warning of warnings) this.service(LOGGER).warning(formatProblem(warning));
  }

  private async importPlugins(plan: PlannedComponent): Promise<void> {
    const { plugins } = this.checked;
    const names = new Set([...walkPlan(plan)].map(({ id }) => plugins.catalog.find(id)?.plugin));
    const needed = [...names].filter((name) => name !== undefined && !this.imported.has(name)) as string[];
    for (const plugin of await Promise.all(needed.map((name) => plugins.load(name)))) {
      this.imported.add(plugin.name);
      this.recordPlugin(plugin.name);
      this.services.bindServices(plugin);
      for (const component of plugin.components) {
        this.classes.set(plugins.catalog.idOf(`${plugin.name}/${component.name}`) ?? component.name, component);
      }
    }
  }

  private recordPlugin(name: string): void {
    const found = this.checked.plugins.installed.find(({ manifest }) => manifest.name === name);
    const { packageName, version, location } = found ?? {};
    this.service(PROVENANCE).addPlugin?.({ name, packageName, version, location });
  }

  private construct<C extends Component>(kind: ComponentKind<C>, name: string, parent: PlannedComponent): C {
    const id = this.checked.plugins.catalog.idOf(name) ?? name;
    const planned = parent.children.get(id);
    if (!planned) {
      throw undeclared(parent, name, 'it is neither among the children declared there nor named by a trait');
    }
    const values = this.resolved.get(planned);
    const implementation = this.classes.get(id);
    if (!values || !implementation) throw undeclared(parent, name, 'the subarray has not been set');
    if (implementation.kind !== kind.kind) {
      throw undeclared(parent, name, `it is not of kind ${kind.kind} but of kind ${implementation.kind}`);
    }
    // Kinds are compared by name: the class may come from another copy of core.
    return new implementation(this.contextOf(planned, values)) as C;
  }

  private contextOf(planned: PlannedComponent, { traits }: ResolvedComponent): ComponentContext {
    const telIds = (): readonly number[] => this.resolved.get(planned)?.telIds ?? [];
    const subarray = (): SubarrayDescription => this.knownSubarray(planned.path);
    const logger = (): Logger => this.service(LOGGER).child(planned.path);
    return {
      path: planned.path,
      plugin: this.checked.plugins.catalog.find(planned.id)?.plugin,
      traits,
      get telIds() {
        return telIds();
      },
      get subarray() {
        return subarray();
      },
      get logger() {
        return logger();
      },
      create: (kind, name) => this.construct(kind, name, planned),
      service: (token) => this.service(token),
    };
  }

  private knownSubarray(asker: string): SubarrayDescription {
    if (this.subarray) return this.subarray;
    const message = `${asker} asks for the subarray, which is known only after the event source has opened.`;
    throw new CherenkitError('SUBARRAY_UNKNOWN', ExitCode.BUG, message);
  }
}

function undeclared({ path }: PlannedComponent, name: string, reason: string): CherenkitError {
  const message = `${path || 'The program'} cannot create ${name}: ${reason}.`;
  return new CherenkitError('CHILD_UNDECLARED', ExitCode.BUG, message);
}
