import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { AtmosphereDensityProfile, SubarrayDescription } from '../../instrument/index.js';
import { EVENT_FAILURES, namedError } from '../component/event-failures.js';
import type { Component, ComponentClass, ComponentContext, ComponentKind } from '../component/component.js';
import { LOGGER, type Logger } from '../component/logger.js';
import { PROVENANCE } from '../component/provenance.js';
import { tokenName, type ServiceToken } from '../component/service.js';
import type { Json } from '../component/trait-declaration.js';
import type { ExpressionExamples } from '../configuration/check/expression-checker.js';
import { checkLayer } from '../configuration/check/check-layer.js';
import { checkPlan, shadowedValues } from '../configuration/check/check-plan.js';
import type { TraitValidator } from '../configuration/check/trait-validator.js';
import { Planner, walkPlan, type PlannedComponent } from '../configuration/plan/component-plan.js';
import { resolveForArray, type ResolvedComponent } from '../configuration/plan/resolve-for-array.js';
import { describeProblem, throwErrors, type Problem } from '../configuration/problem.js';
import { objectLayer, type ConfigLayer } from '../configuration/read/config-layer.js';
import { configurationOf } from '../configuration/show/show-configuration.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import { checkServices } from '../plugin/service-circle.js';
import { planBelowRoot, unusedInFiles, unusedOptions } from './check-configuration.js';
import { ServiceContainer, type ProvidedService } from './service-container.js';

/** The configuration and the environment of a composition. */
export interface CompositionOptions {
  readonly plugins: PluginRegistry;
  /** Layers of the configuration; later ones take precedence. */
  readonly layers?: readonly ConfigLayer[];
  /** The root class, usually a tool; its section may contain those of all others, `ProcessorTool: { ImageProcessor: ... }`. */
  readonly root?: string | undefined;
  /** Components to create directly below the root. Default: all that it declares. */
  readonly components?: readonly string[] | undefined;
  /** Replacements of services: LOGGER, PROVENANCE, ... */
  readonly services?: readonly ProvidedService[];
  /** Values of the classes that expressions use, so that attributes and units are checked before the input is opened. */
  readonly expressionExamples?: ExpressionExamples;
  /** Makes patterns that match no telescope errors instead of warnings. */
  readonly strictPatterns?: boolean | undefined;
  /** Makes values of files for components that the run does not use errors. */
  readonly refuseUnused?: boolean;
  /** Ends the run at the first component failure, instead of continuing without its result. */
  readonly failFast?: boolean | undefined;
  /** Reports components that change what is not their own as failures. Slow. */
  readonly checkPlugins?: boolean | undefined;
}

/** A configuration that passed the static check, with the resulting plan. */
export interface CheckedConfiguration extends CompositionOptions {
  readonly planner: Planner;
  readonly plan: PlannedComponent;
  readonly validator: TraitValidator;
  readonly warnings: readonly Problem[];
  /** Names of the sections in files that the run does not use, of other tools. */
  readonly unusedSections: readonly string[];
}

/**
 * The composition root: creates the components and services of one run. Call `createChosen`, `setSubarray` and `create`, in
 * this order.
 *
 * Components get their children and services from their context, in their constructors. Neither this class nor the service
 * container is used in the event loop.
 */
export class Composition implements AsyncDisposable {
  /** The components of the run, without the event source. */
  readonly plan: PlannedComponent;
  private readonly services: ServiceContainer;
  private readonly classes = new Map<string, ComponentClass>();
  private readonly resolved = new Map<PlannedComponent, ResolvedComponent>();
  /** Names of the plugins whose classes and services are available. */
  private readonly imported = new Set<string>();
  private readonly found: Problem[];
  private readonly chosen: PlannedComponent[] = [];
  private readonly created = new Set<PlannedComponent>();
  private subarray: SubarrayDescription | undefined;
  private atmosphere: AtmosphereDensityProfile | undefined;

  constructor(readonly checked: CheckedConfiguration) {
    this.plan = checked.plan;
    this.found = [...checked.warnings];
    this.services = new ServiceContainer(checked.services ?? [], () => this.requireSubarray('A service'), checked);
    this.logWarnings(checked.warnings);
  }

  /** Warnings of all checks so far. They have been logged as well. */
  get warnings(): readonly Problem[] {
    return this.found;
  }

  /** The plans of the components created so far that were chosen by an input or an output. */
  get chosenPlans(): readonly PlannedComponent[] {
    return this.chosen;
  }

  /** Returns the trait values of a planned component, after `setSubarray`. */
  resolvedValues(planned: PlannedComponent): ResolvedComponent | undefined {
    return this.resolved.get(planned);
  }

  /** All trait values of the run, including defaults, structured like a configuration file. Stored with the results. */
  get configuration(): Json {
    const below = configurationOf(this.plan, this.chosen);
    return this.plan.id === '' ? below : { [this.plan.id]: below };
  }

