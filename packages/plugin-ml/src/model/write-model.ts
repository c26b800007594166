import type { Json } from '@cherenkit/core';
import { endsOf, writeOnnx, type OnnxPart } from '../onnx/write-onnx.js';
import { METADATA_KEY } from './model-file.js';
import {
  MODEL_FORMAT,
  type EstimatorDescription,
  type ModelDescription,
  type Role,
  type TelescopeTypeDescription,
} from './model-description.js';
import type { TrainedTrees } from './trained-trees.js';

/** A trained estimator with its description. */
export interface DescribedEstimator extends Omit<EstimatorDescription, 'input' | 'output'> {
  readonly trained: TrainedTrees;
  /** Further members of the description. */
  readonly details?: Readonly<Record<string, Json>>;
}

/** The trained estimators of a telescope type. */
export interface DescribedType extends Omit<TelescopeTypeDescription, 'roles'> {
  readonly roles: ReadonlyMap<Role, DescribedEstimator>;
  /** Further members of the description, such as the number of events. */
  readonly details?: Readonly<Record<string, Json>>;
}

/** What is written: a model, and further members of its description. */
export interface WritableModel extends Omit<ModelDescription, 'telescopeTypes' | 'json'> {
  readonly telescopeTypes: readonly DescribedType[];
  readonly details: Readonly<Record<string, Json>>;
}

/** Writes a model as an ONNX file. */
export function writeModel(model: WritableModel, version: string): Uint8Array {
  const parts: OnnxPart[] = [];
  const types = model.telescopeTypes.map(({ type, nPixels, featureRanges, roles, details }, i) => ({
    type,
    ...(nPixels !== undefined && { n_pixels: nPixels }),
    ...(featureRanges && { feature_ranges: featureRanges }),
    ...details,
    roles: Object.fromEntries(
      Array.from(roles, ([role, { className, parameters, importances, trained, details: more }]) => {
        const name = `t${i}_${role}`;
        parts.push({ name, trees: trained.trees, link: trained.link, nFeatures: trained.nFeatures });
        return [
          role,
          {
            class: className,
            parameters,
            ...more,
            ...(importances && { feature_importances: importances }),
            ...endsOf(name),
            column: null,
          },
        ];
      }),
    ),
  }));
  const description = {
    format: MODEL_FORMAT,
    reconstructor: model.reconstructor,
    prefix: model.prefix,
    target: model.target,
    unit: model.unit ?? null,
    log_target: model.logTarget,
    features: model.features,
    feature_units: Object.fromEntries(model.featureUnits),
    feature_generator: model.generatedFeatures,
    quality_criteria: model.qualityCriteria,
    stereo_combiner: { class: model.combiner.className, ...model.combiner.traits },
    ...model.details,
    telescope_types: types,
  };
  return writeOnnx(model.reconstructor, parts, ['cherenkit', version], {
    [METADATA_KEY]: JSON.stringify(description),
  });
}
