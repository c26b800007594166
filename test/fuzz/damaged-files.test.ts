import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { makeCorpus, type Corpus } from './fuzz-corpus.js';
import { CPU_LIMIT, FuzzWorker, MEMORY_LIMIT } from './fuzz-worker-process.js';
import { killRuns } from './killed-runs.js';
import { randomRecipe } from './random-recipe.js';
import type { Recipe } from './recipe.js';

/** A recipe with its outcome: the code of the error, or `tables`. */
interface KnownRecipe extends Recipe {
  readonly name: string;
  readonly expected: string;
}

const SEED = 20260101;
/** `npm run fuzz` runs as many as there is time for. */
const MUTANTS = 300;
const KILLS = 10;
/** With margins to those of `npm run fuzz`: other tests run at the same time, and memory includes garbage. */
const LIMITS = { cpu: 3 * CPU_LIMIT, memory: 1.5 * MEMORY_LIMIT };

const knownRecipes = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'fuzz', 'known-recipes.json'), 'utf8'),
) as KnownRecipe[];

describe('damaged files', function () {
  this.timeout(600_000);
  let corpus: Corpus;
  let worker: FuzzWorker;

  before(async () => {
    corpus = await makeCorpus();
    worker = new FuzzWorker(corpus, LIMITS);
  });
  after(() => {
    worker.close();
    corpus[Symbol.dispose]();
  });

  for (const { name, expected, ...recipe } of knownRecipes) {
    const outcome = expected === 'tables' ? 'are processed' : `are refused with ${expected}`;
    it(`with ${name} ${outcome}, within ${LIMITS.cpu} s and ${LIMITS.memory} MB`, async () => {
      const { kind, detail } = await worker.run(recipe);
      expect(kind === 'tables' ? kind : detail).to.equal(expected);
    });
  }

  it(`give tables or an error with code and place, ${MUTANTS} of them chosen at random`, async () => {
    const outcomes = new Map<string, number>();
    for (let i = 0; i < MUTANTS; i++) {
      const recipe = randomRecipe(SEED, i, corpus.names);
      const { kind, detail } = await worker.run(recipe);
      expect(kind, `seed ${SEED}, mutant ${i}: ${detail}\n${JSON.stringify(recipe)}`).not.to.equal('fault');
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    expect(outcomes.get('tables')).to.be.greaterThan(MUTANTS / 30);
    expect(outcomes.get('error')).to.be.greaterThan(MUTANTS / 30);
  });

  it(`are not left by runs that are killed, ${KILLS} times`, async () => {
    const { faults } = await killRuns(corpus.pathOf('lst.simtel'), { count: KILLS, seed: SEED });
    expect(faults).to.deep.equal([]);
  });
});
