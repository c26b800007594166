import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { GraphReply, GraphRequest } from './graph-messages.js';
import type { SynchronousStart } from './synchronous-worker.js';

// One thread, as all of a run: results do not depend on the number of CPUs.
env.wasm.numThreads = 1;
env.wasm.wasmBinary = readFileSync(new URL('../wasm/ort-wasm-simd-threaded.wasm', import.meta.url));
env.logLevel = 'error';

const { port, replies } = workerData as SynchronousStart;
const sessions = new Map<number, InferenceSession>();

function reply(message: GraphReply): void {
  port.postMessage(message);
  Atomics.add(replies, 0, 1);
  Atomics.notify(replies, 0);
}

process.on('exit', () => {
  Atomics.store(replies, 0, -1);
  Atomics.notify(replies, 0);
});

port.on('message', (request: GraphRequest) => {
  answer(request).then(reply, (error: unknown) => reply({ error: textOf(error) }));
});

async function answer(request: GraphRequest): Promise<GraphReply> {
  if (request.kind === 'open') {
    sessions.set(request.graph, await InferenceSession.create(request.bytes, { executionProviders: ['wasm'] }));
    return {};
  }
  const { graph, input, output, rows, nFeatures } = request;
  const session = sessions.get(graph);
  if (!session?.inputNames.includes(input)) return { error: `there is no input ${input}` };
  if (!session.outputNames.includes(output)) return { error: `there is no output ${output}` };
  // All inputs need values, also those of other parts of the graph.
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) {
    const values = name === input ? rows : new Float32Array(nFeatures);
    feeds[name] = new Tensor('float32', values, [values.length / nFeatures, nFeatures]);
  }
  const results = await session.run(feeds, [output]);
  const { type } = results[output];
  const data = await results[output].getData();
  if (data instanceof Float32Array || data instanceof Float64Array) return { values: data };
  return { error: `the output ${output} has elements of type ${type}, expected float32 or float64` };
}

/** The first line, which names the node of the graph. */
function textOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.trim().replace(/\.$/, '');
}
