import type { ByteSource, ProvidedService } from '@cherenkit/core';
import { baseOf, disposeTogether } from '@cherenkit/core/internal';
import {
  corePlugin,
  definePlugin,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  Run,
  snakeCase,
  type Component,
  type ComponentClass,
  type ComponentKind,
  type EventSource,
  type Plugin,
  type AtmosphereDensityProfile,
  type SubarrayDescription,
} from '@cherenkit/core';
import { smallSubarray } from './small-subarray.js';

/** Options of `buildComponent`. */
export interface BuildOptions {
  /** Trait values of the component by their names in code, `{ minTelescopes: 3 }`; per telescope one value or rules. */
  readonly traits?: Readonly<Record<string, unknown>>;
  /** Configuration as in a file, `{ PlaneFitReconstructor: { min_telescopes: 3 } }`; later objects take precedence. */
  readonly config?: object | readonly object[];
  /** Subarray. Default: `smallSubarray()`. */
  readonly subarray?: SubarrayDescription;
  /** Atmosphere of the showers. Default: none. */
  readonly atmosphere?: AtmosphereDensityProfile | undefined;
  /** Plugins in addition to core: the plugin of the component, if it needs its services, and those of its children. */
  readonly plugins?: readonly Plugin[];
  /** Further classes for children of the component, which belong to no plugin. */
  readonly components?: readonly ComponentClass[];
  /** Replacements of services: `[provide(LOGGER, logger)]`. */
  readonly services?: readonly ProvidedService[];
}

/**
 * Builds a component as a run does: checks its configuration and creates its children and services. Disposing the component
 * disposes its services.
 *
 * @example
 * ```ts
 * const reconstructor = await buildComponent(PlaneFitReconstructor, { traits: { minTelescopes: 3 } });
 * ```
 *
 * @throws ConfigurationError with all problems of the configuration
 */
export async function buildComponent<C extends Component>(
  component: ComponentClass<C>,
  options: BuildOptions = {},
): Promise<C & AsyncDisposable> {
  const { component: built, run } = await buildRun(component, options);
  return disposeTogether(built, run);
}

/**
 * Builds and opens an event source as a run does.
 *
 * @param openInput - opens the bytes of the input; undefined for a URL without bytes
 * @throws ConfigurationError; errors of the event source
 */
export async function openSource<C extends EventSource>(
  component: ComponentClass<C>,
  { openInput, ...options }: BuildOptions & { readonly openInput?: () => ByteSource | Promise<ByteSource> } = {},
): Promise<C> {
  const run = await prepareRun(component, options);
  await run.openAs(component.name, await openInput?.());
  return disposeTogether(run.source as C, run);
}

/** Builds a component; returns it with its run. */
export async function buildRun<C extends Component>(
  component: ComponentClass<C>,
  options: BuildOptions = {},
): Promise<{ component: C; run: Run }> {
  const run = await prepareRun(component, options);
  if (isSource(component)) return { component: (await run.createSource(component.name)) as unknown as C, run };
  await run.openFor(options.subarray ?? smallSubarray(), options.atmosphere);
  return { component: run.create(component, component.name), run };
}

function prepareRun(
  component: ComponentClass,
  { traits, config = [], plugins = [], components = [], services = [] }: BuildOptions,
): Promise<Run> {
  const { name } = component;
  const layers = [config, traits ? { [name]: configurationOf(traits) } : []]
    .flat()
    .map((each: object) => objectLayer(each));
  return Run.prepare(
    // Errors of children, and changes of their inputs, must fail the test instead of invalidating the result of an event.
    { layers, components: isSource(component) ? [] : [name], failFast: true, checkPlugins: true },
    { plugins: registryFor([component, ...components], plugins), services },
  );
}

function isSource({ kind }: ComponentClass): boolean {
  return kind === 'EventSource';
}

/** Converts traits to their names in files; undefined values are omitted, so that defaults apply. */
function configurationOf(traits: Readonly<Record<string, unknown>>): object {
  const given = Object.entries(traits).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [snakeCase(name), value]));
}

interface CachedRegistry {
  /** Classes and plugins of the registry, in the given order. */
  readonly content: readonly (ComponentClass | Plugin)[];
  readonly registry: PluginRegistry;
}

/** Cached registries by their first class. A registry caches compiled schemas, which are expensive. */
const registries = new WeakMap<ComponentClass, CachedRegistry[]>();

function registryFor(
  components: readonly [ComponentClass, ...ComponentClass[]],
  given: readonly Plugin[],
): PluginRegistry {
  const content = [...components, ...given];
  const known = registries.get(components[0]) ?? [];
  registries.set(components[0], known);
  const found = known.find((each) => isSame(each.content, content));
  if (found) return found.registry;
  const registry = new PluginRegistry(pluginsFor(components, given).map((plugin) => installedPlugin(plugin)));
  known.push({ content, registry });
  return registry;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** Core, the given plugins, and a plugin for classes that belong to none of them, with their base classes. */
function pluginsFor(components: readonly ComponentClass[], given: readonly Plugin[]): Plugin[] {
  const plugins = [corePlugin, ...given.filter(({ name }) => name !== corePlugin.name)];
  const known = new Set<ComponentKind>(
    plugins.flatMap((plugin) => [...plugin.kinds, ...plugin.bases, ...plugin.components]),
  );
  const unknown = components.filter((component) => !known.has(component));
  if (unknown.length === 0) return plugins;
  for (const component of unknown) known.add(component);
  const bases: ComponentKind[] = [];
  for (const component of unknown) {
    for (let base = baseOf(component); base && !known.has(base); base = baseOf(base)) {
      bases.push(base);
      known.add(base);
    }
  }
  return [...plugins, definePlugin({ name: 'component-under-test', apiVersion: 1, bases, components: unknown })];
}
