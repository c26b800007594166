import { isComponentKind, type ComponentClass, type ComponentKind } from '../component/component.js';
import type { ServiceDefinition } from '../component/service.js';

/** The version of the contract between core and plugins: a plugin made for 1.2 runs with 1.2 and later, up to 2. */
export const API_VERSION = '1.0';

/**
 * Why a plugin made for the versions `range` of the contract cannot run here; undefined when it can.
 *
 * @param range - a major version, `1`, or the least minor version of one, `^1.2`
 */
export function versionMismatch(range: string | number, version: string = API_VERSION): string | undefined {
  const found = /^\^?(\d+)(?:\.(\d+))?(?:\.(?:\d+|x))?$/.exec(String(range));
  if (!found) return `it declares the API version ${JSON.stringify(range)}, which is no version such as "^1.0"`;
  const [wantedMajor, wantedMinor] = [Number(found[1]), Number(found[2] ?? 0)];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (wantedMajor === major && wantedMinor <= minor) return undefined;
  const newer = wantedMajor > major || (wantedMajor === major && wantedMinor > minor);
  const remedy = newer ? 'install a newer cherenkit' : 'install a newer version of the plugin';
  return `it needs version ${String(range).replace('^', '')} of the plugin API, this is ${version}; ${remedy}`;
}

export interface PluginDefinition {
  /** Unique among the installed plugins; a second component of the same name is told apart by it: `plane-fit/PlaneFit`. */
  readonly name: string;
  /** The major version of the contract that the plugin was written for. */
  readonly apiVersion: number;
  /** New kinds: the classes that others choose components by. */
  readonly kinds?: readonly ComponentKind[];
  /** Abstract classes between a kind and its components; they have a section in configurations, too. */
  readonly bases?: readonly ComponentKind[];
  readonly components?: readonly ComponentClass[];
  readonly services?: readonly ServiceDefinition[];
}

const BRAND = Symbol.for('cherenkit.plugin');

export type Plugin = Required<PluginDefinition> & { readonly [BRAND]: true };

/**
 * What the main module of a plugin exports by default.
 *
 * @throws TypeError for a class that is no component, occurs twice or has no name that a configuration could use
 */
export function definePlugin(definition: PluginDefinition): Plugin {
  const plugin: Plugin = { kinds: [], bases: [], components: [], services: [], ...definition, [BRAND]: true };
  const names = new Set<string>();
  for (const component of new Set<ComponentKind>([...plugin.kinds, ...plugin.bases, ...plugin.components])) {
    if (!isComponentKind(component)) {
      throw new TypeError(`Plugin ${plugin.name}: ${String(component)} is not a subclass of Component.`);
    }
    const { name, kind } = component;
    if (!/^[A-Z]\w+$/.test(name)) {
      throw new TypeError(
        `Plugin ${plugin.name}: "${name}" cannot be the name of a component; it has to begin with a capital (does a bundler rename classes?).`,
      );
    }
    if (names.has(name)) throw new TypeError(`Plugin ${plugin.name} has two classes called ${name}.`);
    if (kind === '') throw new TypeError(`Plugin ${plugin.name}: ${name} has no kind; set \`static kind\`.`);
    names.add(name);
  }
  return plugin;
}

/** By brand: the plugin may have been made with another copy of core. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && BRAND in value;
}
