import {
  checkTrait,
  isComponentKind,
  ownTraits,
  type ComponentClass,
  type ComponentKind,
} from '../component/component.js';
import type { ServiceDefinition } from '../component/service.js';
import { serviceNeeds } from './plugin-manifest.js';
import { serviceCircle } from './service-circle.js';

/** Version of the plugin API. A plugin written for 1.2 runs with 1.2 and later versions below 2. */
export const API_VERSION = '1.0';

/**
 * Checks whether a plugin is compatible with a version of the plugin API.
 *
 * @param range - required version: a major version, `1`, or a minimum minor version, `^1.2`
 * @returns the reason why it is not compatible; undefined if it is
 */
export function versionMismatch(range: string | number, version: string = API_VERSION): string | undefined {
  const found = /^\^?(\d+)(?:\.(\d+))?(?:\.(?:\d+|x))?$/.exec(String(range));
  if (!found) return `its API version is ${JSON.stringify(range)}; expected a version such as "^1.0"`;
  const [wantedMajor, wantedMinor] = [Number(found[1]), Number(found[2] ?? 0)];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (wantedMajor === major && wantedMinor <= minor) return undefined;
  const newer = wantedMajor > major || (wantedMajor === major && wantedMinor > minor);
  const remedy = newer ? 'install a newer cherenkit' : 'install a newer version of the plugin';
  return `it requires version ${String(range).replace('^', '')} of the plugin API, found ${version}; ${remedy}`;
}

/** The argument of `definePlugin`. */
export interface PluginDefinition {
  /** Unique among the installed plugins. Qualifies components of the same name: `plane-fit/PlaneFit`. */
  readonly name: string;
  /** Major version of the plugin API that the plugin was written for. */
  readonly apiVersion: number;
  /** New kinds: base classes of interchangeable components. */
  readonly kinds?: readonly ComponentKind[];
  /** Abstract classes between a kind and its components. They have sections in configurations as well. */
  readonly bases?: readonly ComponentKind[];
  readonly components?: readonly ComponentClass[];
  readonly services?: readonly ServiceDefinition[];
  /**
   * Whether components or services keep what they learn from one event for later ones, or use something that only one thread
   * can use. `process` uses one thread then; otherwise each thread has its own components and services.
   */
  readonly sharesState?: boolean;
}

const BRAND = Symbol.for('cherenkit.plugin');

/** A plugin: what `definePlugin` returns. */
export type Plugin = Required<PluginDefinition> & { readonly [BRAND]: true };

/**
 * Defines a plugin. The main module of its package exports the result by default.
 *
 * @throws TypeError for a class that is no component, has a duplicate name or one that configurations cannot use, lacks a
 *   method of its kind or has an asynchronous one, and for services that need each other
 * @example
 * ```ts
 * import { definePlugin } from '@cherenkit/core';
 * import { PlaneFitReconstructor } from './plane-fit-reconstructor.js';
 *
 * export default definePlugin({ name: 'plane-fit', apiVersion: 1, components: [PlaneFitReconstructor] });
 * ```
 */
export function definePlugin(definition: PluginDefinition): Plugin {
  const plugin: Plugin = {
    kinds: [],
    bases: [],
    components: [],
    services: [],
    sharesState: false,
    ...definition,
    [BRAND]: true,
  };
  const names = new Set<string>();
  for (const component of new Set<ComponentKind>([...plugin.kinds, ...plugin.bases, ...plugin.components])) {
    if (!isComponentKind(component)) {
      throw new TypeError(`Plugin ${plugin.name}: ${String(component)} is not a subclass of Component.`);
    }
    const { name, kind } = component;
    if (name === '' || name === 'default') {
      throw new TypeError(
        `Plugin ${plugin.name}: a class of kind ${kind} has no name; give the class a name: \`class My${kind} extends ${kind}\`.`,
      );
    }
    if (!/^[A-Z]\w+$/.test(name)) {
      throw new TypeError(
        `Plugin ${plugin.name}: "${name}" is not a valid component name; expected a capital letter first (does a bundler rename classes?).`,
      );
    }
    if (names.has(name)) throw new TypeError(`Plugin ${plugin.name} has two classes called ${name}.`);
    if (kind === '') throw new TypeError(`Plugin ${plugin.name}: ${name} has no kind; set \`static kind\`.`);
    for (const [own, declared] of ownTraits(component)) checkTrait(`Plugin ${plugin.name}: ${name}`, own, declared);
    names.add(name);
  }
  for (const component of plugin.components) checkMethods(plugin.name, component);
  checkCircularServices(plugin);
  return plugin;
}

/** @throws TypeError for a component without a method of its kind, or with an asynchronous one */
function checkMethods(plugin: string, component: ComponentClass): void {
  const prototype = component.prototype as Readonly<Record<string | symbol, unknown>>;
  for (const method of [...(component.methods ?? []), ...(component.asynchronousMethods ?? [])]) {
    if (typeof prototype[method] === 'function') continue;
    const name = typeof method === 'symbol' ? `[${method.description}]` : method;
    throw new TypeError(
      `Plugin ${plugin}: ${component.name} has no method ${name}, which ${component.kind} requires (a method, not a property).`,
    );
  }
  for (const method of component.methods ?? []) {
    if (prototype[method]?.constructor.name === 'AsyncFunction') {
      const remedy = 'it is called for every event and must be synchronous; remove `async`';
      throw new TypeError(`Plugin ${plugin}: the method ${method} of ${component.name} is async, but ${remedy}.`);
    }
  }
}

/** @throws TypeError for services that need each other */
function checkCircularServices({ name, services }: Plugin): void {
  const circle = serviceCircle([{ name, services: serviceNeeds(services) }]);
  if (!circle) return;
  throw new TypeError(
    `Plugin ${name}: its services need each other, so that none can be created first: ${circle.path}.`,
  );
}

/** Whether a value is a plugin. Checked by brand: it may have been made with another copy of core. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && BRAND in value;
}
