import { expect } from 'chai';
import { makeCorpus, type Corpus } from './fuzz-corpus.js';
import { FuzzWorker } from './fuzz-worker-process.js';
import type { ProvokedFault } from './mutant-run.js';

const LIMITS = { cpu: 60, memory: 300 };
/** So generous that no run is ended by mistake on a busy machine; each case lowers the one that it tests. */
const KILL = { cpu: 60, memory: 2000, idle: 120 };

describe('the worker that processes damaged files', function () {
  this.timeout(600_000);
  let corpus: Corpus;
  before(async () => {
    corpus = await makeCorpus();
  });
  after(() => corpus[Symbol.dispose]());

  const cases: readonly (readonly [ProvokedFault, kill: Partial<typeof KILL>, detail: RegExp])[] = [
    ['endless loop', { cpu: 5 }, /^ended after 5 s of CPU time$/],
    ['endless wait', { idle: 5 }, /^ended after \d+ s without using the processor$/],
    ['memory', { memory: 200 }, /^ended after \d+ MB of memory$|MB more than undamaged/],
    ['memory', {}, /^\d+ MB more than undamaged, expected at most 300 \(tables \)$/],
    ['TypeError', {}, /^not a CherenkitError: TypeError: provoked/],
    ['exit', {}, /^process ended: 3/],
  ];
  for (const [provokes, kill, detail] of cases) {
    it(`finds this fault: ${provokes}, with limits ${JSON.stringify(kill)}`, async () => {
      const worker = new FuzzWorker(corpus, LIMITS, { ...KILL, ...kill });
      try {
        const report = await worker.run({ base: 'run.json', damage: [], provokes });
        expect(report.kind).to.equal('fault');
        expect(report.detail).to.match(detail);
        // A worker that was ended is replaced.
        expect(await worker.run({ base: 'run.json', damage: [] })).to.include({ kind: 'tables' });
      } finally {
        worker.close();
      }
    });
  }
});
