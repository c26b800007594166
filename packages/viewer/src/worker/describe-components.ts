import type { ComponentCatalog, PlannedComponent } from '@cherenkit/core';
import type { ComponentSettings, TraitSetting } from '../protocol.js';

/** Describes the planned components below a component: their traits, values and alternatives. */
export function describeComponents(
  { children }: PlannedComponent,
  catalog: ComponentCatalog,
): readonly ComponentSettings[] {
  return [...children.values()].map((planned) => ({
    name: planned.id,
    kind: catalog.find(planned.id)?.entry.kind ?? '',
    settings: [...planned.settings].map(([name, { declaration, value, source }]): TraitSetting => {
      const kind = componentKindOf(declaration);
      const setting = { name, declaration, value: value ?? null, isSet: source !== undefined };
      return kind === undefined ? setting : { ...setting, choices: catalog.idsOfKind(kind) };
    }),
    children: describeComponents(planned, catalog),
  }));
}

/** Kind of the components that a trait, or each item of it, names. */
function componentKindOf(declaration: object): string | undefined {
  const { type, kind, items } = declaration as { type?: string; kind?: string; items?: object };
  if (type === 'component') return kind;
  return type === 'list' && items ? componentKindOf(items) : undefined;
}
