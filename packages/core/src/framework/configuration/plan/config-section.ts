import type { Json } from '../../component/trait-declaration.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import { spelledValue } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { Position, ValueMistake } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { jsonOf, type ConfigNode, type MappingNode } from '../read/config-node.js';
import { isSectionName } from '../read/trait-key.js';

/** A value as a trait takes it. */
export interface SpelledValue {
  readonly value: Json;
  /** What is wrong with it; undefined until a `TraitValidator` has looked. */
  mistakes?: readonly ValueMistake[];
}

/** What a layer gives a trait. It is spelled and checked once per declaration, whoever asks for it. */
export class ConfigValue {
  private readonly spelled = new Map<TraitDeclaration, SpelledValue>();

  constructor(
    readonly layer: ConfigLayer,
    readonly keyAt: Position,
    readonly node: ConfigNode,
    private readonly catalog: ComponentCatalog,
  ) {}

  /** The value as a trait of this declaration takes it. */
  as(declaration: TraitDeclaration): SpelledValue {
    let found = this.spelled.get(declaration);
    if (!found) {
      const text = this.node.type === 'mapping' ? undefined : this.node.text;
      const componentId = (written: string): string | undefined => this.catalog.idOf(written);
      found = { value: spelledValue(declaration, jsonOf(this.node), componentId, text) };
      this.spelled.set(declaration, found);
    }
    return found;
  }
}

/** A section of a layer: values of traits, and sections below the names of classes. */
export interface ConfigSection {
  readonly layer: ConfigLayer;
  /** Of its class, as written; empty for the outermost. */
  readonly name: string;
  readonly keyAt: Position | undefined;
  readonly values: ReadonlyMap<string, ConfigValue>;
  /**
   * By the ids of their classes; by the name as written where the catalog has no such class. Two, where the same class is
   * named in two ways.
   */
  readonly sections: ReadonlyMap<string, readonly ConfigSection[]>;
}

const memo = new WeakMap<ComponentCatalog, WeakMap<ConfigLayer, ConfigSection>>();

/** The sections of a layer, by the ids of classes. They are made once for each layer and catalog. */
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
 * The sections that apply to a component, the weakest first: those named after the classes of its lineage (the most general
 * first), first those at the top of the layers, then those within the sections that apply to its parent. Those of a layer
 * that overrides files come after all others.
 *
 * The rule is that of traitlets 5.16, `Configurable._find_my_config`. The value of a trait is that of the last section which
 * has one.
 *
 * @param lineage - the ids of the component's class and of its bases, the most general first
 * @param layers - the outermost sections of the layers, in order
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

/** The value that each layer by itself gives a trait, by layer. Of several in a layer it is the strongest. */
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
