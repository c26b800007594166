import { CherenkitError, ExitCode } from '@cherenkit/core';
import { GraphRunner, type RunningGraph } from '@cherenkit/plugin-ml';
import { SynchronousWorker, WorkerFailure } from './synchronous-worker.js';
import type { GraphReply, GraphRequest } from './graph-messages.js';

/**
 * Evaluates any graph that ONNX Runtime knows, in float32, on one thread of its own. Only in Node.js: pages have no thread that may wait
 * for another.
 */
export class OnnxGraphRunner extends GraphRunner {
  static override readonly help = 'Evaluates any graph of ONNX Runtime, such as a neural network.';

  #worker: SynchronousWorker<GraphRequest, GraphReply> | undefined;
  #nGraphs = 0;

  override open(bytes: Uint8Array, name: string): RunningGraph {
    const graph = this.#nGraphs++;
    this.#ask({ kind: 'open', graph, bytes }, name);
    return {
      run: ({ input, output }, rows, nFeatures) => {
        const values = this.#ask({ kind: 'run', graph, input, output, rows, nFeatures }, `${name}: ${output}`);
        return values ?? new Float32Array(0);
      },
    };
  }

  /** @throws CherenkitError MODEL_UNSUPPORTED (65) */
  #ask(request: GraphRequest, place: string): Float32Array | Float64Array | undefined {
    this.#worker ??= new SynchronousWorker(new URL('./graph-worker.js', import.meta.url));
    const reply = this.#reply(this.#worker, request);
    if (!('error' in reply)) return reply.values;
    const message = `${place}: ONNX Runtime cannot evaluate the graph: ${reply.error}. Check the model with Python's onnx and onnxruntime, and export it with a variable number of rows.`;
    throw new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }

  #reply(worker: SynchronousWorker<GraphRequest, GraphReply>, request: GraphRequest): GraphReply {
    try {
      return worker.ask(request);
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      this.#worker = undefined;
      return { error: error.message };
    }
  }
}
