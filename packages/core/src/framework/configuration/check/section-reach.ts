import { componentKindsOf } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';

/**
 * Determines which nested sections can have an effect: those of components that the enclosing component creates. Others are
 * ignored, as in ctapipe.
 */
export class SectionReach {
  private readonly families = new Map<string, ReadonlySet<string>>();
  private readonly created = new Map<string, ReadonlySet<string>>();
  private readonly reached = new WeakMap<ReadonlySet<string>, Map<string, ReadonlySet<string>>>();

  private constructor(private readonly catalog: ComponentCatalog) {}

  /** Returns the instance of a catalog, created once. */
  static in(catalog: ComponentCatalog): SectionReach {
    const reach = instances.get(catalog) ?? new SectionReach(catalog);
    instances.set(catalog, reach);
    return reach;
  }

  /** Returns the ids of the classes that a top-level section applies to: the named class and its subclasses. */
  family(id: string): ReadonlySet<string> {
    return memoize(this.families, id, () => new Set(this.catalog.ids.filter((other) => this.isA(other, id))));
  }

  /**
   * Returns the components that a section nested in those of the given classes applies to: those that they create and that
   * are of the named class. Empty if the section never has an effect.
   */
  below(classes: ReadonlySet<string>, id: string): ReadonlySet<string> {
    const known = this.reached.get(classes) ?? new Map<string, ReadonlySet<string>>();
    this.reached.set(classes, known);
    return memoize(known, id, () => {
      const created = [...classes].flatMap((each) => [...this.createdBy(each)]);
      return new Set(created.filter((child) => this.isA(child, id)));
    });
  }

  /** Returns the most general classes in whose sections a nested section of this class has an effect. */
  ownersOf(id: string): string[] {
    const owners = this.catalog.ids.filter((owner) => [...this.createdBy(owner)].some((child) => this.isA(child, id)));
    return owners.filter(
      (owner) => !this.catalog.lineage(owner).some((base) => base !== owner && owners.includes(base)),
    );
  }

  private createdBy(id: string): ReadonlySet<string> {
    return memoize(this.created, id, () => {
      const kinds = [...this.catalog.traits(id).values()].flatMap(componentKindsOf);
      return new Set([
        ...this.catalog.children(id).flatMap((child) => [...this.family(child)]),
        ...kinds.flatMap((kind) => this.catalog.idsOfKind(kind)),
        // Run creates the event source as a child of the tool.
        ...(this.catalog.find(id)?.entry.kind === 'Tool' ? this.catalog.idsOfKind('EventSource') : []),
      ]);
    });
  }

  private isA(id: string, base: string): boolean {
    return this.catalog.lineage(id).includes(base);
  }
}

const instances = new WeakMap<ComponentCatalog, SectionReach>();

function memoize<T>(memo: Map<string, T>, key: string, compute: () => T): T {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const computed = compute();
  memo.set(key, computed);
  return computed;
}
