import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';

const io = JSON.stringify(import.meta.resolve('@cherenkit/io/node'));

/** A worker whose result has arrived, but is not yet read, when the worker is terminated. */
const program = `
import { startWorker } from ${io};
const worker = \`
import { serveTasks } from ${io};
import { workerData } from 'node:worker_threads';
const done = new Int32Array(workerData.options);
await serveTasks(() => Promise.resolve({
  run: () => {
    setImmediate(() => { Atomics.store(done, 0, 1); Atomics.notify(done, 0); });
    return Promise.resolve({ data: 1 });
  },
}));\`;
const options = new SharedArrayBuffer(4);
const { run, terminate } = startWorker(new URL('data:text/javascript,' + encodeURIComponent(worker)), { options });
run(0).catch(() => undefined);
Atomics.wait(new Int32Array(options), 0, 0);
await terminate();
console.log('terminated');
`;

describe('startWorker', () => {
  it('keeps the process alive until a worker with unread results is terminated', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).to.equal('terminated\n');
  });
});
