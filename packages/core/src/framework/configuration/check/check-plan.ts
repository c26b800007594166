import { didYouMean } from '@cherenkit/errors';
import { quoteName } from '../../component/quote-value.js';
import type { Json } from '../../component/trait-declaration.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import { chosenComponents } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeDefault, isCtapipeClass } from '../ctapipe/ctapipe-names.js';
import { walkPlan, type PlannedComponent, type Setting } from '../plan/component-plan.js';
import { valuesByLayer } from '../plan/config-section.js';
import { formatPosition, ProblemList, type Position, type Problem } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { jsonOf, positionOf } from '../read/config-node.js';
import type { TraitValidator } from './trait-validator.js';

/**
 * Checks the components that a run uses. It finds: components that no plugin provides, traits with neither value nor
 * default, values from the section of a base class that
 * are valid for other subclasses only, and traits that only ctapipe has.
 *
 * @param failureHint - returns the end of the message about an unknown component
 */
export function checkPlan(
  plan: PlannedComponent,
  catalog: ComponentCatalog,
  validator: TraitValidator,
  failureHint: (name: string) => string = () => '',
): Problem[] {
  const check = new PlanCheck(catalog, validator, failureHint);
  for (const planned of walkPlan(plan)) check.checkComponent(planned);
  return check.found.problems;
}

/**
 * Warns about shadowed values: values of a file that an earlier file overrides, because it sets the trait in a more specific
 * section (a nested one, for example). This precedence is ctapipe's and easily overlooked.
 *
 * @param layers - layers of the plan, in order
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
        const message = `${path}.${trait}: this value has no effect, ${formatPosition(source.keyAt)} overrides it in a more specific section`;
        found.warn(value.keyAt, message);
      }
    }
  }
  return found.problems;
}

class PlanCheck {
  readonly found = new ProblemList();

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly validator: TraitValidator,
    private readonly failureHint: (name: string) => string,
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
      this.found.error(undefined, `${trait}: a value is required`);
    } else if (source) {
      for (const { path, statement, hint } of this.validator.check(source, declaration)) {
        this.found.error(positionOf(source.node, path), `${trait}: ${statement}`, hint);
      }
      for (const { index, name } of repeatedNames(declaration, value)) {
        const message = `${trait}: ${quoteName(name)} is given twice; remove one of them, or give it another name`;
        this.found.error(positionOf(source.node, [String(index)]), message);
      }
    }
  }

  private checkChoices(place: string, setting: Setting, children: PlannedComponent['children']): void {
    const { declaration, value, source } = setting;
    for (const { id, path: steps } of chosenComponents(declaration, value)) {
      const at = source && positionOf(source.node, steps);
      if (!children.has(id)) {
        this.found.error(at, `${place}: ${quoteName(id)} cannot contain itself`);
      } else if (!this.catalog.find(id) && !(declaration.perTelescope && this.isForeign(id))) {
        this.reportMissing(place, id, at);
      }
    }
  }

  /** Reports traits that only ctapipe has, if they are set to a value other than ctapipe's default. */
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
      const hint = (): string => didYouMean(id, this.catalog.ids) + this.failureHint(id);
      this.found.error(at, `${place}: no plugin provides ${quoteName(id)}`, hint);
    }
  }

  /** Whether only ctapipe has a component. Choices per telescope of such components are checked against the subarray. */
  private isForeign(id: string): boolean {
    return isCtapipeClass(id) && !this.catalog.isKnown(id);
  }
}

/** Items of a list of components, or of named criteria, whose name is that of an item before. */
function repeatedNames(
  declaration: TraitDeclaration,
  value: Json,
): { readonly index: number; readonly name: string }[] {
  if (declaration.type !== 'list' || declaration.perTelescope || !Array.isArray(value)) return [];
  const { items } = declaration;
  const isNamed = 'items' in items && Array.isArray(items.items) && isExpression(items.items[1]);
  if (items.type !== 'component' && !isNamed) return [];
  const names = value.map((item: Json) => String(Array.isArray(item) ? item[0] : item));
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [{ index, name }] : []));
}

function isExpression(declaration: unknown): boolean {
  return (
    typeof declaration === 'object' &&
    declaration !== null &&
    'type' in declaration &&
    declaration.type === 'expression'
  );
}
