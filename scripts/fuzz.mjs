// Runs `cherenkit process` over damaged files and configurations, each in a worker process with limits of CPU time and memory.
// The outcome has to be tables, or a CherenkitError with a code and a place. Faults are printed with what repeats them.
// Files of sim_telarray below $CHERENKIT_TEST_DATA/data are damaged as well, if it is set. Run a build first.
//
// usage: npm run fuzz -- [--seconds 60 | --count N] [--seed N] [--first N] [--only NAME] [--recipe JSON] [--known]
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { makeCorpus } from '../test/dist/fuzz/fuzz-corpus.js';
import { FuzzWorker } from '../test/dist/fuzz/fuzz-worker-process.js';
import { randomRecipe } from '../test/dist/fuzz/random-recipe.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    first: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    recipe: { type: 'string' },
    known: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const count = Number(values.count ?? Infinity);
const seconds = Number(values.seconds ?? (values.count === undefined ? 60 : Infinity));
const testData = process.env.CHERENKIT_TEST_DATA;
const corpus = await makeCorpus(testData ? `${testData}/data` : undefined);
const worker = new FuzzWorker(corpus);

const outcomes = new Map();
const faults = [];
let [done, cpu, longest, memory] = [0, 0, 0, 0];

async function run(recipe, name) {
  const report = await worker.run(recipe);
  done++;
  cpu += report.cpu;
  longest = Math.max(longest, report.cpu);
  memory = Math.max(memory, report.memory[1] - report.memory[0]);
  const outcome = report.kind === 'error' ? report.detail : report.kind;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (report.kind !== 'fault') return report;
  faults.push(name);
  console.log(`\nFAULT ${name}: ${report.detail}\nnpm run fuzz -- --recipe '${JSON.stringify(recipe)}'`);
  return report;
}

const started = performance.now();
if (values.recipe !== undefined) {
  await run(JSON.parse(values.recipe), 'recipe');
} else if (values.known) {
  const known = JSON.parse(readFileSync(new URL('../test/fuzz/known-recipes.json', import.meta.url), 'utf8'));
  for (const { name, expected, ...recipe } of known) {
    if (!name.includes(values.only)) continue;
    const { kind, detail, cpu, memory } = await run(recipe, name);
    const found = kind === 'tables' ? kind : detail;
    console.log(
      `${found === expected ? 'ok' : 'DIFFERENT'} ${name}: ${found}, ${cpu.toFixed(1)} s, +${(memory[1] - memory[0]).toFixed(0)} MB`,
    );
    if (found !== expected) faults.push(name);
  }
} else {
  const bases = corpus.names.filter((name) => name.includes(values.only));
  console.log(`seed ${seed}, corpus: ${bases.join(' ')}`);
  for (let i = Number(values.first); done < count && performance.now() - started < 1000 * seconds; i++) {
    await run(randomRecipe(seed, i, bases), `seed ${seed}, mutant ${i}`);
    if (done % 1000 === 0) console.log(`${done} mutants, ${faults.length} faults`);
  }
}
worker.close();
corpus[Symbol.dispose]();

const elapsed = (performance.now() - started) / 1000;
const table = [...outcomes].sort(([, a], [, b]) => b - a).map(([name, n]) => `${String(n).padStart(8)} ${name}`);
console.log(
  `\n${done} mutants in ${elapsed.toFixed(0)} s: ${(done / elapsed).toFixed(1)} per second, ${faults.length} faults`,
);
console.log(
  `CPU time: ${((1000 * cpu) / done).toFixed(0)} ms on average, ${longest.toFixed(2)} s at most; memory: +${memory.toFixed(0)} MB at most`,
);
console.log(table.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
