import { WorkerPool, type PoolWorker } from '@cherenkit/io';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../../support/error-of.js';

/** A worker in this thread that doubles numbers, each after some turns of the event loop. */
class DoublingWorker implements PoolWorker<number, number> {
  readonly ready = Promise.resolve();
  isTerminated = false;
  nWaiting = 0;
  mostWaiting = 0;

  constructor(private readonly delays: readonly number[]) {}

  async run(task: number): Promise<number> {
    this.mostWaiting = Math.max(this.mostWaiting, ++this.nWaiting);
    for (let turn = 0; turn < (this.delays[task % this.delays.length] ?? 0); turn++) await nextTurn();
    this.nWaiting--;
    if (task === FATAL) throw new Error('the worker ended');
    return 2 * task;
  }

  terminate(): Promise<void> {
    this.isTerminated = true;
    return Promise.resolve();
  }
}

const FATAL = 1000;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function* numbers(count: number, failure?: Error): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    await nextTurn();
    yield i;
  }
  if (failure) throw failure;
}

describe('WorkerPool', () => {
  it('yields all items in order, whatever the durations of tasks, and with few tasks at once', async () => {
    const delays = fc.array(fc.nat(5), { minLength: 1, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.nat(30), delays, async (size, count, turns) => {
        const workers: DoublingWorker[] = [];
        const start = (): DoublingWorker => {
          const worker = new DoublingWorker(turns);
          workers.push(worker);
          return worker;
        };
        await using pool = new WorkerPool({ size, start });
        await pool.start();
        const found: number[] = [];
        for await (const [item, result] of pool.map(numbers(count), (each) => (each % 5 === 3 ? undefined : each))) {
          if (item % 5 === 3) expect(result).to.equal(undefined);
          found.push(result ?? 2 * item);
          await nextTurn();
        }
        expect(found).to.deep.equal(Array.from({ length: count }, (_, i) => 2 * i));
        for (const { mostWaiting } of workers) expect(mostWaiting).to.be.at.most(2);
      }),
      { numRuns: 50 },
    );
  });

  it('shares items evenly between a worker and the caller, who both take as long for one', async () => {
    const turnsPerItem = 8;
    const takeTime = async (): Promise<void> => {
      for (let turn = 0; turn < turnsPerItem; turn++) await nextTurn();
    };
    let last = Promise.resolve();
    const start = (): PoolWorker<number, number> => ({
      ready: Promise.resolve(),
      run: (task) => (last = last.then(takeTime)).then(() => 2 * task),
      terminate: () => Promise.resolve(),
    });
    await using pool = new WorkerPool({ size: 1, start });
    await pool.start();
    let ofCaller = 0;
    for await (const [, result] of pool.map(numbers(60), (item) => item)) {
      if (result !== undefined) continue;
      ofCaller++;
      await takeTime();
    }
    expect(ofCaller).to.be.within(24, 32);
  });

  it('leaves all items to the caller until workers are started, and if none becomes ready', async () => {
    const reasons: unknown[] = [];
    const start = (): PoolWorker<number, number> => ({
      ready: Promise.reject(new Error('no thread')),
      run: () => Promise.reject(new Error('never called')),
      terminate: () => Promise.resolve(),
    });
    await using pool = new WorkerPool({ size: 2, start, onStartFailure: (error) => reasons.push(error) });
    for (let turn = 0; turn < 2; turn++) {
      const found: (readonly [number, number | undefined])[] = [];
      for await (const each of pool.map(numbers(3), (item) => item)) found.push(each);
      expect(found).to.deep.equal([0, 1, 2].map((item) => [item, undefined]));
      await pool.start();
      expect(reasons).to.have.length(2);
    }
  });

  it('throws errors of items and workers after the results before them, and terminates the workers', async () => {
    const worker = new DoublingWorker([3]);
    await using pool = new WorkerPool({ size: 1, start: () => worker });
    await pool.start();
    for (const [items, message] of [
      [numbers(4, new Error('damaged')), 'damaged'],
      [numbers(4), 'the worker ended'],
    ] as const) {
      const found: number[] = [];
      const all = async (): Promise<void> => {
        const taskOf = (item: number): number => (message === 'damaged' || item < 2 ? item : FATAL);
        for await (const [item] of pool.map(items, taskOf)) found.push(item);
      };
      expect((await errorOf(all())).message).to.equal(message);
      if (message === 'damaged') expect(found).to.deep.equal([0, 1, 2, 3]);
      expect(found.length).to.be.at.least(2);
    }
    await pool[Symbol.asyncDispose]();
    expect(worker.isTerminated).to.equal(true);
  });
});
