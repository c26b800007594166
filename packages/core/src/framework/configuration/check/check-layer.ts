import { didYouMean, nameSome, nearestName } from '@cherenkit/errors';
import { camelCase } from '@cherenkit/expression';
import { quoteName } from '../../component/quote-value.js';
import type { TraitDeclaration } from '../../component/traits/trait-types.js';
import { chosenComponents } from '../../component/traits/trait-values.js';
import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { ctapipeFamilyTraits, isCtapipeClass, lastVersionOf } from '../ctapipe/ctapipe-names.js';
import { formerTraitHint } from '../ctapipe/former-ctapipe-traits.js';
import { sectionsOf, type ConfigSection, type ConfigValue } from '../plan/config-section.js';
import { unreachableRules, rulesOf } from '../plan/telescope-rules.js';
import { ProblemList, type Position, type Problem } from '../problem.js';
import { INCLUDE_KEY, PLUGINS_KEY, type ConfigLayer } from '../read/config-layer.js';
import { jsonOf, positionOf } from '../read/config-node.js';
import { expectedOption } from '../read/option-layer.js';
import { SectionReach } from './section-reach.js';
import type { TraitValidator } from './trait-validator.js';

/**
 * Runs the static check of one layer: everything that can be checked from manifests alone, including sections of components
 * that the run does not use.
 *
 * A key in a section must be a trait of the class or of one of its subclasses, with a value valid for at least one of them.
 * Traits and classes that only ctapipe has are warnings here. If they would have an effect, the check of the plan or the
 * check against the subarray reports an error.
 *
 * @param failureHint - returns the end of the message about an unknown class
 */
export function checkLayer(
  layer: ConfigLayer,
  catalog: ComponentCatalog,
  validator: TraitValidator,
  failureHint: (name: string) => string = () => '',
): Problem[] {
  const check = new LayerCheck(catalog, validator, failureHint);
  check.checkAll(sectionsOf(layer, catalog));
  return [...layer.problems, ...check.found.problems];
}

class LayerCheck {
  readonly found = new ProblemList();
  private readonly reach: SectionReach;

  constructor(
    private readonly catalog: ComponentCatalog,
    private readonly validator: TraitValidator,
    private readonly failureHint: (name: string) => string,
  ) {
    this.reach = SectionReach.in(catalog);
  }

  checkAll({ values, sections }: ConfigSection): void {
    for (const [key, value] of values) {
      if (value.layer.overrides) this.found.error(value.keyAt, expectedOption(key), () => this.optionsFor(key));
      else this.checkTopLevelKey(key, value);
    }
    this.checkSections(sections);
  }

  private checkTopLevelKey(key: string, { keyAt, node }: ConfigValue): void {
    if (key === PLUGINS_KEY) {
      const value = jsonOf(node);
      const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
      if (!isList) this.found.error(node.at, `${PLUGINS_KEY}: expected a list of packages or paths`);
    } else if (key === INCLUDE_KEY) {
      // Valid lists have been taken out by the program that read the included files.
      const names = [jsonOf(node)].flat();
      const isValid = names.every((name) => typeof name === 'string');
      const message = isValid
        ? 'files can be included by configuration files only'
        : 'expected a path or a list of paths';
      this.found.error(node.at, `${INCLUDE_KEY}: ${message}`);
    } else if (/^[A-Z]\w*(\.\w+)+$/.test(key)) {
      const name = quoteName(key);
      const message = `${name}: expected sections within sections; dotted names are for options (--${name}=...)`;
      this.found.error(keyAt, message);
    } else if (node.type === 'mapping' && this.ownersOf(key).length === 0) {
      // Compared without the underscores of a name such as image_processor.
      const hint = (): string => didYouMean(key.replaceAll('_', ''), this.catalog.ids);
      this.found.error(keyAt, `unknown section ${quoteName(key)}`, hint);
    } else {
      const remedy = 'write a trait below the name of its component';
      this.found.error(keyAt, `${quoteName(key)} is outside of any section; ${remedy}`, () => this.placesFor(key));
    }
  }

  /** Components with a trait of this name, or the section meant by a misspelt name. */
  private placesFor(key: string): string {
    const owners = this.ownersOf(key);
    return owners.length > 0 ? `: ${owners.slice(0, 3).join(', ')}` : didYouMean(key, this.catalog.ids);
  }

  /** Suggests options that set a trait of this or the nearest name. */
  private optionsFor(key: string): string {
    const traits = this.catalog.ids.flatMap((id) => Object.keys(this.catalog.find(id)?.entry.traits ?? {}));
    const trait = nearestName(key, traits);
    const options = trait === undefined ? [] : this.ownersOf(trait).map((owner) => `${owner}.${trait}`);
    return options.length > 0 ? `; did you mean ${nameSome(options)}?` : '';
  }

  /** Returns the classes that declare a trait. */
  private ownersOf(trait: string): readonly string[] {
    return this.catalog.ids.filter((id) => Object.hasOwn(this.catalog.find(id)?.entry.traits ?? {}, trait));
  }

