import type { Json } from '@cherenkit/core';
import { JsonPlace } from './json-place.js';

/** Version of the description that this program writes and reads. */
export const MODEL_FORMAT = 1;

/** Classes of reconstructors that models are trained for. */
export const RECONSTRUCTORS = ['EnergyRegressor', 'ParticleClassifier', 'DispReconstructor'] as const;
export type ModelReconstructor = (typeof RECONSTRUCTORS)[number];

/** What an estimator predicts: the property itself, or absolute value and sign of disp. */
export type Role = 'model' | 'norm' | 'sign';

/** Roles of the estimators of each reconstructor. */
export const ROLES: Readonly<Record<ModelReconstructor, readonly Role[]>> = {
  EnergyRegressor: ['model'],
  ParticleClassifier: ['model'],
  DispReconstructor: ['norm', 'sign'],
};

/** An estimator of a telescope type. */
export interface EstimatorDescription {
  /** Class, with the names of scikit-learn: `ExtraTreesRegressor`. */
  readonly className: string;
  readonly parameters: Readonly<Record<string, Json>>;
  /** Importances of the features, which sum to 1. */
  readonly importances?: readonly number[] | undefined;
  /** Names of the input and the output in the graph. */
  readonly input: string;
  readonly output: string;
  /** Index of the prediction among the numbers that the output has for each row; undefined if there is one. */
  readonly column?: number | undefined;
}

/** The estimators of a telescope type. */
export interface TelescopeTypeDescription {
  /** `LST_LST_LSTCam`. */
  readonly type: string;
  readonly nPixels?: number | undefined;
  /** Smallest and largest value of each feature in the training; undefined if they are unknown. */
  readonly featureRanges?: readonly (readonly [least: number, largest: number])[] | undefined;
  readonly roles: ReadonlyMap<Role, EstimatorDescription>;
}

/** Description of a model: how features become predictions. Stored as JSON in the metadata of its ONNX file. */
export interface ModelDescription {
  readonly reconstructor: ModelReconstructor;
  /** Name of the results. */
  readonly prefix: string;
  /** Column that the model was trained to predict. */
  readonly target: string;
  /** Unit of the target. */
  readonly unit?: string | undefined;
  /** Whether the model predicts the natural logarithm of the target. */
  readonly logTarget: boolean;
  /** Names of the features, in the order of the columns of the input. */
  readonly features: readonly string[];
  /** Units of the features when the model was trained, by name; features without a unit are missing. */
  readonly featureUnits: ReadonlyMap<string, string>;
  /** Names and expressions of the features that are computed from columns. */
  readonly generatedFeatures: readonly (readonly [name: string, expression: string])[];
  /** Names and expressions of the criteria that a row must meet. */
  readonly qualityCriteria: readonly (readonly [name: string, expression: string])[];
  /** Class of the stereo combiner, and values of its traits as in a configuration. */
  readonly combiner: { readonly className: string; readonly traits: Readonly<Record<string, Json>> };
  readonly telescopeTypes: readonly TelescopeTypeDescription[];
  /** The whole description, with members that are not needed to predict. */
  readonly json: Readonly<Record<string, Json>>;
}

/**
 * Reads the description of a model.
 *
 * @param text - JSON
 * @throws RangeError naming the member that is not as expected; SyntaxError for invalid JSON
 */
export function readDescription(text: string): ModelDescription {
  const json = JSON.parse(text) as Readonly<Record<string, Json>>;
  const root = new JsonPlace('', json);
  const format = root.member('format').number;
  if (format !== MODEL_FORMAT) throw new RangeError(`format is ${format}, expected ${MODEL_FORMAT}`);
  const reconstructor = root.member('reconstructor').oneOf(RECONSTRUCTORS);
  const combiner = root.member('stereo_combiner');
  const { class: _, ...traits } = json.stereo_combiner as Readonly<Record<string, Json>>;
  const features = root.member('features').list.map((feature) => feature.text);
  if (features.length === 0) throw new RangeError('features is empty, expected at least one');
  const units = root.member('feature_units').optional(({ members }) => members) ?? new Map<string, JsonPlace>();
  return {
    reconstructor,
    prefix: root.member('prefix').text,
    target: root.member('target').text,
    unit: root.member('unit').optional((place) => place.text),
    logTarget: root.member('log_target').boolean,
    features,
    featureUnits: new Map(Array.from(units, ([name, place]) => [name, place.text])),
    generatedFeatures: root.member('feature_generator').list.map(({ pair }) => pair),
    qualityCriteria: root.member('quality_criteria').list.map(({ pair }) => pair),
    combiner: { className: combiner.member('class').text, traits },
    telescopeTypes: root
      .member('telescope_types')
      .list.map((place) => readTelescopeType(place, ROLES[reconstructor], features.length)),
    json,
  };
}

function readTelescopeType(place: JsonPlace, roles: readonly Role[], nFeatures: number): TelescopeTypeDescription {
  return {
    type: place.member('type').text,
    nPixels: place.member('n_pixels').optional(({ number }) => number),
    featureRanges: place.member('feature_ranges').optional((ranges) => readRanges(ranges, nFeatures)),
    roles: new Map(roles.map((role) => [role, readEstimator(place.member('roles').member(role), nFeatures)])),
  };
}

function readRanges({ path, list }: JsonPlace, nFeatures: number): [number, number][] {
  if (list.length !== nFeatures) throw new RangeError(`${path} has ${list.length} ranges, expected ${nFeatures}`);
  return list.map((range) => {
    const [least, largest] = range.list;
    if (!least || !largest) throw new RangeError(`${range.path} is not a pair of numbers`);
    return [least.number, largest.number];
  });
}

function readEstimator(place: JsonPlace, nFeatures: number): EstimatorDescription {
  const importances = place.member('feature_importances').optional(({ list }) => list.map(({ number }) => number));
  if (importances && importances.length !== nFeatures) {
    throw new RangeError(`${place.path} has ${importances.length} feature_importances, expected ${nFeatures}`);
  }
  return {
    className: place.member('class').text,
    parameters: Object.fromEntries(
      Array.from(place.member('parameters').members, ([name, { value }]) => [name, value as Json]),
    ),
    importances,
    input: place.member('input').text,
    output: place.member('output').text,
    column: place.member('column').optional(({ index }) => index),
  };
}
