/** Module worker of browsers that reads HDF5 files. */
import { serveFiles } from './serve-files.js';

/** The part of `DedicatedWorkerGlobalScope` that is used. */
interface WorkerScope {
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
serveFiles({
  send: (message, transfer = []) => scope.postMessage(message, transfer),
  onMessage: (receive) => scope.addEventListener('message', ({ data }) => receive(data)),
});
