import { Container } from 'inversify';
import type { Component, ComponentClass, ComponentContext, ComponentKind } from '../component/component.js';
import { LOGGER, SILENT_LOGGER, type Logger } from '../component/logger.js';
import { PROVENANCE } from '../component/provenance.js';
import type { Json } from '../component/trait-declaration.js';
import { tokenName, type ServiceDefinition, type ServiceToken } from '../component/service.js';
import { SUBARRAY } from '../component/subarray-token.js';
import { checkPlan } from '../configuration/check-plan.js';
import { walkPlan, type PlannedComponent, type Planner } from '../configuration/component-plan.js';
import { configurationOf } from '../configuration/plan-configuration.js';
import { resolvePlan, type ResolvedComponent } from '../configuration/gate-two.js';
import { formatProblem, throwErrors, type Problem } from '../configuration/problem.js';
import type { TraitValidator } from '../configuration/trait-validator.js';
import { CherenkitError, ExitCode } from '../failure/cherenkit-error.js';
import type { SubarrayDescription } from '../instrument/index.js';
import type { Plugin } from '../plugin/define-plugin.js';
import type { CompositionOptions } from './compose.js';
import { RunProvenance } from './run-provenance.js';

interface Prepared extends CompositionOptions {
  readonly planner: Planner;
  readonly plan: PlannedComponent;
  readonly validator: TraitValidator | undefined;
  readonly warnings: readonly Problem[];
}

type ComponentFactory = (name: string, parent: PlannedComponent) => Component;

/**
 * The composition root: makes the components and services of one run. Get one from `compose`.
 *
 * Services are singletons of a container, which binds each kind of component to a factory; components find it through
 * their context, in their constructors. The event loop never meets it.
 */
export class Composition implements AsyncDisposable {
  /** The components of the run below the root, without the event source. */
  readonly plan: PlannedComponent;
  private readonly container = new Container();
  private readonly classes = new Map<string, ComponentClass>();
  private readonly resolved = new Map<PlannedComponent, ResolvedComponent>();
  private readonly bound = new Set<string>();
  /** Services in the order of their making; the last depends on the first. */
  private readonly made: unknown[] = [];
  private readonly found: Problem[];
  private readonly sources: PlannedComponent[] = [];
  private subarray: SubarrayDescription | undefined;

  constructor(private readonly prepared: Prepared) {
    this.plan = prepared.plan;
    this.found = [...prepared.warnings];
    const { services = [] } = prepared;
    const provided = new Set(services.map(({ token }) => token));
    if (!provided.has(LOGGER)) this.container.bind(LOGGER).toConstantValue(SILENT_LOGGER);
    if (!provided.has(PROVENANCE)) this.container.bind(PROVENANCE).to(RunProvenance).inSingletonScope();
    for (const { token, instance } of services) this.container.bind(token).toConstantValue(instance);
    this.container.bind(SUBARRAY).toDynamicValue(() => this.knownSubarray());
    this.logWarnings(prepared.warnings);
  }

  /** What the gates found that may not be meant; it was logged, too. */
  get warnings(): readonly Problem[] {
    return this.found;
  }

  /**
   * What the configuration gives a trait of a class right below the root, whether or not the run has such a component.
   *
   * @param trait - its name in files
   */
  configuredValue(name: string, trait: string): Json | undefined {
    const { planner, plugins } = this.prepared;
    const id = plugins.catalog.idOf(name) ?? name;
    return planner.plan(id, this.plan.id === '' ? undefined : this.plan).settings.get(trait)?.value;
  }

  /** All values of the run, defaults included, as a configuration file would have them: to be stored with the results. */
  get configuration(): Json {
    const below = configurationOf(this.plan, this.sources);
    return this.plan.id === '' ? below : { [this.plan.id]: below };
  }

  /**
   * The event source and what belongs to it, before there is an array. It is not opened.
   *
   * @param name - the class, as found by the bytes of the input or named by the user
   * @throws ConfigurationError, PluginError
   */
  async createSource<C extends Component>(kind: ComponentKind<C>, name: string): Promise<C> {
    const { planner, plugins, validator } = this.prepared;
    const id = plugins.catalog.idOf(name) ?? name;
    const plan = planner.plan(id, this.plan.id === '' ? undefined : this.plan);
    // The root as its parent, with this one child.
    const parent = { ...this.plan, settings: new Map(), children: new Map([[id, plan]]) };
    this.report(checkPlan(parent, plugins.catalog, validator, plugins.failureHint));
    for (const { path, settings } of walkPlan(plan)) {
      const trait = [...settings].find(([, { declaration }]) => declaration.perTelescope)?.[0];
      if (trait === undefined) continue;
      const message = `${path}.${trait} is per telescope, but an event source is made before its telescopes are known.`;
      throw new CherenkitError('SOURCE_NEEDS_ARRAY', ExitCode.BUG, message);
    }
    this.resolve(plan, { telIds: [], typeOf: () => '' });
    await this.importPlugins(plan);
    this.sources.push(plan);
    return this.make(kind, name, parent);
  }

  /**
   * Gate 2: resolves the values per telescope, and imports the plugins that the plan needs.
   *
   * @throws ConfigurationError with all that does not fit the array; PluginError
   */
  async setSubarray(subarray: SubarrayDescription): Promise<void> {
    if (this.subarray) throw new Error('The subarray of a composition is set once.');
    this.subarray = subarray;
    this.resolve(this.plan, subarray);
    await this.importPlugins(this.plan);
  }

