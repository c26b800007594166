import type { TraitDeclaration } from '../../component/trait-declaration.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';

/**
 * Which sections within sections can reach a component: those that follow the way from a component to one that it
 * creates. Any other is passed over, as in ctapipe.
 */
export class SectionReach {
  private readonly memo = new Map<string, ReadonlySet<string>>();

  constructor(private readonly catalog: ComponentCatalog) {}

  /** Ids of the classes that a section at the top speaks to: the one that it names and its subclasses. */
  family(id: string): ReadonlySet<string> {
    return this.remember(`family ${id}`, () => this.catalog.ids.filter((other) => this.isA(other, id)));
  }

  /** Of the components that these classes can create, those that a section within theirs speaks to; empty: none ever. */
  below(classes: ReadonlySet<string>, id: string): ReadonlySet<string> {
    const created = [...classes].flatMap((each) => [...this.createdBy(each)]);
    return new Set(created.filter((child) => this.isA(child, id)));
  }

  /** The classes, the most general alone, within whose sections one of this name has an effect. */
  ownersOf(id: string): string[] {
    const owners = this.catalog.ids.filter((owner) => [...this.createdBy(owner)].some((child) => this.isA(child, id)));
    return owners.filter(
      (owner) => !this.catalog.lineage(owner).some((base) => base !== owner && owners.includes(base)),
    );
  }

  private createdBy(id: string): ReadonlySet<string> {
    return this.remember(`created ${id}`, () => [
      ...this.catalog.children(id).flatMap((child) => [...this.family(child)]),
      ...[...this.catalog.traits(id).values()].flatMap(kindsOf).flatMap((kind) => this.catalog.idsOfKind(kind)),
      // The program makes the event source, in the name of its tool.
      ...(this.catalog.find(id)?.entry.kind === 'Tool' ? this.catalog.idsOfKind('EventSource') : []),
    ]);
  }

  private isA(id: string, base: string): boolean {
    return this.catalog.lineage(id).includes(base);
  }

  private remember(key: string, compute: () => Iterable<string>): ReadonlySet<string> {
    let found = this.memo.get(key);
    if (!found) this.memo.set(key, (found = new Set(compute())));
    return found;
  }
}

/** The kinds of component that values of a trait name. */
function kindsOf(declaration: TraitDeclaration): string[] {
  if (declaration.type === 'component') return [declaration.kind];
  if (declaration.type === 'list') return kindsOf(declaration.items);
  return declaration.type === 'tuple' ? declaration.items.flatMap(kindsOf) : [];
}
