import { CherenkitError, ExitCode, snakeCase, type Json } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { featureMatrix } from '../features/feature-matrix.js';
import type { ModelDescription, Role } from '../model/model-description.js';
import type { Model } from '../model/model-file.js';
import type { DescribedEstimator } from '../model/write-model.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { WEIGHT_COLUMN } from './training-events.js';

/**
 * Trains the estimators of a reconstructor for a type of telescope.
 *
 * @param table - events with all features and the target, see `readTrainingEvents`
 * @param place - the events, for messages
 * @throws CherenkitError TOO_FEW_EVENTS (65) for events of one class only; TARGET_INVALID (65)
 */
export function fitEstimators(
  reconstructor: ModelReconstructor,
  table: Table,
  units: ReadonlyMap<string, string>,
  place: string,
): ReadonlyMap<Role, DescribedEstimator> {
  const { features: names } = reconstructor.traits;
  const { values: features } = featureMatrix(table, names, units, new Uint8Array(table.nRows).fill(1));
  const weights = table.has(WEIGHT_COLUMN) ? table.numbers(WEIGHT_COLUMN) : undefined;
  const fitted = new Map<Role, DescribedEstimator>();
  for (const [role, learner] of reconstructor.learners) {
    const { estimator, parameters, task } = learner;
    const targets = learner.targets(table);
    if (task === 'classification' && targets.every((target) => target === targets[0])) {
      const message = `${place}: all ${targets.length} events are of one class (${reconstructor.target}), expected two. Use other events, or another quality query.`;
      throw new CherenkitError('TOO_FEW_EVENTS', ExitCode.BAD_INPUT, message);
    }
    const rows = { features, nFeatures: names.length, targets, weights };
    const { trained, importances } = estimator.train(rows, parameters);
    fitted.set(role, { className: estimator.name, parameters, trained, importances });
  }
  return fitted;
}

/** Description of the models of a reconstructor, without telescope types. */
export function describeReconstructor(
  reconstructor: ModelReconstructor,
  featureUnits: ReadonlyMap<string, string>,
): Omit<ModelDescription, 'telescopeTypes' | 'json'> {
  const { combiner } = reconstructor;
  const { prefix: _, property: __, ...traits } = combiner.traits;
  return {
    reconstructor: reconstructor.modelClass,
    prefix: reconstructor.prefix,
    target: reconstructor.target,
    unit: reconstructor.unit,
    logTarget: reconstructor.trainsLogarithm,
    features: reconstructor.traits.features,
    featureUnits,
    generatedFeatures: reconstructor.generator.traits.features,
    qualityCriteria: reconstructor.query.traits.qualityCriteria,
    combiner: { className: combiner.name, traits: inFileNames(traits) },
  };
}

/** A model of one telescope type, to predict with estimators that were just trained. */
export function modelOf(
  description: Omit<ModelDescription, 'telescopeTypes' | 'json'>,
  type: string,
  fitted: ReadonlyMap<Role, DescribedEstimator>,
): Model {
  const roles = new Map(Array.from(fitted, ([role, { trained }]) => [role, trained]));
  return { description: { ...description, telescopeTypes: [], json: {} }, estimators: new Map([[type, roles]]) };
}

/** Names of traits as in configurations; undefined is null. */
function inFileNames(traits: object): Readonly<Record<string, Json>> {
  const entries = Object.entries(traits) as [string, Json | undefined][];
  return Object.fromEntries(entries.map(([name, value]) => [snakeCase(name), value ?? null]));
}
