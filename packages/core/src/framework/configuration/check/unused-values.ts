import type { ComponentCatalog } from '../../plugin/component-catalog.js';
import { walkPlan, type PlannedComponent } from '../plan/component-plan.js';
import { sectionsOf, type ConfigSection, type ConfigValue } from '../plan/config-section.js';
import { ProblemList, type Problem } from '../problem.js';
import type { ConfigLayer } from '../read/config-layer.js';

/** The components of a run. */
export interface UsedComponents {
  /** Components with their descendants, including the event source, or all that may be chosen for the input. */
  readonly plans: readonly PlannedComponent[];
  /** Components of other tools with the same configuration. Values that they use are accepted in files. */
  readonly ofOtherTools?: () => readonly PlannedComponent[];
  /** Why a component has no effect in this run: `serves no telescope of this array`. Undefined if it has an effect. */
  readonly idleReason?: ((planned: PlannedComponent) => string | undefined) | undefined;
  /** Remedy for values of files. Default: to select the component, or to remove the value. */
  readonly remedy?: string | undefined;
}

/** Values without effect: errors, and accepted ones. */
export interface UnusedValues {
  readonly problems: readonly Problem[];
  /** Names of the sections with accepted values. */
  readonly sections: readonly string[];
}

/**
 * Finds values without effect: of components that the run does not use or that serve no telescope, such as `--seed`, a trait of
 * the toy model, in a run that reads a file.
 *
 * In files, values that equal the default are accepted, so that a file may list all components, and so are the values of other
 * tools, event sources and table loaders: several runs may share a file.
 */
export function findUnusedValues(
  components: UsedComponents,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): UnusedValues {
  const found = new ProblemList();
  const sections = new Set<string>();
  let ofOtherTools: ReadonlySet<ConfigValue> | undefined;
  for (const { section, id, trait, value, isShared } of unusedValues(components, layers, catalog)) {
    const isOption = value.layer.overrides === true;
    if (!isOption) {
      if ((catalog.familyTraits(id).get(trait) ?? []).some((each) => isDefault(value, each, catalog))) continue;
      ofOtherTools ??= usedValues({ plans: components.ofOtherTools?.() ?? [] }, catalog);
      // Other tools do not excuse a value of a component that this run has, without effect.
      if (isShared || (ofOtherTools.has(value) && !isIdle(section, components))) {
        sections.add(section.name);
        continue;
      }
    }
    const isMisplaced = isUsedElsewhere(section, id, components);
    const reason = isMisplaced
      ? `it is not below a component that uses ${section.name}`
      : reasonFor(section, components);
    const remedy = isOption
      ? 'remove the option'
      : isMisplaced
        ? 'move the section, or remove the value'
        : (components.remedy ?? 'select the component, or remove the value');
    found.error(value.keyAt, `${section.name}.${trait} has no effect: ${reason}; ${remedy}`);
  }
  return { problems: found.problems, sections: [...sections] };
}

type Declaration = Parameters<ConfigValue['as']>[0];

function isDefault(value: ConfigValue, declaration: Declaration, catalog: ComponentCatalog): boolean {
  const { default: initial = null } = declaration;
  const written = value.as(declaration).value;
  const name = typeof initial === 'string' ? (catalog.idOf(initial) ?? initial) : initial;
  return [initial, name].some((each) => JSON.stringify(each) === JSON.stringify(written));
}

/** Whether the run has a component of the class of a section, but no component that reads the section. */
function isUsedElsewhere(section: ConfigSection, id: string, { plans }: UsedComponents): boolean {
  const planned = plans.flatMap((plan) => [...walkPlan(plan)]);
  return planned.some((each) => each.id === id) && !planned.some(({ sections }) => sections.includes(section));
}

function reasonFor(section: ConfigSection, { plans, idleReason }: UsedComponents): string {
  const owners = plans.flatMap((plan) => [...walkPlan(plan)]).filter(({ sections }) => sections.includes(section));
  if (owners.length === 0) return `this run uses no ${section.name}`;
  const idle = owners.map((planned) => idleReason?.(planned));
  if (!idle.includes(undefined)) return `${section.name} ${idle[0]}`;
  return 'no component of this run has this trait';
}

/** Whether components of the run read a section, and none of them has an effect. */
function isIdle(section: ConfigSection, { plans, idleReason }: UsedComponents): boolean {
  const owners = plans.flatMap((plan) => [...walkPlan(plan)]).filter(({ sections }) => sections.includes(section));
  return owners.length > 0 && owners.every((planned) => idleReason?.(planned) !== undefined);
}

/** Returns the values that components read. */
function usedValues({ plans, idleReason }: UsedComponents, catalog: ComponentCatalog): ReadonlySet<ConfigValue> {
  const used = new Set<ConfigValue>();
  for (const planned of plans.flatMap((plan) => [...walkPlan(plan)])) {
    if (idleReason?.(planned) !== undefined) continue;
    // Options of event sources in general, `--EventSource.trait`, may be for sources of other inputs.
    const isSource = catalog.find(planned.id)?.entry.kind === 'EventSource';
    for (const { values } of planned.sections) {
      for (const [trait, value] of values) if (isSource || planned.settings.has(trait)) used.add(value);
    }
  }
  return used;
}

/** Kinds whose sections several runs share: tools, readers of input and exporters, of which a run uses one or none. */
const SHARED_KINDS: ReadonlySet<string> = new Set([
  'Tool',
  'EventSource',
  'FileDisplay',
  'TableExporter',
  'TableLoader',
]);

interface UnusedValue {
  readonly section: ConfigSection;
  /** Id of the class of the section. */
  readonly id: string;
  readonly trait: string;
  readonly value: ConfigValue;
  /** Whether it is in the section of a tool or a reader of input, or in one nested in the section of another tool. */
  readonly isShared: boolean;
}

/** Yields the values of known traits that no component of the run reads. */
function* unusedValues(
  components: UsedComponents,
  layers: readonly ConfigLayer[],
  catalog: ComponentCatalog,
): Generator<UnusedValue> {
  const used = usedValues(components, catalog);
  const visit = function* (section: ConfigSection, id: string, isOfOtherTool: boolean): Generator<UnusedValue> {
    const kind = catalog.find(id)?.entry.kind;
    if (kind === undefined) return; // reported by the check of the layer
    const isOther = isOfOtherTool || (kind === 'Tool' && !isUsed(section, used));
    const isShared = isOther || SHARED_KINDS.has(kind);
    const traits = catalog.familyTraits(id);
    for (const [trait, value] of section.values) {
      if (traits.has(trait) && !used.has(value)) yield { section, id, trait, value, isShared };
    }
    for (const [child, sections] of section.sections) for (const each of sections) yield* visit(each, child, isOther);
  };
  for (const layer of layers) {
    for (const [id, sections] of sectionsOf(layer, catalog).sections) {
      for (const section of sections) yield* visit(section, id, false);
    }
  }
}

/** Whether a run reads any value of a section or of those nested in it: otherwise the section is that of another tool. */
function isUsed({ values, sections }: ConfigSection, used: ReadonlySet<ConfigValue>): boolean {
  return (
    [...values.values()].some((value) => used.has(value)) ||
    [...sections.values()].flat().some((each) => isUsed(each, used))
  );
}
