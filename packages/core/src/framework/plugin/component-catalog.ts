import type { TraitDeclaration } from '../component/traits/trait-types.js';
import type { ComponentEntry, PluginManifest } from './plugin-manifest.js';

/** The manifest of a plugin and the name of its package, if any. */
export interface ManifestSource {
  readonly manifest: PluginManifest;
  readonly packageName?: string | undefined;
}

/** A component class and the plugin that provides it. */
export interface CatalogEntry {
  readonly className: string;
  readonly plugin: string;
  readonly entry: ComponentEntry;
}

/**
 * The component classes of all plugins, described by manifests alone.
 *
 * The id of a class is its name, or `plugin/Name` if several plugins have a class of that name.
 */
export class ComponentCatalog {
  /** Ids of all classes, including abstract ones: the valid section names. */
  readonly ids: readonly string[];
  private readonly entries = new Map<string, CatalogEntry>();
  /** Ids by class name. */
  private readonly idsByName = new Map<string, string[]>();
  private readonly pluginsByPackage = new Map<string, string>();
  private readonly memo = new Map<string, unknown>();

  constructor(sources: readonly ManifestSource[]) {
    const all = sources.flatMap(({ manifest: { name: plugin, components } }) =>
      Object.entries(components).map(([className, entry]): CatalogEntry => ({ className, plugin, entry })),
    );
    const counts = new Map<string, number>();
    for (const { className } of all) counts.set(className, (counts.get(className) ?? 0) + 1);
    for (const found of all) {
      const { className, plugin } = found;
      const id = counts.get(className) === 1 ? className : `${plugin}/${className}`;
      this.entries.set(id, found);
      this.idsByName.set(className, [...(this.idsByName.get(className) ?? []), id]);
    }
    for (const { manifest, packageName } of sources)
      this.pluginsByPackage.set(packageName ?? manifest.name, manifest.name);
    this.ids = [...this.entries.keys()];
  }

  /** Returns the class with an id. */
  find(id: string): CatalogEntry | undefined {
    return this.entries.get(id);
  }

  /**
   * Returns the id of a class from its name as written, optionally qualified with its plugin or package.
   *
   * @returns undefined for an unknown or ambiguous name
   */
  idOf(written: string): string | undefined {
    const [only, another] = this.idsByName.get(written) ?? [];
    if (only !== undefined) return another === undefined ? only : undefined;
    const slash = written.lastIndexOf('/');
    const [owner, className] = [written.slice(0, Math.max(slash, 0)), written.slice(slash + 1)];
    const plugin = this.pluginsByPackage.get(owner) ?? owner;
    return this.idsByName.get(className)?.find((id) => this.find(id)?.plugin === plugin);
  }

  /** Whether any class has this name or id. */
  isKnown(name: string): boolean {
    return this.entries.has(name) || this.idsByName.has(name);
  }

  /** Returns the ids of all classes of a name that several plugins share; empty for other names. */
  ambiguous(written: string): readonly string[] {
    const ids = this.idsByName.get(written) ?? [];
    return ids.length > 1 ? ids : [];
  }

  /** Returns the ids of the concrete components of a kind. */
  idsOfKind(kind: string): readonly string[] {
    return this.memoize(`kind ${kind}`, () => this.ids.filter((id) => this.isOfKind(id, kind)));
  }

  /** Whether an id belongs to a concrete component of a kind. */
  isOfKind(id: string, kind: string): boolean {
    const { entry } = this.entries.get(id) ?? {};
    return entry !== undefined && entry.kind === kind && !entry.abstract;
  }

  /** Returns the ids of a class, its base classes and its mixins, most general first: mixins before base classes. */
  lineage(id: string): readonly string[] {
    return this.memoize(`lineage ${id}`, () => [...new Set(this.ancestors(id, []))]);
  }

  /** Returns the id of the base class that gives a class its kind; of the class itself if there is none. */
  baseOfKind(id: string): string {
    const kind = this.find(id)?.entry.kind;
    return this.lineage(id).find((each) => this.find(each)?.className === kind) ?? this.lineage(id)[0] ?? id;
  }

  /** @param descendants - classes that led here: manifests may contradict themselves */
  private ancestors(id: string, descendants: readonly string[]): readonly string[] {
    const { entry, plugin = '' } = this.find(id) ?? {};
    const names = [...(entry?.mixins ?? []), ...(entry?.extends === undefined ? [] : [entry.extends])];
    const above = names
      .map((name) => this.reference(name, plugin, id))
      .filter((each) => !descendants.includes(each) && each !== id);
    return [...above.flatMap((each) => this.ancestors(each, [...descendants, id])), id];
  }

  /** Returns the traits of a class by their names in files, including inherited ones. */
  traits(id: string): ReadonlyMap<string, TraitDeclaration> {
    return this.memoize(
      `traits ${id}`,
      () => new Map(this.lineage(id).flatMap((ancestor) => Object.entries(this.find(ancestor)?.entry.traits ?? {}))),
    );
  }

  /** Returns the traits of a class and of all its subclasses: the section of a base class may set any of them. */
  familyTraits(id: string): ReadonlyMap<string, readonly TraitDeclaration[]> {
    return this.memoize(`family ${id}`, () => {
      const family = new Map([...this.traits(id)].map(([trait, declaration]) => [trait, [declaration]]));
      for (const subclass of this.ids.filter((other) => other !== id && this.lineage(other).includes(id))) {
        for (const [trait, declaration] of Object.entries(this.find(subclass)?.entry.traits ?? {})) {
          family.set(trait, [...(family.get(trait) ?? []), declaration]);
        }
      }
      return family;
    });
  }

  /** Returns the ids of the classes that a component declares as children, including inherited ones. */
  children(id: string): readonly string[] {
    return this.memoize(`children ${id}`, () => {
      const names = this.lineage(id).flatMap((ancestor) => {
        const { entry, plugin } = this.find(ancestor) ?? {};
        return (entry?.children ?? []).map((name) => this.reference(name, plugin ?? ''));
      });
      return [...new Set(names)];
    });
  }

  /** Resolves a class name in a manifest: a class of the same plugin, else of core, else of any other plugin. */
  private reference(className: string, plugin: string, self?: string): string {
    // A class may extend a class of the same name from another plugin.
    const ids = (this.idsByName.get(className) ?? []).filter((id) => id !== self);
    const of = (owner: string): string | undefined => ids.find((id) => this.find(id)?.plugin === owner);
    return of(plugin) ?? of('core') ?? ids[0] ?? className;
  }

  private memoize<T>(key: string, compute: () => T): T {
    if (!this.memo.has(key)) this.memo.set(key, compute());
    return this.memo.get(key) as T;
  }
}