  /**
   * Creates a component that is chosen by an input or an output: an event source, a table exporter. Its values per telescope,
   * and the children that they name, are available after `setSubarray`.
   *
   * @param name - class name or id, detected from the file or chosen by the user
   * @throws ConfigurationError, PluginError
   */
  async createChosen<C extends Component>(kind: ComponentKind<C>, name: string): Promise<C> {
    const { plugins, validator } = this.checked;
    const plan = planBelowRoot(this.checked, name);
    // A copy of the root with the component as its only child, so that construct() finds it.
    const parent = { ...this.plan, settings: new Map(), children: new Map([[plan.id, plan]]) };
    this.report(
      await validator.complete(() => [
        ...checkPlan(parent, plugins.catalog, validator, plugins.failureHint),
        ...shadowedValues(plan, this.checked.layers ?? []),
      ]),
    );
    this.resolve([plan], undefined);
    await this.importPlugins(plan);
    this.chosen.push(plan);
    return this.construct(kind, name, parent);
  }

  /**
   * Runs the check against the subarray: resolves values per telescope, and imports the plugins of the plan.
   *
   * @param isSelection - whether only some telescopes of the array are read: values of files may be for the others
   * @param atmosphere - that of the showers of the input, if known
   * @throws ConfigurationError listing all mismatches with the subarray; PluginError
   */
  async setSubarray(
    subarray: SubarrayDescription,
    isSelection = false,
    atmosphere?: AtmosphereDensityProfile,
  ): Promise<void> {
    if (this.subarray) throw new Error('The subarray of a composition cannot be set twice.');
    this.report(unusedOptions(this.checked, this.chosen));
    this.resolve([...this.chosen, this.plan], subarray);
    const idleReason = (planned: PlannedComponent): string | undefined => {
      const isIdle = this.resolved.get(planned)?.telIds.length === 0 && subarray.telIds.length > 0;
      return isIdle ? 'serves no telescope of this array' : undefined;
    };
    this.report([
      ...unusedOptions(this.checked, this.chosen, idleReason),
      ...(isSelection ? [] : unusedInFiles(this.checked, this.chosen, idleReason).problems),
    ]);
    this.subarray = subarray;
    this.atmosphere = atmosphere;
    await this.importPlugins(this.plan);
  }

  /**
   * Replaces `setSubarray` for a tool that reads no events: there are no telescopes, and using the subarray is a bug.
   *
   * @param replaced - components whose values the tool uses without creating them
   * @throws ConfigurationError; PluginError
   */
  async resolveWithoutSubarray(replaced: readonly PlannedComponent[] = []): Promise<void> {
    this.chosen.push(...replaced);
    this.report(unusedOptions(this.checked, this.chosen));
    this.resolve([...replaced, this.plan], undefined);
    await this.importPlugins(this.plan);
  }

  /**
   * Rejects options of components below the root that the root did not create, since the run needs none of their results.
   *
   * @param reasonOf - why the root needs no component of a kind
   * @throws ConfigurationError
   */
  checkCreated(reasonOf: (kind: string) => string | undefined): void {
    const reasons = this.reasonsBelowRoot(reasonOf, (child) => !this.created.has(child));
    this.report(unusedOptions(this.checked, this.chosen, (planned) => reasons.get(planned)));
  }

  /**
   * Rejects options of components that the root has created and does not use for this input; values of files cause warnings,
   * since a file may be for several inputs.
   *
   * @param reasonOf - why the root does not use the components of a kind
   * @throws ConfigurationError
   */
  checkUsed(reasonOf: (kind: string) => string | undefined): void {
    const reasons = this.reasonsBelowRoot(reasonOf, (child) => this.created.has(child));
    if (reasons.size === 0) return;
    const idleReason = (planned: PlannedComponent): string | undefined => reasons.get(planned);
    this.report(unusedOptions(this.checked, this.chosen, idleReason));
    const inFiles = unusedInFiles(this.checked, this.chosen, idleReason, 'remove the value').problems;
    this.report(inFiles.map(({ message, at }) => ({ severity: 'warning', message, at })));
  }

  /** Reasons by component, for those below the root that `isMeant` selects, and for their descendants. */
  private reasonsBelowRoot(
    reasonOf: (kind: string) => string | undefined,
    isMeant: (child: PlannedComponent) => boolean,
  ): ReadonlyMap<PlannedComponent, string> {
    const reasons = new Map<PlannedComponent, string>();
    for (const [id, child] of this.plan.children) {
      const reason = isMeant(child) ? reasonOf(this.checked.plugins.catalog.find(id)?.entry.kind ?? '') : undefined;
      if (reason !== undefined) for (const planned of walkPlan(child)) reasons.set(planned, reason);
    }
    return reasons;
  }

  /** Creates the root, or a component directly below it, after `setSubarray`. */
  create<C extends Component>(kind: ComponentKind<C>, name: string): C {
    const isRoot = this.checked.plugins.catalog.idOf(name) === this.plan.id;
    const parent = isRoot ? { ...this.plan, children: new Map([[this.plan.id, this.plan]]) } : this.plan;
    return this.construct(kind, name, parent);
  }

