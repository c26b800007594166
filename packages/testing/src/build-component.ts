import type { ByteSource, ProvidedService } from '@cherenkit/core';
import { baseOf, disposedWith } from '@cherenkit/core/internal';
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
  type SubarrayDescription,
} from '@cherenkit/core';
import { smallSubarray } from './small-subarray.js';

/** What a component is built with. */
export interface BuildOptions {
  /** Values of its own traits by their names in code, `{ minTelescopes: 3 }`; per telescope one for all, or rules. */
  readonly traits?: Readonly<Record<string, unknown>>;
  /** As a configuration file would say it, `{ PlaneFitReconstructor: { min_telescopes: 3 } }`; of several the later one wins. */
  readonly config?: object | readonly object[];
  /** By default `smallSubarray()`. */
  readonly subarray?: SubarrayDescription;
  /** What the component needs beside core: its own plugin, if that brings services, and those of its children. */
  readonly plugins?: readonly Plugin[];
  /** Classes that no plugin has, for its children. */
  readonly components?: readonly ComponentClass[];
  /** Take the place of services: `[provide(LOGGER, logger)]`. */
  readonly services?: readonly ProvidedService[];
}

/**
 * A component as a run would build it: its configuration is checked, its children and services are made. Disposing it
 * disposes its services.
 *
 * ```ts
 * const reconstructor = await buildComponent(PlaneFitReconstructor, { config: { PlaneFitReconstructor: { min_telescopes: 3 } } });
 * ```
 *
 * @throws ConfigurationError with all mistakes of the configuration
 */
export async function buildComponent<C extends Component>(
  component: ComponentClass<C>,
  options: BuildOptions = {},
): Promise<C & AsyncDisposable> {
  const { component: built, run } = await buildRun(component, options);
  return disposedWith(built, run);
}

/**
 * An event source that is open, as a run would have it: what is configured per telescope is known.
 *
 * @param openInput - the bytes of its input; undefined where its URL names none
 */
export async function openSource<C extends EventSource>(
  component: ComponentClass<C>,
  { openInput, ...options }: BuildOptions & { readonly openInput?: () => ByteSource | Promise<ByteSource> } = {},
): Promise<C> {
  const run = await prepareRun(component, options);
  await run.openAs(component.name, await openInput?.());
  return disposedWith(run.source as C, run);
}

/** A component, and the run that it was made in. */
export async function buildRun<C extends Component>(
  component: ComponentClass<C>,
  options: BuildOptions = {},
): Promise<{ component: C; run: Run }> {
  const run = await prepareRun(component, options);
  if (isSource(component)) return { component: (await run.createSource(component.name)) as unknown as C, run };
  await run.openFor(options.subarray ?? smallSubarray());
  return { component: run.create(component, component.name), run };
}

function prepareRun(
  component: ComponentClass,
  { traits, config = [], plugins = [], components = [], services = [] }: BuildOptions,
): Promise<Run> {
  const { name } = component;
  const layers = [config, traits ? { [name]: inFiles(traits) } : []].flat().map((each: object) => objectLayer(each));
  return Run.prepare(
    // An error of a child is to end the test, not to cost an event its result.
    { layers, components: isSource(component) ? [] : [name], failFast: true },
    { plugins: registryFor([component, ...components], plugins), services },
  );
}

function isSource({ kind }: ComponentClass): boolean {
  return kind === 'EventSource';
}

/** Traits by their names in files; what is undefined keeps its default. */
function inFiles(traits: Readonly<Record<string, unknown>>): object {
  const given = Object.entries(traits).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [snakeCase(name), value]));
}

interface KnownRegistry {
  /** Classes and plugins, in the order in which they were given. */
  readonly content: readonly (ComponentClass | Plugin)[];
  readonly registry: PluginRegistry;
}

/** Registries by the first class in them: a registry keeps what it has compiled to check configurations. */
const registries = new WeakMap<ComponentClass, KnownRegistry[]>();

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

/** Core, the given plugins and one more with the classes that none of them has, and their bases. */
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