  /** The root, or a component right below it. After `setSubarray`. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C {
    const isRoot = this.prepared.plugins.catalog.idOf(name) === this.plan.id;
    return this.make(kind, name, isRoot ? { ...this.plan, children: new Map([[this.plan.id, this.plan]]) } : this.plan);
  }

  /** The one instance of a service. */
  service<T>(token: ServiceToken<T>): T {
    if (this.container.isBound(token)) return this.container.get<T>(token);
    const name = tokenName(token);
    const owner = this.prepared.plugins.installed.find(({ manifest }) => manifest.services?.includes(name));
    const reason = owner ? `plugin ${owner.manifest.name} has it, but no component of it is used` : 'no plugin has it';
    throw new CherenkitError('SERVICE_MISSING', ExitCode.BUG, `There is no service ${name}: ${reason}.`);
  }

  /** Disposes the services that were made here, the last one first. Components belong to whoever created them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const service of this.made.splice(0).reverse()) await dispose(service);
    await this.container.unbindAll();
  }

  private resolve(plan: PlannedComponent, subarray: Pick<SubarrayDescription, 'telIds' | 'typeOf'>): void {
    const { plugins, strictPatterns = false } = this.prepared;
    const { components, problems } = resolvePlan(plan, subarray, plugins.catalog, { strictPatterns });
    this.report(problems);
    for (const [planned, values] of components) this.resolved.set(planned, values);
  }

  private report(problems: readonly Problem[]): void {
    const warnings = throwErrors(problems);
    this.found.push(...warnings);
    this.logWarnings(warnings);
  }

  private logWarnings(warnings: readonly Problem[]): void {
    for (const warning of warnings) this.container.get<Logger>(LOGGER).warning(formatProblem(warning));
  }

  private async importPlugins(plan: PlannedComponent): Promise<void> {
    const { plugins } = this.prepared;
    const names = new Set([...walkPlan(plan)].map(({ id }) => plugins.catalog.find(id)?.plugin));
    const needed = [...names].filter((name) => name !== undefined && !this.bound.has(name)) as string[];
    for (const plugin of await Promise.all(needed.map((name) => plugins.load(name)))) this.bind(plugin);
  }

  private bind({ name, components, services }: Plugin): void {
    this.bound.add(name);
    for (const component of components) {
      this.classes.set(this.prepared.plugins.catalog.idOf(`${name}/${component.name}`) ?? component.name, component);
      const token = kindToken(component.kind);
      if (this.container.isBound(token)) continue;
      const factory: ComponentFactory = (child, parent) => this.construct(component.kind, child, parent);
      this.container.bind<ComponentFactory>(token).toFactory(() => factory);
    }
    const provided = new Set(this.prepared.services?.map(({ token }) => token));
    for (const service of services) if (!provided.has(service.token)) this.bindService(name, service);
  }

  private bindService(plugin: string, { token, needs, implementation }: ServiceDefinition): void {
    if (this.container.isBound(token)) {
      const message = `Plugin ${plugin} brings the service ${tokenName(token)}, which is there already.`;
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

  private make<C extends Component>(kind: ComponentKind<C>, name: string, parent: PlannedComponent): C {
    const token = kindToken(kind.kind);
    if (!this.container.isBound(token))
      throw undeclared(parent, name, `there is no component of kind ${kind.kind} in it`);
    return this.container.get<ComponentFactory>(token)(name, parent) as C;
  }

  private construct(kind: string, name: string, parent: PlannedComponent): Component {
    const id = this.prepared.plugins.catalog.idOf(name) ?? name;
    const planned = parent.children.get(id);
    if (!planned)
      throw undeclared(parent, name, 'it is neither among the children declared there nor named by a trait');
    const values = this.resolved.get(planned);
    const implementation = this.classes.get(id);
    if (!values || !implementation) throw undeclared(parent, name, 'the subarray has not been set');
    if (implementation.kind !== kind)
      throw undeclared(parent, name, `it is no ${kind} but of kind ${implementation.kind}`);
    return new implementation(this.contextOf(planned, values));
  }

  private contextOf(planned: PlannedComponent, { traits, telIds }: ResolvedComponent): ComponentContext {
    const subarray = (): SubarrayDescription => this.knownSubarray(planned.path);
    const logger = (): Logger => this.container.get<Logger>(LOGGER).child(planned.path);
    return {
      path: planned.path,
      traits,
      telIds,
      get subarray() {
        return subarray();
      },
      get logger() {
        return logger();
      },
      create: (kind, name) => this.make(kind, name, planned),
      service: (token) => this.service(token),
    };
  }

  private knownSubarray(asker = 'A service'): SubarrayDescription {
    if (this.subarray) return this.subarray;
    const message = `${asker} asks for the subarray, which is known only after the event source has opened.`;
    throw new CherenkitError('SUBARRAY_UNKNOWN', ExitCode.BUG, message);
  }
}

function undeclared({ path }: PlannedComponent, name: string, reason: string): CherenkitError {
  const message = `${path || 'The program'} cannot create ${name}: ${reason}.`;
  return new CherenkitError('CHILD_UNDECLARED', ExitCode.BUG, message);
}

function kindToken(kind: string): symbol {
  return Symbol.for(`cherenkit.kind.${kind}`);
}

async function dispose(service: unknown): Promise<void> {
  if (typeof service !== 'object' || service === null) return;
  if (Symbol.asyncDispose in service) await (service as AsyncDisposable)[Symbol.asyncDispose]();
  else if (Symbol.dispose in service) (service as Disposable)[Symbol.dispose]();
}
