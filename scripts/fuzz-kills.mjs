// Ends `cherenkit process` with signals at random times, and checks that its output is complete or absent, and that the next
// run removes what was left. Run a build first.
//
// usage: npm run fuzz:kills -- [--count 1000] [--seed N]
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { makeCorpus } from '../test/dist/fuzz/fuzz-corpus.js';
import { killRuns } from '../test/dist/fuzz/killed-runs.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const corpus = await makeCorpus();
const started = performance.now();
const { counts, faults } = await killRuns(corpus.pathOf('lst.simtel'), {
  count: Number(values.count),
  seed: Number(values.seed),
  onKill: (done, faults) => done % 100 === 0 && console.log(`${done} kills, ${faults} faults`),
});
corpus[Symbol.dispose]();
for (const fault of faults) console.log(`FAULT ${fault}`);
console.log(
  `\n${values.count} kills in ${((performance.now() - started) / 1000).toFixed(0)} s, seed ${values.seed}: ${faults.length} faults`,
);
for (const [outcome, n] of [...counts].sort()) console.log(`${String(n).padStart(6)} ${outcome}`);
process.exitCode = faults.length === 0 ? 0 : 1;
