import { checkPlan, shadowedValues } from '../configuration/check/check-plan.js';
import { Planner, walkPlan, type PlannedComponent } from '../configuration/plan/component-plan.js';
import { formatPosition, throwErrors, type Problem } from '../configuration/problem.js';
import { checkLayer } from '../configuration/check/check-layer.js';
import { TraitValidator } from '../configuration/check/trait-validator.js';
import { findUnusedValues, type UnusedValues, type UsedComponents } from '../configuration/check/unused-values.js';
import { isStored } from '../configuration/read/keyed-layer.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import { checkServices } from '../plugin/service-circle.js';
import type { CheckedConfiguration, CompositionOptions } from './composition.js';

/** Cache of validators: compiling their schemas dominates the time of the check. */
const validators = new WeakMap<PluginRegistry, TraitValidator>();

/**
 * Runs the static check: validates all layers of the configuration and plans the components of the run. Neither opens the
 * input nor imports plugins.
 *
 * @throws ConfigurationError listing the errors of all layers; CherenkitError SERVICE_CIRCULAR
 */
export async function checkConfiguration(options: CompositionOptions): Promise<CheckedConfiguration> {
  const { plugins, layers = [], root, components = [] } = options;
  const { catalog } = plugins;
  const validator =
    validators.get(plugins) ?? new TraitValidator(catalog, plugins.failureHint, options.expressionExamples);
  validators.set(plugins, validator);
  const planner = new Planner(catalog, layers);
  const ids = components.map((name) => catalog.idOf(name) ?? name);
  const plan =
    root === undefined ? planner.planWithoutRoot(ids) : planner.plan(root, undefined, options.components && ids);
  const checked = { ...options, planner, plan, validator };
  const unused = unusedInFiles(checked);
  const problems = await validator.complete(() => {
    const inLayers = layers.flatMap((layer) => checkLayer(layer, catalog, validator, plugins.failureHint));
    const inPlan = checkPlan(plan, catalog, validator, plugins.failureHint);
    return mergeProblems([...inLayers, ...shadowedValues(plan, layers)], [...inPlan, ...unused.problems]);
  });
  const warnings = throwErrors(problems);
  checkServices(plugins.manifestsOf([...walkPlan(plan)].map(({ id }) => catalog.find(id)?.plugin)));
  return { ...checked, unusedSections: unused.sections, warnings };
}

type Planned = Pick<CheckedConfiguration, 'planner' | 'plan' | 'plugins' | 'layers' | 'refuseUnused'>;

/**
 * Finds values of files without effect, whichever event source the run has.
 *
 * @param sources - plans of known event sources
 * @param idleReason - why a component has no effect, once it is known
 * @param remedy - for values of such components; default: to select the component
 */
export function unusedInFiles(
  checked: Planned,
  sources: readonly PlannedComponent[] = [],
  idleReason?: UsedComponents['idleReason'],
  remedy?: string,
): UnusedValues {
  const { planner, plan, plugins, layers = [], refuseUnused } = checked;
  if (!refuseUnused) return { problems: [], sections: [] };
  const { catalog } = plugins;
  const possible = catalog
    .idsOfKind('EventSource')
    .map((name) => sources.find(({ id }) => id === name) ?? planBelowRoot(checked, name));
  const components = {
    plans: [plan, ...possible, ...chosenByOutput(checked)],
    ofOtherTools: () =>
      catalog
        .idsOfKind('Tool')
        .filter((id) => id !== plan.id)
        .map((id) => planner.plan(id)),
    idleReason,
    remedy,
  };
  // A stored configuration has the values of all components of an earlier run.
  const files = layers.filter((layer) => !layer.overrides && !isStored(layer));
  return findUnusedValues(components, files, catalog);
}

/** Finds options without effect, when the event source is known. The parameters are those of `unusedInFiles`. */
export function unusedOptions(
  checked: Planned,
  sources: readonly PlannedComponent[],
  idleReason?: UsedComponents['idleReason'],
): readonly Problem[] {
  const { plan, plugins, layers = [] } = checked;
  const options = layers.filter(({ overrides }) => overrides);
  const plans = [...sources, plan, ...chosenByOutput(checked)];
  return findUnusedValues({ plans, idleReason }, options, plugins.catalog).problems;
}

/** Plans the components of which the root chooses one by its output: those of the kinds among its children. */
function chosenByOutput(checked: Planned): PlannedComponent[] {
  const { catalog } = checked.plugins;
  return catalog
    .children(checked.plan.id)
    .filter((kind) => kind !== 'EventSource' && catalog.find(kind)?.entry.abstract)
    .flatMap((kind) => catalog.idsOfKind(kind))
    .map((id) => planBelowRoot(checked, id));
}

/** Plans a component directly below the root, whether or not the run uses it. */
export function planBelowRoot(
  { planner, plan, plugins }: Pick<CheckedConfiguration, 'planner' | 'plan' | 'plugins'>,
  name: string,
): PlannedComponent {
  return planner.plan(plugins.catalog.idOf(name) ?? name, plan.id === '' ? undefined : plan);
}

/** Reports each position once: errors of a layer take precedence over errors of the plan, and these over warnings. */
function mergeProblems(inLayers: readonly Problem[], plan: readonly Problem[]): Problem[] {
  const mistakes = (problems: readonly Problem[]): Set<string | undefined> =>
    new Set(problems.filter(({ severity }) => severity === 'error').map(placeOf));
  const [inFiles, inPlan] = [mistakes(inLayers), mistakes(plan)];
  return [
    ...inLayers.filter((problem) => problem.severity === 'error' || !problem.at || !inPlan.has(placeOf(problem))),
    ...plan.filter((problem) => !problem.at || !inFiles.has(placeOf(problem))),
  ];
}

function placeOf({ at }: Problem): string | undefined {
  return at && formatPosition(at);
}
