import type { Json } from '@cherenkit/core';
import { JsonPlace } from './json-place.js';
import type { EstimatorDescription, ModelDescription } from './model-description.js';
import type { Model } from './model-file.js';
import type { RowPredictor } from '../graphs/graph-estimator.js';
import { TrainedTrees } from './trained-trees.js';

/** Describes a model in a text of several lines. */
export function describeModel({ description, estimators }: Model, name: string): string {
  const { reconstructor, prefix, combiner, telescopeTypes, features, qualityCriteria, generatedFeatures } = description;
  const types = telescopeTypes.flatMap(({ type, roles }) =>
    Array.from(roles, ([role, estimator]) => {
      const trained = estimators.get(type)?.get(role);
      return `  ${type}${role === 'model' ? '' : `, ${role}`}: ${trained ? describeEstimator(estimator, trained) : ''}`;
    }),
  );
  const importances = telescopeTypes.flatMap(({ type, roles }) =>
    Array.from(roles, ([role, each]) => ({
      title: role === 'model' ? type : `${type} ${role}`,
      values: each.importances,
    })),
  );
  return [
    `${name}: ${reconstructor}, results ${prefix}`,
    `target: ${describeTarget(description)}`,
    `combined by: ${combiner.className} (${parametersText(combiner.traits)})`,
    ...originOf(description.json),
    'telescope types:',
    ...types,
    ...validationLines(description.json),
    'quality criteria:',
    ...qualityCriteria.map(([title, condition]) => `  ${title}: ${condition}`),
    'generated features:',
    ...generatedFeatures.map(([title, expression]) => `  ${title}: ${expression}`),
    ...featureLines(features, importances),
  ].join('\n');
}

function describeTarget({ target, unit, logTarget }: ModelDescription): string {
  return `${target}${unit === undefined ? '' : ` in ${unit}`}${logTarget ? ', its logarithm' : ''}`;
}

function describeEstimator({ className, parameters }: EstimatorDescription, trained: RowPredictor): string {
  if (!(trained instanceof TrainedTrees))
    return `${className} (${parametersText(parameters)}), a graph for a GraphRunner`;
  const { trees } = trained;
  const depth = trees.depths.reduce((deepest, each) => Math.max(deepest, each), 0);
  const size = `${trees.roots.length} trees, ${trees.feature.length} nodes, depth ${depth}`;
  return `${className} (${parametersText(parameters)}), ${size}`;
}

function parametersText(parameters: Readonly<Record<string, Json>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  return given
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** The program and the inputs of a model. */
function originOf({ made_by: madeBy, training }: Readonly<Record<string, Json>>): string[] {
  return [
    ...(madeBy === undefined ? [] : [`made by: ${JSON.stringify(madeBy)}`]),
    ...(training === undefined ? [] : [`training: ${JSON.stringify(training)}`]),
  ];
}

/** Metrics of the cross-validation: mean and standard deviation of the folds by telescope type, and those of array events. */
function validationLines(json: Readonly<Record<string, Json>>): string[] {
  const root = new JsonPlace('', json);
  const number = ({ number: value }: JsonPlace): string => value.toFixed(4);
  const types = root.member('telescope_types').list.flatMap((type) => {
    const metrics = type.member('cross_validation').optional(({ members }) => members);
    if (!metrics) return [];
    const shown = Array.from(
      metrics,
      ([name, each]) => `${name} ${number(each.member('mean'))} ± ${number(each.member('standard_deviation'))}`,
    );
    return [`  ${type.member('type').text}: ${shown.join(', ')}`];
  });
  const array = root.member('array_cross_validation').optional((place) => place.member('metrics').members);
  const ofArray = array && Array.from(array, ([name, each]) => `${name} ${number(each)}`).join(', ');
  return types.length === 0
    ? []
    : ['cross-validation:', ...types, ...(ofArray === undefined ? [] : [`  array events: ${ofArray}`])];
}

/** Features in the order of their mean importance, with the importance for each estimator in percent. */
function featureLines(
  features: readonly string[],
  importances: readonly { readonly title: string; readonly values: readonly number[] | undefined }[],
): string[] {
  const known = importances.flatMap(({ title, values }) => (values ? [{ title, values }] : []));
  if (known.length === 0) return ['features:', ...features.map((feature) => `  ${feature}`)];
  const mean = (i: number): number => known.reduce((sum, { values }) => sum + values[i], 0);
  const order = [...features.keys()].sort((a, b) => mean(b) - mean(a));
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`.padStart(8);
  return [
    `features, with their importance for ${known.map(({ title }) => title).join(', ')}:`,
    ...order.map((i) => `  ${known.map(({ values }) => percent(values[i])).join('')}  ${features[i]}`),
  ];
}
