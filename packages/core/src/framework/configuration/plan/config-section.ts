import type { Json } from '../../component/trait-declaration.js';
import { traitTypeOf, type TraitDeclaration } from '../../component/traits/trait-types.js';
import { normalizedValue } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { Position, ValueMistake } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { jsonOf, type ConfigNode, type MappingNode } from '../read/config-node.js';
import { isSectionName } from '../read/trait-key.js';

/** A value in the canonical form of a trait. */
export interface NormalizedValue {
  readonly value: Json;
  /** Validation result; undefined until a `TraitValidator` has checked the value. */
  mistakes?: readonly ValueMistake[];
}

/** The value that a layer sets for a trait. It is normalized and validated once per declaration. */
export class ConfigValue {
  private readonly normalized = new Map<TraitDeclaration, NormalizedValue>();

  constructor(
    readonly layer: ConfigLayer,
    readonly keyAt: Position,
    readonly node: ConfigNode,
    private readonly catalog: ComponentCatalog,
  ) {}

  /** Returns the value normalized for a declaration. */
  as(declaration: TraitDeclaration): NormalizedValue {
    let found = this.normalized.get(declaration);
    if (!found) {
      const text = this.node.type === 'mapping' ? undefined : this.node.text;
      const componentId = (written: string): string | undefined => this.catalog.idOf(written);
      const json = jsonOf(this.node, traitTypeOf(declaration).readsDigits);
      found = { value: normalizedValue(declaration, json, componentId, text) };
      this.normalized.set(declaration, found);
    }
    return found;
  }
}

/** A section of a layer: trait values, and nested sections by class. */
export interface ConfigSection {
  readonly layer: ConfigLayer;
  /** Class name as written; empty for the root section. */
  readonly name: string;
  readonly keyAt: Position | undefined;
  readonly values: ReadonlyMap<string, ConfigValue>;
  /**
   * Nested sections by class id, or by the name as written for an unknown class. A class has two sections if the layer names
   * it in two ways.
   */
  readonly sections: ReadonlyMap<string, readonly ConfigSection[]>;
}

const memo = new WeakMap<ComponentCatalog, WeakMap<ConfigLayer, ConfigSection>>();

/** Returns the root section of a layer. Cached per layer and catalog. */
export function sectionsOf(layer: ConfigLayer, catalog: ComponentCatalog): ConfigSection {
  const known = memo.get(catalog) ?? new WeakMap<ConfigLayer, ConfigSection>();
  memo.set(catalog, known);
  let sections = known.get(layer);
  if (!sections) known.set(layer, (sections = sectionOf('', undefined, layer.content, layer, catalog)));
  return sections;
}

function sectionOf(
  name: string,
  keyAt: Position | undefined,
  content: MappingNode | undefined,
  layer: ConfigLayer,
  catalog: ComponentCatalog,
): ConfigSection {
  const values = new Map<string, ConfigValue>();
  const sections = new Map<string, ConfigSection[]>();
  for (const entry of content?.entries ?? []) {
    const { key, value } = entry;
    if (value.type !== 'mapping' || !isSectionName(key)) {
      values.set(key, new ConfigValue(layer, entry.keyAt, value, catalog));
      continue;
    }
    const id = catalog.idOf(key) ?? key;
    const section = sectionOf(key, entry.keyAt, value, layer, catalog);
    const known = sections.get(id);
    if (known) known.push(section);
    else sections.set(id, [section]);
  }
  return { layer, name, keyAt, values, sections };
}

/**
 * Returns the sections that apply to a component, in ascending precedence: first the top-level sections of all layers, then
 * those nested in the sections of its parent; in each group, sections of base classes before those of subclasses. Sections
 * of a layer that overrides files follow at the end. The last section that sets a trait determines its value.
 *
 * Source: traitlets 5.16 `Configurable._find_my_config`.
 *
 * @param lineage - ids of the component's class and its base classes, most general first
 * @param layers - root sections of the layers, in order
 * @param parent - sections that apply to the parent
 */
export function sectionsFor(
  lineage: readonly string[],
  layers: readonly ConfigSection[],
  parent: readonly ConfigSection[] = [],
): readonly ConfigSection[] {
  const found = [layers, parent].flatMap((scope) =>
    lineage.flatMap((id) => scope.flatMap(({ sections }) => sections.get(id) ?? [])),
  );
  const files = found.filter(({ layer }) => !layer.overrides);
  return files.length === found.length ? found : [...files, ...found.filter(({ layer }) => layer.overrides)];
}

/** Returns the value that each layer alone would set for a trait: the one of its section with the highest precedence. */
export function valuesByLayer(
  sections: readonly ConfigSection[],
  trait: string,
): ReadonlyMap<ConfigLayer, ConfigValue> {
  return new Map(
    sections.flatMap(({ layer, values }): [ConfigLayer, ConfigValue][] => {
      const value = values.get(trait);
      return value ? [[layer, value]] : [];
    }),
  );
}
