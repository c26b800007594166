import { CherenkitError } from '@cherenkit/core';
import { loadLibrary, stageFile } from '#hdf5-host';
import { H5wasmFile } from '../h5wasm/h5wasm-file.js';
import type { WorkerError, WorkerPort, WorkerRequest, WorkerResponse, WorkerSource } from './worker-messages.js';

/** Serves HDF5 files in a worker: opens them and answers requests, one after the other. */
export function serveFiles(port: WorkerPort): void {
  const files = new Map<number, H5wasmFile>();

  async function answer({ file: number, method, parameters }: WorkerRequest): Promise<unknown> {
    if (method === 'open') {
      const [given] = parameters as [WorkerSource];
      const staged =
        'staged' in given ? { ...given.staged, opened: noop, release: noop } : await stageFile(given.source);
      files.set(number, new H5wasmFile(await loadLibrary(), staged));
      return { size: staged.size };
    }
    const file = files.get(number);
    if (!file) throw new Error('The file is not open.');
    if (method === 'close') files.delete(number);
    const methods = file as unknown as Record<string, (...parameters: readonly unknown[]) => unknown>;
    return methods[method](...parameters);
  }

  async function respond(request: WorkerRequest): Promise<void> {
    let response: Pick<WorkerResponse, 'result' | 'error'>;
    try {
      response = { result: await answer(request) };
    } catch (error) {
      response = { error: asMessage(error) };
    }
    const hasAborted = await loadLibrary().then(
      (library) => library.hasAborted,
      () => false,
    );
    const { result } = response;
    const transfer = result instanceof Uint8Array ? [result.buffer] : [];
    port.send({ id: request.id, ...response, hasAborted } satisfies WorkerResponse, transfer);
  }

  port.onMessage((message) => void respond(message as WorkerRequest));
}

function asMessage(error: unknown): WorkerError {
  if (CherenkitError.is(error)) {
    const { name, message, code, exitCode } = error;
    return { name, message, code, exitCode };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function noop(): void {
  // The thread that started the worker has staged the file.
}
