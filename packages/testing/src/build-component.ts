import type { ByteSource } from '@cherenkit/core';
import {
  baseOf,
  corePlugin,
  definePlugin,
  disposedWith,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  Run,
  type Component,
  type ComponentClass,
  type ComponentKind,
  type EventSource,
  type Plugin,
  type ProvidedService,
  type SubarrayDescription,
} from '@cherenkit/core';
import { smallSubarray } from './small-subarray.js';

/** What a component is built with. */
export interface BuildOptions {
  /** As a configuration file would say it, `{ PlaneFitReconstructor: { min_telescopes: 3 } }`; of several the later one wins. */
  readonly config?: object | readonly object[];
  /** By default `smallSubarray()`. */
  readonly subarray?: SubarrayDescription;
  /** What the component needs beside core: its own plugin, if that brings services, and those of its children. */
  readonly plugins?: readonly Plugin[];
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
  { config = [], plugins = [], services = [] }: BuildOptions,
): Promise<Run> {
  const layers = [config].flat().map((each: object) => objectLayer(each));
  const registry = new PluginRegistry(pluginsFor(component, plugins).map((plugin) => installedPlugin(plugin)));
  const components = isSource(component) ? [] : [component.name];
  return Run.prepare({ layers, components }, { plugins: registry, services });
}

function isSource({ kind }: ComponentClass): boolean {
  return kind === 'EventSource';
}

/** Core, the given plugins and, for a class that none of them has, one more with it and its bases. */
function pluginsFor(component: ComponentClass, given: readonly Plugin[]): Plugin[] {
  const plugins = [corePlugin, ...given.filter(({ name }) => name !== corePlugin.name)];
  const known = new Set<ComponentKind>(
    plugins.flatMap(({ kinds, bases, components }) => [...kinds, ...bases, ...components]),
  );
  if (known.has(component)) return plugins;
  const bases: ComponentKind[] = [];
  for (let base = baseOf(component); base && !known.has(base); base = baseOf(base)) bases.push(base);
  return [...plugins, definePlugin({ name: 'component-under-test', apiVersion: 1, bases, components: [component] })];
}
