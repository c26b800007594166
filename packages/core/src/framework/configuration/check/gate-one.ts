import type { TraitDeclaration } from '../../component/trait-declaration.js';
import { didYouMean } from '@cherenkit/errors';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import type { ConfigLayer } from '../read/config-layer.js';
import { jsonOf, positionOf } from '../read/config-node.js';
import type { ConfigSection, ConfigValue } from '../read/config-section.js';
import { ctapipeFamilyTraits, isCtapipeClass, lastVersionOf } from '../ctapipe/ctapipe-names.js';
import { PLUGINS_KEY } from '../read/named-plugins.js';
import type { Position, Problem } from '../problem.js';
import { SectionReach } from './section-reach.js';
import { deadRules, rulesOf } from '../traits/telescope-rules.js';
import type { TraitValidator } from './trait-validator.js';
import { chosenComponents, configuredValue } from '../traits/trait-value.js';

/**
 * Gate 1: everything that can be said of one layer from manifests alone, of components that are not used, too.
 *
 * A key in a section has to be a trait of its class or of a subclass, and its value has to fit one of them. What ctapipe has
 * and we do not is a warning here; where it would have an effect, the plan and gate 2 make an error of it.
 *
 * @param hint - given the name of an unknown class, the end of a message about it
 */
export function checkLayer(
  layer: ConfigLayer,
  catalog: ComponentCatalog,
  validator: TraitValidator,
  hint: (name: string) => string = () => '',
): Problem[] {
  return [...layer.problems, ...new GateOne(catalog, validator, hint).check(layer.section)];
}

class GateOne {
  private readonly problems: Problem[] = [];
  private readonly reach: SectionReach;

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly validator: TraitValidator,
    private readonly hint: (name: string) => string,
  ) {
    this.reach = new SectionReach(catalog);
  }

  check({ values, sections }: ConfigSection): Problem[] {
    for (const [key, value] of values) this.checkOutside(key, value);
    for (const [name, section] of sections) this.checkSection(name, section);
    return this.problems;
  }

  private checkOutside(key: string, { keyAt, node }: ConfigValue): void {
    if (key === PLUGINS_KEY) {
      const value = jsonOf(node);
      const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
      if (!isList) this.error(node.at, `${PLUGINS_KEY}: expected a list of packages or paths`);
    } else if (/^[A-Z]\w*(\.\w+)+$/.test(key)) {
      this.error(keyAt, `${key}: expected sections within sections; dotted names are for options (--${key}=...)`);
    } else {
      this.error(keyAt, `${key} stands outside of any section; a trait belongs below the name of its component`);
    }
  }

  /** @param parents - the classes that the section around it speaks to */
  private checkSection(name: string, section: ConfigSection, parents?: ReadonlySet<string>): void {
    const id = this.catalog.idOf(name);
    if (id === undefined) {
      this.checkForeignSection(name, section);
      return;
    }
    const { keyAt, values, sections } = section;
    const addressed = parents ? this.reach.below(parents, id) : this.reach.family(id);
    if (addressed.size === 0) this.warnOfGap(name, id, keyAt);
    const traits = this.catalog.familyTraits(id);
    for (const [key, value] of values) {
      const declarations = traits.get(key);
      if (declarations) this.checkValue(`${name}.${key}`, declarations, value);
      else if (ctapipeFamilyTraits(name).has(key)) {
        this.warn(value.keyAt, `${name}.${key} is a trait of ctapipe that is not available here`);
      } else {
        this.error(value.keyAt, `${name} has no trait ${key}${didYouMean(key, traits.keys())}`);
      }
    }
    // Below a section that reaches nothing the next mistake of that kind would be the same one.
    const inner = addressed.size === 0 ? undefined : addressed;
    for (const [child, below] of sections) this.checkSection(child, below, inner);
  }

  private warnOfGap(name: string, id: string, at: Position | undefined): void {
    const owners = this.reach.ownersOf(id);
    const remedy = owners.length > 0 ? `right below ${owners.join(' or ')}, or` : 'only';
    this.warn(at, `section ${name} has no effect here: it is read ${remedy} outside of all sections`);
  }

  /** A class that is not here: of ctapipe, or a mistake. */
  private checkForeignSection(name: string, { keyAt, values, sections }: ConfigSection): void {
    this.reportUnknown(name, keyAt);
    if (!isCtapipeClass(name)) return;
    const traits = ctapipeFamilyTraits(name);
    for (const [key, value] of values) {
      if (!traits.has(key)) this.error(value.keyAt, `${name} has no trait ${key}${didYouMean(key, traits)}`);
    }
    for (const [child, section] of sections) this.checkSection(child, section);
  }

  private reportUnknown(name: string, at: Position | undefined): void {
    const ids = this.catalog.ambiguous(name);
    if (ids.length > 0) {
      this.error(at, `section ${name}: several plugins provide ${name}; write ${ids.join(' or ')}`);
    } else if (isCtapipeClass(name)) {
      this.warn(at, `${name} is a class of ctapipe that is not available here; its section has no effect`);
    } else if (lastVersionOf(name) !== undefined) {
      const found = `${name} was a class of ctapipe until ${lastVersionOf(name)}; its section has no effect`;
      this.warn(at, found + didYouMean(name, this.catalog.ids));
    } else {
      this.error(at, `unknown section ${name}${didYouMean(name, this.catalog.ids)}${this.hint(name)}`);
    }
  }

  /** A value has to fit the class of its section or one of the subclasses. */
  private checkValue(trait: string, declarations: readonly TraitDeclaration[], { node }: ConfigValue): void {
    const results = declarations.map((declaration) => {
      const value = configuredValue(declaration, node, (written) => this.catalog.idOf(written));
      return { declaration, value, mistakes: this.validator.check(declaration, value) };
    });
    const fitting = results.find(({ mistakes }) => mistakes.length === 0);
    if (!fitting) {
      for (const { path, message } of results[0]?.mistakes ?? []) {
        this.error(positionOf(node, path), `${trait}: ${message}`);
      }
      return;
    }
    const { declaration, value } = fitting;
    for (const { id, path } of chosenComponents(declaration, value)) {
      if (this.catalog.find(id)) continue;
      this.warn(positionOf(node, path), `${trait}: ${id} is a component of ctapipe that is not available here`);
    }
    if (!declaration.perTelescope) return;
    for (const index of deadRules(rulesOf(value))) {
      const at = positionOf(node, [String(index)]);
      this.error(at, `${trait}: this rule never acts, a later one matches all its telescopes`);
    }
  }

  private error(at: Position | undefined, message: string): void {
    this.problems.push({ severity: 'error', at, message });
  }

  private warn(at: Position | undefined, message: string): void {
    this.problems.push({ severity: 'warning', at, message });
  }
}
