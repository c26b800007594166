import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { EventSource, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { eventDifferences, type Json } from '../../support/compare-event-json.js';
import { inTestData, skipWithoutTestData, TEST_DATA } from '../../support/test-data.js';

interface Reference {
  readonly file: string;
  readonly focal_length_choice: 'EFFECTIVE' | 'EQUIVALENT';
  readonly data_levels: readonly string[];
  readonly obs_ids: readonly number[];
  readonly is_simulation: boolean;
  readonly scheduling_blocks: Readonly<Record<string, Json>>;
  readonly observation_blocks: Readonly<Record<string, Json>>;
  readonly simulation_config: Readonly<Record<string, Json>>;
  readonly events: readonly Json[];
}

/** ctapipe does not read core_psi, which its files have. */
const NOT_READ_BY_CTAPIPE = /\.parameters\.core\.psi$/;

const FOLDERS = ['data/hdf5', 'reference', 'reference/tables'];

function pathOf(file: string): string {
  const paths = FOLDERS.map((folder) => inTestData(folder, file));
  return paths.find((path) => existsSync(path)) ?? file;
}

async function eventsOf(source: EventSource): Promise<ArrayEvent[]> {
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

describe('HDF5EventSource', function () {
  this.timeout(60_000);

  describe('compared with ctapipe', () => {
    before(skipWithoutTestData);
    const folder = TEST_DATA === undefined ? undefined : inTestData('reference', 'tables');
    const references =
      folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.events.json.gz'));
    for (const name of references) {
      it(`reads the events of ${name.replace('.events.json.gz', '')}`, async () => {
        const packed = readFileSync(inTestData('reference', 'tables', name));
        const reference = JSON.parse(gunzipSync(packed).toString()) as Reference;
        const focalLengthChoice = reference.focal_length_choice;
        await using source = await EventSource.open(pathOf(reference.file), { focalLengthChoice });
        const { run } = source;
        expect(source.name).to.equal('HDF5EventSource');
        expect(run.dataLevels).to.deep.equal(reference.data_levels);
        expect(run.isSimulation).to.equal(reference.is_simulation);
        expect([...run.observationBlocks.keys()]).to.deep.equal(reference.obs_ids);
        const options = { telIds: run.subarray.telIds, ignored: NOT_READ_BY_CTAPIPE };
        const blocks = [
          [reference.scheduling_blocks, run.schedulingBlocks],
          [reference.observation_blocks, run.observationBlocks],
          [reference.simulation_config, run.simulationConfig],
        ] as const;
        const differences = blocks.flatMap(([theirs, ours]) =>
          Object.entries(theirs).flatMap(([id, block]) => {
            const found = ours.get(Number(id));
            return found ? eventDifferences(block, found, options, id) : [`block ${id} is missing`];
          }),
        );
        const events = await eventsOf(source);
        expect(events).to.have.lengthOf(reference.events.length);
        events.forEach((event, i) => {
          differences.push(...eventDifferences(reference.events[i] ?? null, event, options, `event ${i}`));
        });
        expect(differences.slice(0, 40).join('\n')).to.equal('');
      });
    }
  });
});