  /**
   * @param id - id of the class; the name as written for an unknown class
   * @param parents - classes that the enclosing section applies to
   */
  private checkSection(id: string, section: ConfigSection, parents?: ReadonlySet<string>): void {
    if (!this.catalog.find(id)) {
      this.checkUnknownSection(section);
      return;
    }
    const { name, keyAt, values, sections } = section;
    const addressed = parents ? this.reach.below(parents, id) : this.reach.family(id);
    if (addressed.size === 0) this.warnWithoutEffect(name, id, keyAt);
    const traits = this.catalog.familyTraits(id);
    for (const [key, value] of values) {
      const declarations = traits.get(key);
      if (declarations) this.checkValue(`${name}.${key}`, declarations, value);
      else if (ctapipeFamilyTraits(name).has(key)) {
        this.found.warn(value.keyAt, `${name}.${key} is a trait of ctapipe that is not available here`);
      } else {
        this.reportTrait(name, key, value.keyAt, traits, this.catalog.lineage(id));
      }
    }
    // Sections nested in one without effect are checked as if they were at the top level: no second warning of that kind.
    const inner = addressed.size === 0 ? undefined : addressed;
    this.checkSections(sections, inner);
  }

  private checkSections(sections: ConfigSection['sections'], parents?: ReadonlySet<string>): void {
    for (const [id, each] of sections) for (const section of each) this.checkSection(id, section, parents);
  }

  private warnWithoutEffect(name: string, id: string, at: Position | undefined): void {
    this.found.warn(at, `section ${name} has no effect here; move it `, () => {
      const owners = this.reach.ownersOf(id);
      return `${owners.length > 0 ? `directly below ${owners.join(' or ')}, or ` : ''}to the top level`;
    });
  }

  /** The section of an unknown class: one of ctapipe, or a mistake. */
  private checkUnknownSection({ name, keyAt, values, sections }: ConfigSection): void {
    this.reportUnknown(name, keyAt);
    if (!isCtapipeClass(name)) return;
    const traits = ctapipeFamilyTraits(name);
    for (const [key, value] of values) if (!traits.has(key)) this.reportTrait(name, key, value.keyAt, traits);
    this.checkSections(sections);
  }

  /** @param lineage - the class and its base classes */
  private reportTrait(
    name: string,
    key: string,
    at: Position,
    known: { keys(): Iterable<string> },
    lineage: readonly string[] = [name],
  ): void {
    // Objects of scripts may have the names in code.
    const inCode = camelCase(key);
    const isInCode = inCode !== key && at.line === undefined && at.source.endsWith(`.${inCode}`);
    const spell = isInCode ? camelCase : (trait: string): string => trait;
    const hint = (): string =>
      formerTraitHint(key, lineage) ?? (didYouMean(spell(key), [...known.keys()].map(spell)) || this.ownersHint(key));
    this.found.error(at, `${name} has no trait ${quoteName(spell(key))}`, hint);
  }

  /** Names the components that have a trait of this name. */
  private ownersHint(key: string): string {
    const owners = this.ownersOf(key);
    return owners.length > 0 ? `; it is a trait of ${nameSome(owners)}` : '';
  }

  private reportUnknown(name: string, at: Position | undefined): void {
    const ids = this.catalog.ambiguous(name);
    const shown = quoteName(name);
    const suggestion = (): string => didYouMean(name, this.catalog.ids);
    if (ids.length > 0) {
      this.found.error(at, `section ${name}: several plugins provide ${name}; write ${ids.join(' or ')}`);
    } else if (isCtapipeClass(name)) {
      this.found.warn(at, `${name} is a class of ctapipe that is not available here; its section has no effect`);
    } else if (lastVersionOf(name) !== undefined) {
      const message = `${name} was a class of ctapipe until ${lastVersionOf(name)}; its section has no effect`;
      this.found.warn(at, message, suggestion);
    } else {
      this.found.error(at, `unknown section ${shown}`, () => suggestion() + this.failureHint(name));
    }
  }

  /** Checks a value: it must be valid for the class of its section or for one of the subclasses. */
  private checkValue(trait: string, declarations: readonly TraitDeclaration[], source: ConfigValue): void {
    const { node } = source;
    const [first] = declarations;
    const declaration = declarations.find((each) => this.validator.check(source, each).length === 0);
    if (!declaration) {
      for (const { path, statement, hint } of first ? this.validator.check(source, first) : []) {
        this.found.error(positionOf(node, path), `${trait}: ${statement}`, hint);
      }
      return;
    }
    const { value } = source.as(declaration);
    for (const { id, path } of chosenComponents(declaration, value)) {
      if (this.catalog.find(id)) continue;
      const message = `${trait}: ${id} is a component of ctapipe that is not available here`;
      this.found.warn(positionOf(node, path), message);
    }
    if (!declaration.perTelescope) return;
    for (const index of unreachableRules(rulesOf(value))) {
      const message = `${trait}: this rule has no effect, a later rule matches the same telescopes in any array`;
      this.found.error(positionOf(node, [String(index)]), message);
    }
  }
}
