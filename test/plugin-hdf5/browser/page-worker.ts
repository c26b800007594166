/** Module worker of a page that reads files itself. */
import { digestsOf } from './table-digests.js';

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: File }) => void): void;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
scope.addEventListener('message', ({ data }) => void digestsOf(data).then((digests) => scope.postMessage(digests)));
