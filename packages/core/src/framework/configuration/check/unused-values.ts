import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { walkPlan, type PlannedComponent } from '../plan/component-plan.js';
import { sectionsOf, type ConfigSection, type ConfigValue } from '../plan/config-section.js';
import { ProblemList, type Problem } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';

/** The components of a run. */
export interface UsedComponents {
  /** Components with their descendants, including the event source. */
  readonly plans: readonly PlannedComponent[];
  /** Whether a component serves no telescope of the array. Default: none does not. */
  readonly isIdle?: ((planned: PlannedComponent) => boolean) | undefined;
}

/**
 * Reports command-line options without effect: of components that the run does not use or that serve no telescope, such as
 * `--seed`, a trait of the toy model, in a run that reads a file.
 */
export function unusedOptions(
  components: UsedComponents,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): Problem[] {
  const found = new ProblemList();
  const options = layers.filter(({ overrides }) => overrides);
  for (const { section, trait, value } of unusedValues(components, options, catalog)) {
    const message = `${section.name}.${trait} has no effect: ${reasonFor(section, components)}; remove the option`;
    found.error(value.keyAt, message);
  }
  return found.problems;
}

/**
 * Reports values of files without effect: of components that the run does not use. Values that equal the default are
 * accepted, so that a file may list all components, and so are sections of other tools and event sources: several runs may
 * share a file.
 */
export function unusedFileValues(
  components: UsedComponents,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): Problem[] {
  const found = new ProblemList();
  const files = layers.filter(({ overrides }) => !overrides);
  for (const { section, id, trait, value } of unusedValues(components, files, catalog)) {
    const declarations = catalog.familyTraits(id).get(trait) ?? [];
    if (declarations.some((each) => isDefault(value, each, catalog))) continue;
    const message = `${section.name}.${trait} has no effect: ${reasonFor(section, components)}; select the component, or remove the value`;
    found.error(value.keyAt, message);
  }
  return found.problems;
}

type Declaration = Parameters<ConfigValue['as']>[0];

function isDefault(value: ConfigValue, declaration: Declaration, catalog: ComponentCatalog): boolean {
  const { default: initial = null } = declaration;
  const written = value.as(declaration).value;
  const name = typeof initial === 'string' ? (catalog.idOf(initial) ?? initial) : initial;
  return [initial, name].some((each) => JSON.stringify(each) === JSON.stringify(written));
}

function reasonFor(section: ConfigSection, { plans, isIdle }: UsedComponents): string {
  const owners = plans.flatMap((plan) => [...walkPlan(plan)]).filter(({ sections }) => sections.includes(section));
  if (owners.length === 0) return `this run uses no ${section.name}`;
  if (owners.every((planned) => isIdle?.(planned))) return `${section.name} serves no telescope of this array`;
  return 'no component of this run has this trait';
}

interface UnusedValue {
  readonly section: ConfigSection;
  /** Id of the class of the section. */
  readonly id: string;
  readonly trait: string;
  readonly value: ConfigValue;
}

/** Yields the values of known traits that no component of the run reads. */
function* unusedValues(
  { plans, isIdle = () => false }: UsedComponents,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): Generator<UnusedValue> {
  const used = new Set<ConfigValue>();
  for (const planned of plans.flatMap((plan) => [...walkPlan(plan)])) {
    if (isIdle(planned)) continue;
    for (const { values } of planned.sections) {
      // Options of event sources in general, `--EventSource.trait`, may be for sources of other inputs.
      const isSource = catalog.find(planned.id)?.entry.kind === 'EventSource';
      for (const [trait, value] of values) if (isSource || planned.settings.has(trait)) used.add(value);
    }
  }
  for (const layer of layers) {
    for (const [id, sections] of sectionsOf(layer, catalog).sections) {
      for (const section of sections) yield* unusedIn(section, id, used, catalog, layer.overrides ?? false);
    }
  }
}

function* unusedIn(
  section: ConfigSection,
  id: string,
  used: ReadonlySet<ConfigValue>,
  catalog: ComponentCatalog,
  isOption: boolean,
): Generator<UnusedValue> {
  const kind = catalog.find(id)?.entry.kind;
  if (kind === undefined) return; // reported by the check of the layer
  const isShared = !isOption && (kind === 'Tool' || kind === 'EventSource');
  const traits = catalog.familyTraits(id);
  for (const [trait, value] of section.values) {
    if (!isShared && traits.has(trait) && !used.has(value)) yield { section, id, trait, value };
  }
  if (isShared && kind === 'Tool' && !isUsed(section, used)) return;
  for (const [child, sections] of section.sections) {
    for (const each of sections) yield* unusedIn(each, child, used, catalog, isOption);
  }
}

/** Whether a run reads any value of a section or of those nested in it: otherwise the section is that of another tool. */
function isUsed({ values, sections }: ConfigSection, used: ReadonlySet<ConfigValue>): boolean {
  return (
    [...values.values()].some((value) => used.has(value)) ||
    [...sections.values()].flat().some((each) => isUsed(each, used))
  );
}
