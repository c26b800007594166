import { expect } from 'chai';
import { inTestData, TEST_DATA } from '../support/test-data.js';
import { killShards, type ShardedInput } from './killed-shards.js';

const SEED = 20260102;
const CONFIGURATION = 'DataWriter: { write_dl1_images: true, write_dl2: true }\n';

/** `npm run fuzz:shards` kills more of them. */
const INPUTS: readonly ShardedInput[] = [
  { input: 'toymodel:?events=18&seed=4', nEvents: 3, configuration: CONFIGURATION },
  ...(TEST_DATA === undefined
    ? []
    : [
        {
          input: inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst'),
          nEvents: 1,
          configuration: CONFIGURATION,
        },
      ]),
];

describe('shards whose processes are killed', function () {
  this.timeout(600_000);

  it('are resumed, and their merged outputs equal those of single runs', async () => {
    const { nShards, counts, faults } = await killShards(INPUTS, SEED);
    expect(faults).to.deep.equal([]);
    expect(nShards).to.be.at.least(6);
    expect([...counts.keys()].filter((outcome) => /no output/.test(outcome))).not.to.be.empty;
  });
});
