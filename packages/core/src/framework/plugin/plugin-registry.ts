import { CherenkitError, ExitCode, messageOf } from '@cherenkit/errors';
import { ComponentCatalog } from './component-catalog.js';
import { isPlugin, versionMismatch, type Plugin } from './define-plugin.js';
import { manifestOf, staleParts, type PluginManifest } from './plugin-manifest.js';

/** An installed plugin, described by its manifest and not yet imported. */
export interface InstalledPlugin {
  readonly manifest: PluginManifest;
  /** npm package; may qualify component names, `package/Component`. */
  readonly packageName?: string;
  readonly version?: string;
  /** Folder of the package, for messages. */
  readonly location?: string;
  /** How the plugin was found, for messages: `built in`, `--plugin`. */
  readonly foundBy?: string;
  /** Whether the user named the plugin, by `--plugin` or in a configuration. */
  readonly isNamed?: boolean;
  /** Version of the plugin API required by its package.json. Default: the major version in the manifest. */
  readonly apiVersion?: string | number;
  /** Imports its main module, whose default export is the plugin. */
  load(): Promise<{ readonly default?: unknown }>;
}

/** A plugin that was found but cannot be used. */
export interface PluginFailure {
  /** Name of the plugin; of its package or folder, if the plugin's is not known. */
  readonly name: string;
  readonly reason: string;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  /** Folder of the package, for messages. */
  readonly location?: string | undefined;
  /** How the plugin was found, for messages. */
  readonly foundBy?: string | undefined;
  /** Whether the user named the plugin, by `--plugin` or in a configuration. */
  readonly isNamed?: boolean;
  /** Undefined if it could not be read. */
  readonly manifest?: PluginManifest;
}

/** A required plugin cannot be used. */
export class PluginError extends CherenkitError {
  override readonly name = 'PluginError';

  constructor(code: string, exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(code, exitCode, message, options);
  }
}

/**
 * The plugins of a run. They are described by their manifests and imported when one of their components is used.
 *
 * @example
 * ```ts
 * import core, { installedPlugin, PluginRegistry, Run } from '@cherenkit/core';
 * import simtel from '@cherenkit/plugin-simtel';
 *
 * const plugins = new PluginRegistry([core, simtel].map((plugin) => installedPlugin(plugin)));
 * await using run = await Run.prepare({ components: [] }, { plugins });
 * ```
 */
export class PluginRegistry {
  readonly catalog: ComponentCatalog;
  private readonly plugins: ReadonlyMap<string, InstalledPlugin>;
  private readonly loading = new Map<string, Promise<Plugin>>();
  private readonly failed: PluginFailure[];

  /**
   * @param installed - of several plugins with the same name, the first is used and the others are failures
   * @param failures - plugins that could not be read
   */
  constructor(installed: readonly InstalledPlugin[], failures: readonly PluginFailure[] = []) {
    const usable: InstalledPlugin[] = [];
    const plugins = new Map<string, InstalledPlugin>();
    this.failed = [...failures];
    for (const plugin of installed) {
      const { manifest, apiVersion = manifest.apiVersion } = plugin;
      const twin = plugins.get(manifest.name);
      const reason = twin ? nameTaken(twin) : versionMismatch(apiVersion);
      if (!twin) plugins.set(manifest.name, plugin);
      if (reason === undefined) usable.push(plugin);
      else this.failed.push(failureOf(plugin, reason));
    }
    this.plugins = plugins;
    const classes = new Set(usable.flatMap(({ manifest }) => Object.keys(manifest.components)));
    const complete = usable.filter((plugin) => {
      const reason = missingBase(plugin.manifest, classes);
      if (reason !== undefined) this.failed.push({ ...failureOf(plugin, reason), isNamed: plugin.isNamed ?? false });
      return reason === undefined;
    });
    this.catalog = new ComponentCatalog(complete);
  }

  /** The plugins by name, including incompatible ones. */
  get installed(): readonly InstalledPlugin[] {
    return [...this.plugins.values()];
  }

  /** Manifests of plugins by name; unknown names are ignored. */
  manifestsOf(names: Iterable<string | undefined>): PluginManifest[] {
    return [...new Set(names)].flatMap((name) => this.plugins.get(name ?? '')?.manifest ?? []);
  }

  /** Plugins that could not be read or imported so far. */
  get failures(): readonly PluginFailure[] {
    return this.failed;
  }

