import { kindsNamedBy } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';

/**
 * Which sections within sections can reach a component: those that follow the way from a component to one that it
 * creates. Any other is passed over, as in ctapipe.
 */
export class SectionReach {
  private readonly families = new Map<string, ReadonlySet<string>>();
  private readonly created = new Map<string, ReadonlySet<string>>();
  private readonly reached = new WeakMap<ReadonlySet<string>, Map<string, ReadonlySet<string>>>();

  private constructor(private readonly catalog: ComponentCatalog) {}

  /** Made once for each catalog. */
  static in(catalog: ComponentCatalog): SectionReach {
    const reach = made.get(catalog) ?? new SectionReach(catalog);
    made.set(catalog, reach);
    return reach;
  }

  /** Ids of the classes that a section at the top speaks to: the one that it names and its subclasses. */
  family(id: string): ReadonlySet<string> {
    return remember(this.families, id, () => new Set(this.catalog.ids.filter((other) => this.isA(other, id))));
  }

  /** Of the components that these classes can create, those that a section within theirs speaks to; empty: none ever. */
  below(classes: ReadonlySet<string>, id: string): ReadonlySet<string> {
    const known = this.reached.get(classes) ?? new Map<string, ReadonlySet<string>>();
    this.reached.set(classes, known);
    return remember(known, id, () => {
      const created = [...classes].flatMap((each) => [...this.createdBy(each)]);
      return new Set(created.filter((child) => this.isA(child, id)));
    });
  }

  /** The classes, the most general alone, within whose sections one of this name has an effect. */
  ownersOf(id: string): string[] {
    const owners = this.catalog.ids.filter((owner) => [...this.createdBy(owner)].some((child) => this.isA(child, id)));
    return owners.filter(
      (owner) => !this.catalog.lineage(owner).some((base) => base !== owner && owners.includes(base)),
    );
  }

  private createdBy(id: string): ReadonlySet<string> {
    return remember(this.created, id, () => {
      const kinds = [...this.catalog.traits(id).values()].flatMap(kindsNamedBy);
      return new Set([
        ...this.catalog.children(id).flatMap((child) => [...this.family(child)]),
        ...kinds.flatMap((kind) => this.catalog.idsOfKind(kind)),
        // The program makes the event source, in the name of its tool.
        ...(this.catalog.find(id)?.entry.kind === 'Tool' ? this.catalog.idsOfKind('EventSource') : []),
      ]);
    });
  }

  private isA(id: string, base: string): boolean {
    return this.catalog.lineage(id).includes(base);
  }
}

const made = new WeakMap<ComponentCatalog, SectionReach>();

function remember<T>(memo: Map<string, T>, key: string, compute: () => T): T {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const computed = compute();
  memo.set(key, computed);
  return computed;
}