  /**
   * Returns the instance of a service; there is one per run.
   *
   * @throws CherenkitError SERVICE_MISSING
   */
  service<T>(token: ServiceToken<T>): T {
    const missing = this.services.missingFor(token);
    if (!missing) return this.services.get(token);
    const name = tokenName(missing.token);
    const owner = this.checked.plugins.installed.find(({ manifest }) => Object.hasOwn(manifest.services ?? {}, name));
    const reason = owner
      ? `plugin ${owner.manifest.name} provides it, but none of its components is used`
      : 'no plugin provides it';
    const user = missing.neededBy ? `, which the service ${tokenName(missing.neededBy)} needs` : '';
    throw new CherenkitError('SERVICE_MISSING', ExitCode.BUG, `There is no service ${name}${user}: ${reason}.`);
  }

  /** Disposes the services created here, in reverse order. Components are disposed by their creators. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.services.dispose();
  }

  private resolve(plans: readonly PlannedComponent[], subarray: SubarrayDescription | undefined): void {
    const { plugins, strictPatterns = false } = this.checked;
    const resolved = plans.map((plan) => resolveForArray(plan, subarray, plugins.catalog, { strictPatterns }));
    this.report(resolved.flatMap(({ problems }) => problems));
    for (const [planned, values] of resolved.flatMap(({ components }) => [...components])) {
      // The event source was created before the subarray was known and keeps a reference to its traits object.
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
    for (const warning of warnings) this.service(LOGGER).warning(describeProblem(warning));
  }

  private async importPlugins(plan: PlannedComponent): Promise<void> {
    const { plugins } = this.checked;
    const names = new Set([...walkPlan(plan)].map(({ id }) => plugins.catalog.find(id)?.plugin));
    const needed = [...names].filter((name) => name !== undefined && !this.imported.has(name)) as string[];
    checkServices(plugins.manifestsOf([...this.imported, ...needed]));
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
      throw childUndeclared(parent, name, 'it is neither listed in `static children` nor named by a trait');
    }
    const values = this.resolved.get(planned);
    const implementation = this.classes.get(id);
    if (!values || !implementation) throw childUndeclared(parent, name, 'the subarray has not been set');
    if (implementation.kind !== kind.kind) {
      throw childUndeclared(parent, name, `it is not of kind ${kind.kind} but of kind ${implementation.kind}`);
    }
    this.created.add(planned);
    // Kinds are compared by name, since the class may extend another copy of core.
    const context = this.contextOf(planned, values);
    try {
      return new implementation(context) as C;
    } catch (error) {
      throw namedError({ name: implementation.name, plugin: context.plugin }, error);
    }
  }

  /** Creates a child with values of its parent, see `ComponentContext.createWith`. */
  private async constructWith<C extends Component>(
    kind: ComponentKind<C>,
    name: string,
    values: { readonly [trait: string]: Json },
    parent: PlannedComponent,
    place: string,
  ): Promise<C> {
    const { plugins, validator, layers = [] } = this.checked;
    const { catalog, failureHint } = plugins;
    const layer: ConfigLayer = { ...objectLayer({ [name]: values }, place), overrides: true };
    const id = catalog.idOf(name) ?? name;
    const planned = new Planner(catalog, [...layers, layer]).plan(id, parent);
    this.report(
      await validator.complete(() => [
        ...checkLayer(layer, catalog, validator, failureHint),
        ...checkPlan(planned, catalog, validator, failureHint),
      ]),
    );
    this.resolve([planned], this.subarray);
    await this.importPlugins(planned);
    return this.construct(kind, name, { ...parent, children: new Map([[id, planned]]) });
  }

  private contextOf(planned: PlannedComponent, { traits }: ResolvedComponent): ComponentContext {
    const telIds = (): readonly number[] => this.resolved.get(planned)?.telIds ?? [];
    const subarray = (): SubarrayDescription => this.requireSubarray(planned.path);
    const atmosphere = (): AtmosphereDensityProfile | undefined => this.atmosphere;
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
      get atmosphere() {
        return atmosphere();
      },
      get logger() {
        return logger();
      },
      warnOnce: (message, key = message) =>
        this.service(EVENT_FAILURES).warnOnce({ component: planned.path, key, message }),
      create: (kind, name) => this.construct(kind, name, planned),
      createWith: (kind, name, values, place = planned.path) => this.constructWith(kind, name, values, planned, place),
      service: (token) => this.service(token),
    };
  }

  /** @param user - for the message */
  private requireSubarray(user: string): SubarrayDescription {
    if (this.subarray) return this.subarray;
    const message = `${user} uses the subarray before the event source has been opened.`;
    throw new CherenkitError('SUBARRAY_UNKNOWN', ExitCode.BUG, message);
  }
}

function childUndeclared({ path }: PlannedComponent, name: string, reason: string): CherenkitError {
  const message = `${path || 'The program'} cannot create ${name}: ${reason}.`;
  return new CherenkitError('CHILD_UNDECLARED', ExitCode.BUG, message);
}