  /**
   * Returns the end of a message about an unknown component: the failed plugins that may provide it, with the reasons.
   * A plugin whose manifest could not be read may provide any component.
   *
   * @param name - name of a component, optionally qualified, or of a kind
   */
  readonly failureHint = (name: string): string => {
    const className = name.slice(name.lastIndexOf('/') + 1);
    const mayProvide = ({ manifest }: PluginFailure): boolean =>
      !manifest ||
      className in manifest.components ||
      Object.values(manifest.components).some(({ kind }) => kind === name);
    return this.failed
      .filter(mayProvide)
      .map((failure) => `; ${describePluginFailure(failure)}`)
      .join('');
  };

  /**
   * Imports a plugin and checks it against its manifest. The result is cached, including failures.
   *
   * @throws PluginError PLUGIN_UNKNOWN, PLUGIN_IMPORT_FAILED, PLUGIN_EXPORT_MISSING, PLUGIN_MANIFEST_STALE
   */
  load(name: string): Promise<Plugin> {
    const plugin = this.loading.get(name) ?? this.import(name);
    this.loading.set(name, plugin);
    return plugin;
  }

  private async import(name: string): Promise<Plugin> {
    const installed = this.plugins.get(name);
    if (!installed) throw new PluginError('PLUGIN_UNKNOWN', ExitCode.USAGE, `There is no plugin ${name}.`);
    try {
      return await importPlugin(installed);
    } catch (error) {
      this.failed.push(failureOf(installed, messageOf(error)));
      throw error;
    }
  }
}

/** Wraps an imported plugin for a registry: for web pages, tests and scripts. */
export function installedPlugin(plugin: Plugin, packageName?: string): InstalledPlugin {
  return {
    manifest: manifestOf(plugin),
    ...(packageName !== undefined && { packageName }),
    load: () => Promise.resolve({ default: plugin }),
  };
}

/** Manifests that are up to date, by plugin: scripts prepare many runs with the same plugins. */
const CHECKED = new WeakMap<Plugin, PluginManifest>();

async function importPlugin(installed: InstalledPlugin): Promise<Plugin> {
  const { manifest, location, packageName } = installed;
  const { name } = manifest;
  const place = location ?? packageName;
  let plugin: unknown;
  try {
    ({ default: plugin } = await installed.load());
  } catch (cause) {
    const reason = messageOf(cause);
    const from = place === undefined ? '' : ` (${place})`;
    throw new PluginError(
      'PLUGIN_IMPORT_FAILED',
      ExitCode.BUG,
      `Plugin ${name}${from} could not be imported: ${reason}`,
      {
        cause,
      },
    );
  }
  if (!isPlugin(plugin)) {
    const message = `Plugin ${name} does not export the result of definePlugin by default.`;
    throw new PluginError('PLUGIN_EXPORT_MISSING', ExitCode.BUG, message);
  }
  if (CHECKED.get(plugin) === manifest) return plugin;
  const stale = staleParts(manifest, manifestOf(plugin));
  if (stale.length === 0) {
    CHECKED.set(plugin, manifest);
    return plugin;
  }
  const message = `The manifest of plugin ${name} is stale (${stale.join(', ')}); build the plugin again.`;
  throw new PluginError('PLUGIN_MANIFEST_STALE', ExitCode.BUG, message);
}

/** Without the base class, a component would lack inherited traits, and be of no kind that is known. */
function missingBase({ components }: PluginManifest, classes: ReadonlySet<string>): string | undefined {
  for (const [name, { kind, extends: base }] of Object.entries(components)) {
    if (base === undefined || classes.has(base) || !classes.has(kind)) continue;
    return `${name} extends ${base}, which no installed plugin declares; list ${base} among the \`bases\` of its plugin, or install that plugin`;
  }
  return undefined;
}

function failureOf(installed: InstalledPlugin, reason: string): PluginFailure {
  const { manifest, packageName, version, location = packageName, foundBy } = installed;
  return { name: manifest.name, packageName, version, location, foundBy, manifest, reason };
}

function nameTaken({ location, packageName = 'a package without a name' }: InstalledPlugin): string {
  return `another plugin has the same name, ${location ?? packageName}; use only one of them`;
}

/** Formats a failure: `plugin plane-fit (/home/me/plane-fit) cannot be used: ...`. */
export function describePluginFailure({ name, location, reason }: PluginFailure): string {
  return `plugin ${name}${location === undefined || location === name ? '' : ` (${location})`} cannot be used: ${reason}`;
}
