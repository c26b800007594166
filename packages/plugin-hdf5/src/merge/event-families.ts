import { familyOf } from './table-rules.js';

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
  /** First file of each kind. */
  readonly #firstOf = new Map<string, string>();
  readonly #files = new Map<string, { readonly own: ReadonlySet<string>; readonly hasTelescopeEvents: boolean }>();

  add({ path, nEvents, nTelescopeEvents, eventTables }: FileWithEvents): void {
    if (nEvents === 0) return;
    const own = new Set(eventTables.map(familyOf));
    for (const family of own) if (!this.#firstOf.has(family)) this.#firstOf.set(family, path);
    this.#files.set(path, { own, hasTelescopeEvents: nTelescopeEvents > 0 });
  }

  /** Files that lack tables which another file has. */
  missing(): { readonly path: string; readonly family: string; readonly from: string }[] {
    return [...this.#files].flatMap(([path, { own, hasTelescopeEvents }]) =>
      [...this.#firstOf]
        .filter(([family]) => !own.has(family) && (hasTelescopeEvents || !family.includes('/telescope/')))
        .map(([family, from]) => ({ path, family, from })),
    );
  }
}
