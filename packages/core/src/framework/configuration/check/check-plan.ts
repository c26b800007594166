import { didYouMean } from '@cherenkit/errors';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { walkPlan, type PlannedComponent, type Setting } from '../plan/component-plan.js';
import { jsonOf, positionOf } from '../read/config-node.js';
import { ctapipeDefault, isCtapipeClass } from '../ctapipe/ctapipe-names.js';
import type { Position, Problem } from '../problem.js';
import type { TraitValidator } from './trait-validator.js';
import { chosenComponents } from '../traits/trait-value.js';

/**
 * What only the use of a component shows: that nobody provides it, a trait with neither value nor default (those per
 * telescope are gate 2's), a value from the section of a base class that fits other subclasses only, a trait that only
 * ctapipe has.
 *
 * @param validator - undefined when there is no configuration whose values could be wrong
 * @param hint - given the name of an unknown component, the end of a message about it
 */
export function checkPlan(
  plan: PlannedComponent,
  catalog: ComponentCatalog,
  validator: TraitValidator | undefined,
  hint: (name: string) => string = () => '',
): Problem[] {
  const check = new PlanCheck(catalog, validator, hint);
  for (const planned of walkPlan(plan)) check.checkComponent(planned);
  return check.problems;
}

class PlanCheck {
  readonly problems: Problem[] = [];

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly validator: TraitValidator | undefined,
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
      if (!declaration.perTelescope) this.error(undefined, `${trait} needs a value`);
    } else if (source) {
      for (const { path, message } of this.validator?.check(declaration, value) ?? []) {
        this.error(positionOf(source.node, path), `${trait}: ${message}`);
      }
    }
  }

  private checkChoices(place: string, setting: Setting, children: PlannedComponent['children']): void {
    const { declaration, value, source } = setting;
    for (const { id, path: steps } of chosenComponents(declaration, value)) {
      const at = source && positionOf(source.node, steps);
      if (!children.has(id)) {
        this.error(at, `${place}: ${id} would contain itself`);
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
      this.error(keyAt, `${path}.${key} is a trait of ctapipe that is not available here`);
    }
  }

  private reportMissing(place: string, id: string, at: Position | undefined): void {
    const ids = this.catalog.ambiguous(id);
    if (ids.length > 0) this.error(at, `${place}: several plugins provide ${id}; write ${ids.join(' or ')}`);
    else if (this.isForeign(id)) this.error(at, `${place}: ${id} is a component of ctapipe that is not available here`);
    else this.error(at, `${place}: no plugin provides ${id}${didYouMean(id, this.catalog.ids)}${this.hint(id)}`);
  }

  /** Known to ctapipe and not to us. Whether one chosen per telescope is used is for gate 2 to see. */
  private isForeign(id: string): boolean {
    return isCtapipeClass(id) && !this.catalog.isKnown(id);
  }

  private error(at: Position | undefined, message: string): void {
    this.problems.push({ severity: 'error', at, message });
  }
}
