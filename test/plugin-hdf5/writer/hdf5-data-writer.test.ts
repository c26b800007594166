import { readdirSync } from 'node:fs';
import { EMPTY_OUTCOME } from '@cherenkit/core';
import hdf5Plugin, { HDF5DataWriter } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expectSameTables } from '../../support/compare-tables.js';
import { skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { inTestData, TEST_DATA } from '../../support/test-data.js';
import { RecordedSource } from '../../support/recorded-source.js';

/** Writes all events of a source. */
async function write(source: RecordedSource, outputPath: string, values: object = {}): Promise<void> {
  const traits = { outputPath, writeDl1Images: true, writeDl1Parameters: true, writeDl2: true, ...values };
  const writer = await buildComponent(HDF5DataWriter, { subarray: source.subarray, traits, plugins: [hdf5Plugin] });
  await writer.open(source.run);
  for await (const event of source) await writer.write(event);
  const [images, reconstructor] = [source.statistics('images'), source.statistics('reconstructor')];
  const reconstructors = reconstructor ? { HillasReconstructor: reconstructor } : {};
  await writer.finish({
    ...EMPTY_OUTCOME,
    statistics: { images, reconstructors, muons: {} },
    simulatedShowerDistributions: source.outcome.simulatedShowerDistributions,
    simulationConfig: source.run.simulationConfig,
  });
}

describe('HDF5DataWriter', () => {
  before(skipWithoutCtapipeOrTestData);

  const references =
    TEST_DATA === undefined ? [] : readdirSync(inTestData('reference')).filter((name) => name.endsWith('.h5'));
  for (const name of references) {
    it(`writes the events of ${name} to the same tables as ctapipe`, async () => {
      using folder = new TemporaryFolder();
      const [reference, ours] = [inTestData('reference', name), folder.join(name)];
      await write(await RecordedSource.of(reference), ours);
      await expectSameTables(reference, ours, ['--rtol', '1e-12']);
    });
  }
});
