import type { ServiceToken } from '../component/service.js';
import { checkPlan } from '../configuration/check/check-plan.js';
import { Planner } from '../configuration/plan/component-plan.js';
import { mergeLayers, type ConfigLayer } from '../configuration/read/config-layer.js';
import { formatPosition, throwErrors, type Problem } from '../configuration/problem.js';
import { shadowedValues } from '../configuration/check/shadowed-values.js';
import type { TraitValidator } from '../configuration/check/trait-validator.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { Composition } from './composition.js';
import type { ProvidedService } from './run-container.js';

/** `provide(LOGGER, logger)`, for `compose`. The instance stays the caller's: it is not disposed with the composition. */
export function provide<T>(token: ServiceToken<T>, instance: NoInfer<T>): ProvidedService<T> {
  return { token, instance };
}

export interface CompositionOptions {
  readonly plugins: PluginRegistry;
  /** In order; the later one wins. */
  readonly layers?: readonly ConfigLayer[];
  /** The class at the top: its section may hold those of all others, `ProcessorTool: { ImageProcessor: ... }`. */
  readonly root?: string;
  /** The components right below the root that will be created; by default all that it declares. */
  readonly components?: readonly string[];
  /** Take the place of the services of these tokens: LOGGER, PROVENANCE, ... */
  readonly services?: readonly ProvidedService[];
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean;
}

/** With the schemas that it has compiled, which takes longer than all else, for the next composition of these plugins. */
const validators = new WeakMap<PluginRegistry, TraitValidator>();

/**
 * Gate 1 and the plan: checks the configuration and finds out which components the run needs. No input is touched, no
 * plugin imported.
 *
 * Then, in this order: `createSource`, `setSubarray` (gate 2), `create`.
 *
 * @throws ConfigurationError with all mistakes of all layers
 */
export async function compose(options: CompositionOptions): Promise<Composition> {
  const { plugins, layers = [], root, components = [] } = options;
  const { catalog } = plugins;
  const problems: Problem[] = [];
  let validator: TraitValidator | undefined;
  if (layers.length > 0) {
    // Whoever gives no configuration does not wait for what checks it.
    const [{ TraitValidator }, { checkLayer }] = await Promise.all([
      import('../configuration/check/trait-validator.js'),
      import('../configuration/check/gate-one.js'),
    ]);
    validator = validators.get(plugins) ?? new TraitValidator(catalog, plugins.failureHint);
    validators.set(plugins, validator);
    for (const layer of layers) problems.push(...checkLayer(layer, catalog, validator, plugins.failureHint));
  }
  const planner = new Planner(catalog, mergeLayers(layers));
  const ids = components.map((name) => catalog.idOf(name) ?? name);
  const plan =
    root === undefined ? planner.planRootless(ids) : planner.plan(root, undefined, options.components && ids);
  problems.push(...shadowedValues(plan, layers, catalog));
  const warnings = throwErrors(together(problems, checkPlan(plan, catalog, validator, plugins.failureHint)));
  const { Composition } = await import('./composition.js');
  return new Composition({ ...options, planner, plan, validator, warnings });
}

/** At one place the plan has nothing to add to a mistake of gate 1, and gate 1's warning nothing to a mistake of the plan. */
function together(gateOne: readonly Problem[], plan: readonly Problem[]): Problem[] {
  const mistakes = (problems: readonly Problem[]): Set<string | undefined> =>
    new Set(problems.filter(({ severity }) => severity === 'error').map(placeOf));
  const [inFiles, inPlan] = [mistakes(gateOne), mistakes(plan)];
  return [
    ...gateOne.filter((problem) => problem.severity === 'error' || !problem.at || !inPlan.has(placeOf(problem))),
    ...plan.filter((problem) => !problem.at || !inFiles.has(placeOf(problem))),
  ];
}

function placeOf({ at }: Problem): string | undefined {
  return at && formatPosition(at);
}
