import { CherenkitError, counted, ExitCode, snakeCase, type Json, type Logger } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { featureMatrix } from '../features/feature-matrix.js';
import type { ModelDescription, Role } from '../model/model-description.js';
import type { Model } from '../model/model-file.js';
import type { DescribedEstimator } from '../model/write-model.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { trainInThreads, type Training } from './train-in-threads.js';
import { WEIGHT_COLUMN } from './training-events.js';

/** Events of which all estimators of a reconstructor are trained. */
export interface TrainingSet {
  /** Makes the table, with all features and the target, see `readTrainingEvents`. */
  readonly table: () => Table;
  /** The events, for messages. */
  readonly place: string;
}

/** How estimators are trained. */
export interface FitOptions {
  /** Number of threads; undefined: as many as the process may use. */
  readonly nThreads: number | undefined;
  readonly logger: Logger;
}

/** The training of an estimator of a set. */
interface Fit extends Training {
  readonly set: number;
  readonly role: Role;
}

/**
 * Trains the estimators of a reconstructor for each of several sets of events, in several threads. The result is the same for any
 * number of threads.
 *
 * @param units - of the features
 * @returns the estimators of each set
 * @throws CherenkitError TOO_FEW_EVENTS (65) for events of one class only; TARGET_INVALID (65)
 */
export async function fitEstimators(
  reconstructor: ModelReconstructor,
  sets: readonly TrainingSet[],
  units: ReadonlyMap<string, string>,
  { nThreads, logger }: FitOptions,
): Promise<ReadonlyMap<Role, DescribedEstimator>[]> {
  const fitted = sets.map(() => new Map<Role, DescribedEstimator>());
  const nFits = sets.length * reconstructor.learners.size;
  let nInThreads = 0;
  for await (const fit of trainInThreads(fitsOf(reconstructor, sets, units), nFits, nThreads)) {
    const { set, role, estimator, parameters } = fit.training;
    if (fit.usedThreads) nInThreads++;
    fitted[set].set(role, { className: estimator.name, parameters, ...fit.trained });
  }
  logger.debug(`Worker threads trained, or helped to train, ${nInThreads} of ${counted(nFits, 'estimator')}.`);
  return fitted;
}

/** Prepares the rows of one set after the other, so that only those of sets in work are in memory. */
function* fitsOf(
  reconstructor: ModelReconstructor,
  sets: readonly TrainingSet[],
  units: ReadonlyMap<string, string>,
): Generator<Fit> {
  const { features: names } = reconstructor.traits;
  for (const [set, { table: make, place }] of sets.entries()) {
    const table = make();
    const { values: features } = featureMatrix(table, names, units, new Uint8Array(table.nRows).fill(1));
    const weights = table.has(WEIGHT_COLUMN) ? table.numbers(WEIGHT_COLUMN) : undefined;
    for (const [role, learner] of reconstructor.learners) {
      const targets = learner.targets(table);
      if (learner.task === 'classification' && targets.every((target) => target === targets[0])) {
        const message = `${place}: all ${targets.length} events are of one class (${reconstructor.target}), expected two. Use other events, or another quality query.`;
        throw new CherenkitError('TOO_FEW_EVENTS', ExitCode.BAD_INPUT, message);
      }
      const { estimator, parameters } = learner;
      yield { set, role, estimator, parameters, rows: { features, nFeatures: names.length, targets, weights } };
    }
  }
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
