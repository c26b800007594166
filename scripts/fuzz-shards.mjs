// Processes productions in shards, ends some of their processes at random times with signals or full disks, submits those again that
// `cherenkit verify --resubmit` names, and checks that the merged outputs equal those of single runs. Run a build first.
// CHERENKIT_TEST_DATA names a folder with real files.
//
// usage: npm run fuzz:shards -- [--seed N] [--repeat 1]
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { killShards } from '../test/dist/fuzz/killed-shards.js';
import { inTestData, TEST_DATA } from '../test/dist/support/test-data.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    repeat: { type: 'string', default: '1' },
  },
});
const configuration = 'DataWriter: { write_dl1_images: true, write_dl2: true }\n';
const equivalent = `${configuration}EventSource: { focal_length_choice: EQUIVALENT }\n`;
/** Inputs with about 50 shards altogether. */
const inputs = [
  { input: 'toymodel:?events=20&seed=4', nEvents: 2, configuration },
  { input: 'toymodel:?array=north&events=10&seed=5', nEvents: 2, configuration },
  ...(TEST_DATA === undefined
    ? []
    : [
        { input: inTestData('data', 'gamma_merged.simtel.gz'), nEvents: 2, configuration: equivalent },
        { input: inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst'), nEvents: 1, configuration },
        { input: inTestData('data', 'lst_muons.simtel.zst'), nEvents: 1, configuration: equivalent },
      ]),
];
let failed = false;
for (let i = 0; i < Number(values.repeat); i++) {
  const seed = Number(values.seed) + i;
  const started = performance.now();
  const { nShards, nRounds, counts, faults } = await killShards(inputs, seed);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${nShards} shards, ${nRounds} submissions in ${seconds} s, seed ${seed}: ${faults.length} faults`);
  for (const [outcome, n] of [...counts].sort()) console.log(`${String(n).padStart(6)} ${outcome}`);
  failed ||= faults.length > 0;
}
process.exitCode = failed ? 1 : 0;
