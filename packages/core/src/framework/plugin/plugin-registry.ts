import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { ComponentCatalog } from './component-catalog.js';
import { isPlugin, versionMismatch, type Plugin } from './define-plugin.js';
import { manifestOf, staleParts, type PluginManifest } from './plugin-manifest.js';

/** A plugin as it is found: described, not imported. */
export interface InstalledPlugin {
  readonly manifest: PluginManifest;
  /** The npm package, for people and for `package/Component`. */
  readonly packageName?: string;
  readonly version?: string;
  /** Where it lies, for people. */
  readonly location?: string;
  /** What led to it, for people: `built in`, `--plugin`. */
  readonly foundBy?: string;
  /** The versions of the plugin API that its package.json asks for; by default the major version of the manifest. */
  readonly apiVersion?: string | number;
  /** Imports its main module, whose default export is the plugin. */
  load(): Promise<{ readonly default?: unknown }>;
}

/** A plugin that was found and cannot be used, with the reason. */
export interface PluginFailure {
  /** The plugin or, where not even that is known, the package. */
  readonly name: string;
  readonly reason: string;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  /** Where it lies, for people. */
  readonly location?: string | undefined;
  /** What led to it, for people. */
  readonly foundBy?: string | undefined;
  /** Whether the user asked for it by name, and not for its components only. */
  readonly isNamed?: boolean;
  /** What it would have contributed, where that is known. */
  readonly manifest?: PluginManifest;
}

/** A plugin is there that is needed, and cannot be used. */
export class PluginError extends CherenkitError {
  override readonly name = 'PluginError';

  constructor(code: string, exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(code, exitCode, message, options);
  }
}

/** The plugins of a run: described by their manifests, imported when one of their components is used. */
export class PluginRegistry {
  readonly catalog: ComponentCatalog;
  private readonly plugins: ReadonlyMap<string, InstalledPlugin>;
  private readonly loading = new Map<string, Promise<Plugin>>();
  private readonly failed: PluginFailure[];

  /**
   * @param installed - the first of two plugins of one name is used, the other one is a failure
   * @param failures - packages that look like plugins and could not be read
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
    this.catalog = new ComponentCatalog(usable);
  }

  get installed(): readonly InstalledPlugin[] {
    return [...this.plugins.values()];
  }

  /** What could not be read or imported so far. */
  get failures(): readonly PluginFailure[] {
    return this.failed;
  }

  /**
   * For the end of a message about a component that nobody provides, or a kind without one: the plugins that would have,
   * and why they do not. One without a legible manifest might have had anything.
   *
   * @param name - of the component, perhaps behind that of its plugin, or of the kind
   */
  readonly failureHint = (name: string): string => {
    const className = name.slice(name.lastIndexOf('/') + 1);
    const wouldHave = ({ manifest }: PluginFailure): boolean =>
      !manifest ||
      className in manifest.components ||
      Object.values(manifest.components).some(({ kind }) => kind === name);
    return this.failed
      .filter(wouldHave)
      .map((failure) => `; ${describePluginFailure(failure)}`)
      .join('');
  };

  /**
   * The code of a plugin, held against its manifest. Imported once; a failure is remembered and told again.
   *
   * @throws PluginError with the reason
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
      this.failed.push(failureOf(installed, error instanceof Error ? error.message : String(error)));
      throw error;
    }
  }
}

/** A plugin that is already imported: for pages, tests, and scripts that bring their own. */
export function installedPlugin(plugin: Plugin, packageName?: string): InstalledPlugin {
  return {
    manifest: manifestOf(plugin),
    ...(packageName !== undefined && { packageName }),
    load: () => Promise.resolve({ default: plugin }),
  };
}

async function importPlugin(installed: InstalledPlugin): Promise<Plugin> {
  const { manifest, location, packageName } = installed;
  const { name } = manifest;
  const place = location ?? packageName;
  let plugin: unknown;
  try {
    ({ default: plugin } = await installed.load());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
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
  const stale = staleParts(manifest, manifestOf(plugin));
  if (stale.length === 0) return plugin;
  const message = `The manifest of plugin ${name} is stale (${stale.join(', ')}); build the plugin again.`;
  throw new PluginError('PLUGIN_MANIFEST_STALE', ExitCode.BUG, message);
}

function failureOf(installed: InstalledPlugin, reason: string): PluginFailure {
  const { manifest, packageName, version, location = packageName, foundBy } = installed;
  return { name: manifest.name, packageName, version, location, foundBy, manifest, reason };
}

function nameTaken({ location, packageName = 'a package without a name' }: InstalledPlugin): string {
  return `there is another plugin of this name, ${location ?? packageName}; use only one of them`;
}

/** `plugin plane-fit (/home/me/plane-fit) cannot be used: ...` */
export function describePluginFailure({ name, location, reason }: PluginFailure): string {
  return `plugin ${name}${location === undefined || location === name ? '' : ` (${location})`} cannot be used: ${reason}`;
}
