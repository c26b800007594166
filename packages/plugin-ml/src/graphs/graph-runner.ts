import { CherenkitError, Component, ExitCode } from '@cherenkit/core';

/** An input and an output of a graph. */
export interface GraphEnds {
  readonly input: string;
  readonly output: string;
}

/** An ONNX graph that can be evaluated. */
export interface RunningGraph {
  /**
   * Evaluates the part of the graph between an input and an output. Synchronous, as all of the event loop.
   *
   * @param rows - features of one row after the other, float32
   * @returns the numbers of the output, those of one row after the other
   * @throws CherenkitError MODEL_UNSUPPORTED (65) for a graph that cannot be evaluated, naming the model and the reason
   */
  run(ends: GraphEnds, rows: Float32Array, nFeatures: number): Float32Array | Float64Array;
}

/** Evaluates the graphs of models that are no tree ensembles, such as neural networks. Plugins add components of this kind. */
export abstract class GraphRunner extends Component {
  static override readonly kind: string = 'GraphRunner';
  static override readonly methods: readonly string[] = ['open'];
  static override readonly help: string = 'Evaluates models that are no tree ensembles.';

  /**
   * Opens a model.
   *
   * @param bytes - the ONNX file
   * @param name - of the model, for messages
   * @throws CherenkitError MODEL_UNSUPPORTED (65)
   */
  abstract open(bytes: Uint8Array, name: string): RunningGraph;
}

/** Evaluates no graphs: tree ensembles need none. */
export class NoGraphRunner extends GraphRunner {
  static override readonly help = 'Evaluates no graphs: models are tree ensembles.';

  override open(_bytes: Uint8Array, name: string): RunningGraph {
    throw unsupportedGraph(name);
  }
}

/** Error of a model that needs a graph runner. */
export function unsupportedGraph(place: string): CherenkitError {
  const message =
    `${place}: the graph is no tree ensemble (TreeEnsembleRegressor, which may be followed by Sigmoid). ` +
    'Other graphs need a plugin: npm install @cherenkit/plugin-onnx, and set the trait graph_runner to OnnxGraphRunner, as in --graph-runner OnnxGraphRunner.';
  return new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
}
