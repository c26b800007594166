import { CherenkitError, ExitCode } from '@cherenkit/core';
import { readOnnx, type OnnxGraph } from '../onnx/onnx-graph.js';
import { ProtobufDefect } from '../onnx/protobuf-reader.js';
import { treesOf } from '../onnx/tree-node.js';
import { readDescription, type ModelDescription, type Role } from './model-description.js';
import { TrainedTrees } from './trained-trees.js';

/** Key of the description in the metadata of an ONNX file. */
export const METADATA_KEY = 'cherenkit';

/** A model: its description, and its estimators by telescope type and role. */
export interface Model {
  readonly description: ModelDescription;
  readonly estimators: ReadonlyMap<string, ReadonlyMap<Role, TrainedTrees>>;
}

/**
 * Reads a model from the bytes of an ONNX file. A file may come from anywhere: sizes, indices and cycles are checked.
 *
 * @param name - of the file, for messages
 * @throws CherenkitError MODEL_CORRUPT, MODEL_UNSUPPORTED (65)
 */
export function readModel(bytes: Uint8Array, name: string): Model {
  try {
    return modelOf(readOnnx(bytes), name);
  } catch (cause) {
    if (!(cause instanceof ProtobufDefect || cause instanceof RangeError || cause instanceof SyntaxError)) throw cause;
    const message = `${name}: ${cause.message}. The file is damaged or was not written for Cherenkit; copy, convert or train it again.`;
    throw new CherenkitError('MODEL_CORRUPT', ExitCode.BAD_INPUT, message, { cause });
  }
}

function modelOf(graph: OnnxGraph, name: string): Model {
  const text = graph.metadata.get(METADATA_KEY);
  if (text === undefined) {
    const message =
      `${name}: the file is an ONNX model without the metadata "${METADATA_KEY}", which describes features and telescopes. ` +
      'Use a model trained by cherenkit train, or converted from one of ctapipe.';
    throw new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }
  const description = readDescription(text);
  const estimators = new Map<string, ReadonlyMap<Role, TrainedTrees>>();
  for (const { type, roles } of description.telescopeTypes) {
    if (estimators.has(type)) throw new RangeError(`the telescope type ${type} occurs twice`);
    const trained = new Map<Role, TrainedTrees>();
    for (const [role, { input, output }] of roles) {
      const place = `${name}: ${type}, ${role}`;
      trained.set(role, estimatorOf(graph, input, output, description.features.length, place));
    }
    estimators.set(type, trained);
  }
  return { description, estimators };
}

/** The trees between an input and an output of the graph. */
function estimatorOf(
  { nodes }: OnnxGraph,
  input: string,
  output: string,
  nFeatures: number,
  place: string,
): TrainedTrees {
  const producerOf = (end: string) => nodes.find(({ outputs }) => outputs[0] === end);
  const last = producerOf(output);
  const link = last?.operator === 'Sigmoid' ? 'logistic' : 'identity';
  const trees = link === 'logistic' ? producerOf(last?.inputs[0] ?? '') : last;
  if (!trees) throw new RangeError(`there is no operation with the output ${output}`);
  if (trees.operator !== 'TreeEnsembleRegressor') {
    const message = `${place}: the operator ${trees.operator} is not supported; expected TreeEnsembleRegressor, which may be followed by Sigmoid.`;
    throw new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }
  if (trees.inputs[0] !== input) throw new RangeError(`${output} is computed of ${trees.inputs[0]}, expected ${input}`);
  return new TrainedTrees(treesOf(trees, nFeatures), link, nFeatures);
}
