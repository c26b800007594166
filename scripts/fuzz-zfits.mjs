// Reads damaged zfits files, each completely: random damages, and damages of the structure. The outcome has to be values or a CherenkitError. Where only data were damaged, and not
// headers, the checksum has to find it: other values are a fault. Prints the outcomes, the longest time and the peak of memory.
//
// usage: npm run fuzz:zfits -- FILE... [--count 1000] [--seed 1] [--first 0]
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { haveSameSums, mutateZfitsStructure, structureOf } from '../test/dist/fuzz/mutate-zfits-structure.js';
import { haveSameHeaders, mutateZfits, readZfits } from '../test/dist/fuzz/mutate-zfits.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
  },
});
const [count, seed, first] = [values.count, values.seed, values.first].map(Number);
const files = [];
for (const name of positionals) {
  const bytes = new Uint8Array(readFileSync(name));
  files.push({ name, bytes, digest: (await readZfits(bytes)).digest, structure: await structureOf(bytes) });
}
if (files.length === 0) {
  console.error('Expected the paths of zfits files to damage.');
  process.exit(2);
}

const outcomes = {};
let [longest, peak, faults] = [0, 0, 0];
for (let index = first; index < first + count; index++) {
  const { name, bytes, digest, structure } = files[index % files.length];
  const isStructure = Math.floor(index / files.length) % 2 === 1;
  const mutant = isStructure ? mutateZfitsStructure(bytes, structure, seed, index) : mutateZfits(bytes, seed, index);
  const started = performance.now();
  let outcome;
  try {
    const found = await readZfits(mutant);
    if (found.code !== undefined) outcome = found.code;
    else if (found.digest === digest) outcome = 'same values';
    else if (!haveSameHeaders(bytes, mutant)) outcome = 'other header, other values';
    else outcome = haveSameSums(bytes, mutant, structure) ? 'other values, same checksum' : 'SILENTLY WRONG';
  } catch (error) {
    outcome = 'FAULT';
    console.log(error.stack.slice(0, 600));
  }
  if (/FAULT|SILENTLY/.test(outcome)) {
    faults++;
    console.log(`${outcome}: ${name} --seed ${seed} --first ${index} --count 1`);
  }
  longest = Math.max(longest, performance.now() - started);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  peak = Math.max(peak, process.memoryUsage().rss);
}
console.log(`${count} damaged files of ${files.length}, seed ${seed}: ${JSON.stringify(outcomes)}`);
console.log(`longest ${longest.toFixed(0)} ms, peak of memory ${(peak / 1e6).toFixed(0)} MB, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
