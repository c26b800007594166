import { familyOf } from '../format/object-path.js';

/** A file with events: how it is named, and the paths of its event tables. */
interface FileWithEvents {
  readonly path: string;
  readonly nEvents: number;
  readonly nTelescopeEvents: number;
  /** Tables of ctapipe's data model with a row per event. */
  readonly eventTables: readonly string[];
}

/** Kinds of event tables, those of all telescopes together, of which all files with events need the same. */
export class EventFamilies {
  readonly #files = new Map<string, { readonly own: ReadonlySet<string>; readonly hasTelescopeEvents: boolean }>();

  add({ path, nEvents, nTelescopeEvents, eventTables }: FileWithEvents): void {
    if (nEvents === 0) return;
    const own = new Set(eventTables.map(familyOf));
    this.#files.set(path, { own, hasTelescopeEvents: nTelescopeEvents > 0 });
  }

  /** Removes a file that is not merged. */
  forget(path: string): void {
    this.#files.delete(path);
  }

  /** Files that lack tables which another file has. */
  missing(): { readonly path: string; readonly family: string; readonly from: string }[] {
    const firstOf = new Map<string, string>();
    for (const [path, { own }] of this.#files) {
      for (const family of own) if (!firstOf.has(family)) firstOf.set(family, path);
    }
    return [...this.#files].flatMap(([path, { own, hasTelescopeEvents }]) =>
      [...firstOf]
        .filter(([family]) => !own.has(family) && (hasTelescopeEvents || !family.includes('/telescope/')))
        .map(([family, from]) => ({ path, family, from })),
    );
  }
}
