// Reads damaged HDF5 files, each completely, by the library in a worker. The outcome has to be values or a CherenkitError; an
// abort of the library is one, too, and counted. With --ours, our own reader of PyTables' format reads them as well, and columns
// that both read are compared.
// Prints the outcomes, the longest time and the peak of memory.
//
// usage: npm run fuzz:hdf5 -- FILE... [--count 1000] [--seed 1] [--first 0] [--ours]
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { differentColumns, mutateHdf5, readAllOf, readByOurReader } from '../test/dist/fuzz/mutate-hdf5.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    ours: { type: 'boolean', default: false },
  },
});
const [count, seed, first] = [values.count, values.seed, values.first].map(Number);
const files = positionals.map((name) => ({ name, bytes: readFileSync(name) }));
if (files.length === 0) {
  console.error('Expected the paths of HDF5 files to damage.');
  process.exit(2);
}

const outcomes = { library: {}, ours: {} };
let [longest, peak, faults, nDifferent] = [0, 0, 0, 0];
for (let index = first; index < first + count; index++) {
  const { name, bytes } = files[index % files.length];
  const mutant = mutateHdf5(bytes, seed, index);
  const digests = [new Map(), new Map()];
  const engines = {
    library: () => readAllOf(mutant, { worker: true }, digests[0]),
    ...(values.ours && { ours: () => readByOurReader(mutant, digests[1]) }),
  };
  for (const [engine, read] of Object.entries(engines)) {
    const started = performance.now();
    let outcome;
    try {
      outcome = await read();
    } catch (error) {
      outcome = 'FAULT';
      faults++;
      console.log(
        `FAULT of ${engine}: ${name} --seed ${seed} --first ${index} --count 1\n${error.stack.slice(0, 600)}`,
      );
    }
    longest = Math.max(longest, performance.now() - started);
    outcomes[engine][outcome] = (outcomes[engine][outcome] ?? 0) + 1;
  }
  const different = differentColumns(...digests);
  if (different.length > 0) {
    nDifferent++;
    console.log(`DIFFERENT: ${name} --seed ${seed} --first ${index} --count 1: ${different.slice(0, 3).join(', ')}`);
  }
  peak = Math.max(peak, process.memoryUsage().rss);
}
console.log(`${count} damaged files of ${files.length}, seed ${seed}: ${JSON.stringify(outcomes)}`);
console.log(`longest ${(longest / 1000).toFixed(1)} s, peak of memory ${Math.round(peak / 1e6)} MB, ${faults} faults`);
if (values.ours) console.log(`${nDifferent} files with columns that both read, but differently`);
if (faults > 0) process.exit(1);
