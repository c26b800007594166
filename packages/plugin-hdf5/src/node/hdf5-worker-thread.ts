/** Worker thread that reads HDF5 files. */
import { parentPort, type TransferListItem } from 'node:worker_threads';
import { serveFiles } from '../engine/worker/serve-files.js';

serveFiles({
  send: (message, transfer = []) => parentPort?.postMessage(message, transfer as readonly TransferListItem[]),
  onMessage: (receive) => parentPort?.on('message', receive),
});
