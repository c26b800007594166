import type { TraitDeclaration } from '../component/traits/trait-types.js';
import type { ComponentEntry, PluginManifest } from './plugin-manifest.js';

/** A plugin by its manifest and, where it comes from a package, the name of that. */
export interface ManifestSource {
  readonly manifest: PluginManifest;
  readonly packageName?: string | undefined;
}

/** A class, with the plugin that it comes from. */
export interface CatalogEntry {
  readonly className: string;
  readonly plugin: string;
  readonly entry: ComponentEntry;
}

/**
 * Everything known about components from manifests alone.
 *
 * A class has an id: its name, or `plugin/Name` when several plugins have a class of that name.
 */
export class ComponentCatalog {
  /** Of all classes, the abstract ones too: the sections that a configuration may have. */
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

  find(id: string): CatalogEntry | undefined {
    return this.entries.get(id);
  }

  /** The id of a class as people write it: its name, or behind the name of its plugin or package. Undefined when it is unknown or not the only one. */
  idOf(written: string): string | undefined {
    const [only, another] = this.idsByName.get(written) ?? [];
    if (only !== undefined) return another === undefined ? only : undefined;
    const slash = written.lastIndexOf('/');
    const [owner, className] = [written.slice(0, Math.max(slash, 0)), written.slice(slash + 1)];
    const plugin = this.pluginsByPackage.get(owner) ?? owner;
    return this.idsByName.get(className)?.find((id) => this.find(id)?.plugin === plugin);
  }

  /** Whether there is a class of this name or id, or several. */
  isKnown(name: string): boolean {
    return this.entries.has(name) || this.idsByName.has(name);
  }

  /** The ids of a name that several plugins have; empty where it is that of one class, or of none. */
  ambiguous(written: string): readonly string[] {
    const ids = this.idsByName.get(written) ?? [];
    return ids.length > 1 ? ids : [];
  }

  /** Ids of the components that can be chosen for a kind. */
  idsOfKind(kind: string): readonly string[] {
    return this.remember(`kind ${kind}`, () => this.ids.filter((id) => this.isOfKind(id, kind)));
  }

  /** Whether an id is that of a component which can be chosen for a kind. */
  isOfKind(id: string, kind: string): boolean {
    const { entry } = this.entries.get(id) ?? {};
    return entry !== undefined && entry.kind === kind && !entry.abstract;
  }

  /** The class and its bases, the most general first. */
  lineage(id: string): readonly string[] {
    return this.remember(`lineage ${id}`, () => {
      const lineage: string[] = [];
      let current: string | undefined = id;
      while (current !== undefined && !lineage.includes(current)) {
        lineage.unshift(current);
        const found = this.find(current);
        current =
          found?.entry.extends === undefined ? undefined : this.reference(found.entry.extends, found.plugin, current);
      }
      return lineage;
    });
  }

  /** All traits of a class by their names in files, inherited ones included. */
  traits(id: string): ReadonlyMap<string, TraitDeclaration> {
    return this.remember(
      `traits ${id}`,
      () => new Map(this.lineage(id).flatMap((ancestor) => Object.entries(this.find(ancestor)?.entry.traits ?? {}))),
    );
  }

  /** The traits of a class and of all its subclasses: a section of a base class may set any of them. */
  familyTraits(id: string): ReadonlyMap<string, readonly TraitDeclaration[]> {
    return this.remember(`family ${id}`, () => {
      const family = new Map([...this.traits(id)].map(([trait, declaration]) => [trait, [declaration]]));
      for (const subclass of this.ids.filter((other) => other !== id && this.lineage(other).includes(id))) {
        for (const [trait, declaration] of Object.entries(this.find(subclass)?.entry.traits ?? {})) {
          family.set(trait, [...(family.get(trait) ?? []), declaration]);
        }
      }
      return family;
    });
  }

  /** Ids of the classes that a component creates by itself, those of its bases included. */
  children(id: string): readonly string[] {
    return this.remember(`children ${id}`, () => {
      const names = this.lineage(id).flatMap((ancestor) => {
        const { entry, plugin } = this.find(ancestor) ?? {};
        return (entry?.children ?? []).map((name) => this.reference(name, plugin ?? ''));
      });
      return [...new Set(names)];
    });
  }

  /** What one class calls another is exact in code: the class of its own plugin, else the one of core, else the only one. */
  private reference(className: string, plugin: string, self?: string): string {
    // A class may extend one of its own name, from elsewhere.
    const ids = (this.idsByName.get(className) ?? []).filter((id) => id !== self);
    const of = (owner: string): string | undefined => ids.find((id) => this.find(id)?.plugin === owner);
    return of(plugin) ?? of('core') ?? ids[0] ?? className;
  }

  private remember<T>(key: string, compute: () => T): T {
    if (!this.memo.has(key)) this.memo.set(key, compute());
    return this.memo.get(key) as T;
  }
}
