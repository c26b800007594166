import type { Json } from '../../component/trait-declaration.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import { chosenComponents, normalizedValue } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { sectionsFor, sectionsOf, type ConfigSection, type ConfigValue } from './config-section.js';

/** The value of one trait of a planned component. */
export interface Setting {
  readonly declaration: TraitDeclaration;
  /** Normalized value; undefined if there is neither a value nor a default. */
  readonly value: Json | undefined;
  /** Origin of the value; undefined for a default. */
  readonly source: ConfigValue | undefined;
}

/** A component that the run will use, planned from manifests and configuration before any plugin is imported. */
export interface PlannedComponent {
  /** Id of the class in the catalog. */
  readonly id: string;
  /** Class names from the root to this component, separated by dots. */
  readonly path: string;
  /** By the names of the traits in files. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** By id. */
  readonly children: ReadonlyMap<string, PlannedComponent>;
  /** Sections that apply to the component, in ascending precedence. Sections of its children may be nested in them. */
  readonly sections: readonly ConfigSection[];
}

/** Plans the components of a run from a catalog and the layers of a configuration. */
export class Planner {
  private readonly layers: readonly ConfigSection[];

  /** @param layers - later ones take precedence */
  constructor(
    private readonly catalog: ComponentCatalog,
    layers: readonly ConfigLayer[],
  ) {
    this.layers = layers.map((layer) => sectionsOf(layer, catalog));
  }

  /**
   * Plans a component and its descendants: the classes that it declares as children, and those named by its traits.
   *
   * @param children - ids of the children to plan instead; components named by its traits are then omitted, too
   */
  plan(id: string, parent?: PlannedComponent, children?: readonly string[]): PlannedComponent {
    const sections = sectionsFor(this.catalog.lineage(id), this.layers, parent?.sections);
    const name = this.catalog.find(id)?.className ?? id;
    const all = this.settingsOf(id, sections);
    const settings = children ? new Map([...all].filter(([, setting]) => !choosesComponents(setting))) : all;
    const planned = {
      id,
      path: parent ? `${parent.path}.${name}` : name,
      settings,
      sections,
      children: new Map<string, PlannedComponent>(),
    };
    const chosen = [...settings.values()].flatMap(({ declaration, value }) => chosenComponents(declaration, value));
    const own = this.catalog.children(id).filter((child) => !this.catalog.find(child)?.entry.abstract);
    for (const child of new Set([...(children ?? own), ...chosen.map((each) => each.id)])) {
      // A component that contains itself would recurse without end. It is omitted here and reported by checkPlan.
      if (!this.isWithinItself(child, planned.path)) planned.children.set(child, this.plan(child, planned));
    }
    return planned;
  }

  /** Plans components without a root component; they share an empty parent. */
  planWithoutRoot(children: readonly string[]): PlannedComponent {
    const plans = children.map((child): [string, PlannedComponent] => [child, this.plan(child)]);
    return { id: '', path: '', settings: new Map(), sections: [], children: new Map(plans) };
  }

  private settingsOf(id: string, sections: readonly ConfigSection[]): Map<string, Setting> {
    const settings = new Map<string, Setting>();
    for (const [trait, declaration] of this.catalog.traits(id)) {
      const source = sections.findLast(({ values }) => values.has(trait))?.values.get(trait);
      settings.set(trait, {
        declaration,
        value: source ? source.as(declaration).value : this.defaultOf(declaration),
        source,
      });
    }
    return settings;
  }

  private defaultOf(declaration: TraitDeclaration): Json | undefined {
    const { default: value } = declaration;
    return value === undefined
      ? undefined
      : normalizedValue(declaration, value, (written) => this.catalog.idOf(written));
  }

  private isWithinItself(child: string, path: string): boolean {
    return path.split('.').includes(this.catalog.find(child)?.className ?? child);
  }
}

function choosesComponents({ declaration, value }: Setting): boolean {
  return chosenComponents(declaration, value).length > 0;
}

/** Yields a component and all its descendants, parents first. */
export function* walkPlan(planned: PlannedComponent): Generator<PlannedComponent> {
  yield planned;
  for (const child of planned.children.values()) yield* walkPlan(child);
}
