import { CherenkitError, ExitCode } from '@cherenkit/core';
import { readOnnx, type OnnxGraph } from '../onnx/onnx-graph.js';
import { ProtobufDefect } from '../onnx/protobuf-reader.js';
import { treesOf } from '../onnx/tree-node.js';
import { GraphEstimator, type RowPredictor } from '../graphs/graph-estimator.js';
import { unsupportedGraph, type GraphRunner, type RunningGraph } from '../graphs/graph-runner.js';
import { readDescription, type EstimatorDescription, type ModelDescription, type Role } from './model-description.js';
import { TrainedTrees } from './trained-trees.js';

/** Key of the description in the metadata of an ONNX file. */
export const METADATA_KEY = 'cherenkit';

/** A model: its description, and its estimators by telescope type and role. */
export interface Model {
  readonly description: ModelDescription;
  readonly estimators: ReadonlyMap<string, ReadonlyMap<Role, RowPredictor>>;
}

/**
 * Reads a model from the bytes of an ONNX file. A file may come from anywhere: sizes, indices and cycles are checked.
 *
 * @param name - of the file, for messages
 * @param runner - evaluates graphs that are no tree ensembles; undefined: these are refused
 * @throws CherenkitError MODEL_CORRUPT, MODEL_UNSUPPORTED (65)
 */
export function readModel(bytes: Uint8Array, name: string, runner?: Pick<GraphRunner, 'open'>): Model {
  let opened: RunningGraph | undefined;
  const open = (place: string): RunningGraph => {
    if (!runner) throw unsupportedGraph(place);
    return (opened ??= runner.open(bytes, name));
  };
  return named(name, () => modelOf(readOnnx(bytes), name, open));
}

/**
 * Checks that all estimators of a model predict one number for a row of zeros.
 *
 * @throws CherenkitError MODEL_CORRUPT, MODEL_UNSUPPORTED (65)
 */
export function checkPredictions({ description: { features }, estimators }: Model, name: string): void {
  for (const roles of estimators.values()) {
    for (const estimator of roles.values()) named(name, () => estimator.predict(new Float32Array(features.length)));
  }
}

/** @throws CherenkitError MODEL_CORRUPT (65) for defects of the file */
function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ProtobufDefect || cause instanceof RangeError || cause instanceof SyntaxError)) throw cause;
    const message = `${name}: ${cause.message}. The file is damaged or was not written for Cherenkit; copy, convert or train it again.`;
    throw new CherenkitError('MODEL_CORRUPT', ExitCode.BAD_INPUT, message, { cause });
  }
}

/** @param open - opens the graph to evaluate it; the place is that of an estimator that needs it, for messages */
function modelOf(graph: OnnxGraph, name: string, open: (place: string) => RunningGraph): Model {
  const text = graph.metadata.get(METADATA_KEY);
  if (text === undefined) {
    const message =
      `${name}: the file is an ONNX model without the metadata "${METADATA_KEY}", which describes features and telescopes. ` +
      'Use a model trained by cherenkit train, or converted from one of ctapipe.';
    throw new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }
  const description = readDescription(text);
  const estimators = new Map<string, ReadonlyMap<Role, RowPredictor>>();
  for (const { type, roles } of description.telescopeTypes) {
    if (estimators.has(type)) throw new RangeError(`the telescope type ${type} occurs twice`);
    const trained = new Map<Role, RowPredictor>();
    for (const [role, each] of roles) {
      const openOwn = (): RunningGraph => open(`${name}: ${type}, ${role}`);
      trained.set(role, estimatorOf(graph, each, description.features.length, openOwn));
    }
    estimators.set(type, trained);
  }
  return { description, estimators };
}

/** The trees between an input and an output of the graph, or an estimator that evaluates another graph between them. */
function estimatorOf(
  { nodes }: OnnxGraph,
  { input, output, column }: EstimatorDescription,
  nFeatures: number,
  open: () => RunningGraph,
): RowPredictor {
  const producerOf = (end: string) => nodes.find(({ outputs }) => outputs.includes(end));
  const last = producerOf(output);
  const link = last?.operator === 'Sigmoid' ? 'logistic' : 'identity';
  const trees = link === 'logistic' ? producerOf(last?.inputs[0] ?? '') : last;
  if (!trees) throw new RangeError(`there is no operation with the output ${output}`);
  if (trees.operator !== 'TreeEnsembleRegressor')
    return new GraphEstimator(open(), { input, output }, nFeatures, column);
  if (trees.inputs[0] !== input) throw new RangeError(`${output} is computed of ${trees.inputs[0]}, expected ${input}`);
  return new TrainedTrees(treesOf(trees, nFeatures), link, nFeatures);
}
