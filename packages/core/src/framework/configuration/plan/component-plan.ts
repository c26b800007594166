import type { Json, TraitDeclaration } from '../../component/trait-declaration.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { renameSections, sectionOf, type ConfigSection, type ConfigValue } from '../read/config-section.js';
import { chosenComponents, configuredValue, speltValue } from '../traits/trait-value.js';

/** The value of one trait. */
export interface Setting {
  readonly declaration: TraitDeclaration;
  /** Undefined where there is neither a value nor a default. */
  readonly value: Json | undefined;
  /** Where the value comes from; undefined for a default. */
  readonly source: ConfigValue | undefined;
}

/** A component that the run will use: known from manifests and configuration, before any plugin is imported. */
export interface PlannedComponent {
  /** The id of its class in the catalog. */
  readonly id: string;
  /** The names of the classes from the root down to it. */
  readonly path: string;
  /** By the names of the traits in files. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** By id. */
  readonly children: ReadonlyMap<string, PlannedComponent>;
  /** All that the configuration says to it: what its children look into. A value of a later one wins. */
  readonly sections: readonly ConfigSection[];
}

/** Makes plans from a catalog and the merged layers of a configuration. */
export class Planner {
  private readonly files: readonly ConfigSection[];

  /** @param files - of a trait that several speak of, the last has its value, whatever class it speaks to */
  constructor(
    private readonly catalog: ComponentCatalog,
    files: readonly ConfigSection[],
  ) {
    this.files = files.map((file) => renameSections(file, (name) => catalog.idOf(name) ?? name));
  }

  /**
   * The component and all below it: the classes that it declares as its own, and those that its traits name.
   *
   * @param children - ids of the only children to plan, instead of those; what its traits name is left out, too
   */
  plan(id: string, parent?: PlannedComponent, children?: readonly string[]): PlannedComponent {
    const lineage = this.catalog.lineage(id);
    const sections = this.files.map((file, index) => sectionOf(lineage, file, parent?.sections[index]));
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
      // What holds itself would have no end; checkPlan reports it by its absence.
      if (!this.isWithinItself(child, planned.path)) planned.children.set(child, this.plan(child, planned));
    }
    return planned;
  }

  /** A root that is no component: it only gives its children a common parent. */
  planRootless(children: readonly string[]): PlannedComponent {
    const plans = children.map((child): [string, PlannedComponent] => [child, this.plan(child)]);
    return { id: '', path: '', settings: new Map(), sections: [], children: new Map(plans) };
  }

  private settingsOf(id: string, sections: readonly ConfigSection[]): Map<string, Setting> {
    const settings = new Map<string, Setting>();
    const componentId = (written: string): string | undefined => this.catalog.idOf(written);
    for (const [trait, declaration] of this.catalog.traits(id)) {
      const source = sections.findLast(({ values }) => values.has(trait))?.values.get(trait);
      const value = source
        ? configuredValue(declaration, source.node, componentId)
        : declaration.default === undefined
          ? undefined
          : speltValue(declaration, declaration.default, componentId);
      settings.set(trait, { declaration, value, source });
    }
    return settings;
  }

  private isWithinItself(child: string, path: string): boolean {
    return path.split('.').includes(this.catalog.find(child)?.className ?? child);
  }
}

function choosesComponents({ declaration, value }: Setting): boolean {
  return chosenComponents(declaration, value).length > 0;
}

/** The component and all below it, parents first. */
export function* walkPlan(planned: PlannedComponent): Generator<PlannedComponent> {
  yield planned;
  for (const child of planned.children.values()) yield* walkPlan(child);
}
