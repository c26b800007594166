import { didYouMean } from '@cherenkit/errors';
import { quoteName } from '../../component/quote-value.js';
import { chosenComponents } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeDefault, isCtapipeClass } from '../ctapipe/ctapipe-names.js';
import { walkPlan, type PlannedComponent, type Setting } from '../plan/component-plan.js';
import { sectionsOf, valuesByLayer, type ConfigSection } from '../plan/config-section.js';
import { formatPosition, ProblemList, type Position, type Problem } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { jsonOf, positionOf } from '../read/config-node.js';
import type { TraitValidator } from './trait-validator.js';

/**
 * The check of the plan. It finds what only the use of a component shows: that no plugin provides it, a trait with neither
 * value nor default (those per telescope are left to the check against the array), a value from the section of a base class
 * that fits other subclasses only, a trait that only ctapipe has.
 *
 * @param hint - given the name of an unknown component, the end of a message about it
 */
export function checkPlan(
  plan: PlannedComponent,
  catalog: ComponentCatalog,
  validator: TraitValidator,
  hint: (name: string) => string = () => '',
): Problem[] {
  const check = new PlanCheck(catalog, validator, hint);
  for (const planned of walkPlan(plan)) check.checkComponent(planned);
  return check.found.problems;
}

/**
 * Warnings of values that look as if they won and do not: those of a file, where an earlier file speaks of the same trait
 * in a section that is more special, a nested one say. The rule is ctapipe's, and easily overlooked.
 *
 * @param layers - those of the plan, in order
 */
export function shadowedValues(plan: PlannedComponent, layers: readonly ConfigLayer[]): Problem[] {
  const found = new ProblemList();
  const files = layers.filter(({ overrides }) => !overrides);
  for (const { path, settings, sections } of files.length > 1 ? walkPlan(plan) : []) {
    for (const [trait, { source }] of settings) {
      if (!source || source.layer.overrides) continue;
      const values = valuesByLayer(sections, trait);
      for (const layer of files.slice(files.indexOf(source.layer) + 1)) {
        const value = values.get(layer);
        if (!value || value === source) continue;
        const message = `${path}.${trait}: this value has no effect, ${formatPosition(source.keyAt)} gives one in a more special section`;
        found.warn(value.keyAt, message);
      }
    }
  }
  return found.problems;
}

/**
 * The options of a command for components that the run does not have: `--seed`, which is the toy array's, for a run over a
 * file. Files may have them, since several runs share a file.
 *
 * @param plans - the run's components, its event source among them
 * @param layers - those of the plans
 */
export function unusedOptions(
  plans: readonly PlannedComponent[],
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): Problem[] {
  const found = new ProblemList();
  const used = new Set(plans.flatMap((plan) => [...walkPlan(plan)]).flatMap(({ sections }) => sections));
  const checkSection = (section: ConfigSection): void => {
    for (const [trait, { keyAt }] of used.has(section) ? [] : section.values) {
      found.error(keyAt, `${section.name}.${trait} has no effect: this run has no ${section.name}; remove it`);
    }
    for (const below of section.sections.values()) below.forEach(checkSection);
  };
  for (const layer of layers) {
    if (layer.overrides) [...sectionsOf(layer, catalog).sections.values()].flat().forEach(checkSection);
  }
  return found.problems;
}

class PlanCheck {
  readonly found = new ProblemList();

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly validator: TraitValidator,
    private readonly hint: (name: string) => string,
  ) {}

  checkComponent({ id, path, settings, sections, children }: PlannedComponent): void {
    const chosen = new Set<string>();
    for (const [trait, setting] of settings) {
      this.checkSetting(`${path}.${trait}`, setting);
      this.checkChoices(`${path}.${trait}`, setting, children);
      for (const { id: child } of chosenComponents(setting.declaration, setting.value)) chosen.add(child);
    }
    for (const [child, planned] of children) {
      if (!chosen.has(child) && !this.catalog.find(child)) this.reportMissing(planned.path, child, undefined);
    }
    if (id !== '') this.checkForeignTraits(id, path, sections);
  }

  private checkSetting(trait: string, { declaration, value, source }: Setting): void {
    if (value === undefined) {
      if (!declaration.perTelescope) this.found.error(undefined, `${trait} needs a value`);
    } else if (source) {
      for (const { path, statement, remark } of this.validator.check(source, declaration)) {
        this.found.error(positionOf(source.node, path), `${trait}: ${statement}`, remark);
      }
    }
  }

  private checkChoices(place: string, setting: Setting, children: PlannedComponent['children']): void {
    const { declaration, value, source } = setting;
    for (const { id, path: steps } of chosenComponents(declaration, value)) {
      const at = source && positionOf(source.node, steps);
      if (!children.has(id)) {
        this.found.error(at, `${place}: ${quoteName(id)} would contain itself`);
      } else if (!this.catalog.find(id) && !(declaration.perTelescope && this.isForeign(id))) {
        this.reportMissing(place, id, at);
      }
    }
  }

  /** Traits that ctapipe has and we do not, where they are set to something else than ctapipe's default. */
  private checkForeignTraits(id: string, path: string, sections: PlannedComponent['sections']): void {
    const own = this.catalog.traits(id);
    const values = new Map(sections.flatMap((section) => [...section.values]));
    for (const [key, { keyAt, node }] of values) {
      const found = own.has(key) ? undefined : ctapipeDefault(this.catalog.find(id)?.className ?? id, key);
      if (!found || JSON.stringify(found.value) === JSON.stringify(jsonOf(node))) continue;
      this.found.error(keyAt, `${path}.${key} is a trait of ctapipe that is not available here`);
    }
  }

  private reportMissing(place: string, id: string, at: Position | undefined): void {
    const ids = this.catalog.ambiguous(id);
    if (ids.length > 0) {
      this.found.error(at, `${place}: several plugins provide ${id}; write ${ids.join(' or ')}`);
    } else if (this.isForeign(id)) {
      this.found.error(at, `${place}: ${id} is a component of ctapipe that is not available here`);
    } else {
      const remark = (): string => didYouMean(id, this.catalog.ids) + this.hint(id);
      this.found.error(at, `${place}: no plugin provides ${quoteName(id)}`, remark);
    }
  }

  /** Known to ctapipe and not to us. Whether one chosen per telescope is used is left to the check against the array. */
  private isForeign(id: string): boolean {
    return isCtapipeClass(id) && !this.catalog.isKnown(id);
  }
}
