import type { ByteSource } from '@cherenkit/io';
import {
  baseOf,
  compose,
  corePlugin,
  definePlugin,
  installedPlugin,
  objectLayer,
  PluginRegistry,
  type Component,
  type ComponentClass,
  type ComponentKind,
  type Composition,
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
 * A component as a run would build it: its configuration is checked at both gates, its children and services are made.
 *
 * ```ts
 * const reconstructor = await buildComponent(PlaneFitReconstructor, { config: { PlaneFitReconstructor: { min_telescopes: 3 } } });
 * ```
 *
 * @throws ConfigurationError with all that is wrong with the configuration
 */
export async function buildComponent<C extends Component>(
  component: ComponentClass<C>,
  options: BuildOptions = {},
): Promise<C> {
  return (await composeComponent(component, options)).component;
}

/**
 * An event source that is open, as a run would have it: what is configured per telescope is known.
 *
 * @param openInput - the bytes of its input; left out where its address names none
 */
export async function openSource<C extends EventSource>(
  component: ComponentClass<C>,
  { openInput, ...options }: BuildOptions & { readonly openInput?: () => ByteSource | Promise<ByteSource> } = {},
): Promise<C> {
  const { component: source, composition } = await composeComponent(component, options);
  await source.open(await openInput?.());
  await composition.setSubarray(source.subarray);
  return source;
}

/** A component, and what it was made in. */
export async function composeComponent<C extends Component>(
  component: ComponentClass<C>,
  { config = [], subarray = smallSubarray(), plugins = [], services = [] }: BuildOptions = {},
): Promise<{ component: C; composition: Composition }> {
  const layers = [config].flat().map((each: object) => objectLayer(each));
  const registry = new PluginRegistry(pluginsFor(component, plugins).map((plugin) => installedPlugin(plugin)));
  const isSource = component.kind === 'EventSource';
  const { name } = component;
  const composition = await compose({ plugins: registry, layers, components: isSource ? [] : [name], services });
  if (isSource) return { component: await composition.createSource(component, name), composition };
  await composition.setSubarray(subarray);
  return { component: composition.create(component, name), composition };
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
