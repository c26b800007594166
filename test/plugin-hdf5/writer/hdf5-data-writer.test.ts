import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_OUTCOME, PROVENANCE } from '@cherenkit/core';
import { Contact, HDF5DataWriter, Instrument } from '@cherenkit/plugin-hdf5';
import { expect } from 'chai';
import { makeDirectly } from '../../support/direct-component.js';
import { TEST_DATA } from '../../support/repository-root.js';
import { CTAPIPE_PYTHON } from '../../support/pytables.js';
import { RecordedSource } from '../../support/recorded-source.js';

const provenance = { inputs: [], outputs: [], addInput: () => undefined, addOutput: () => undefined };

/** Writes all that a source has. */
async function write(source: RecordedSource, outputPath: string, values: object = {}): Promise<void> {
  const traits = { outputPath, writeDl1Images: true, writeDl1Parameters: true, writeDl2: true, ...values };
  const writer = makeDirectly(
    HDF5DataWriter,
    source.subarray,
    { HDF5DataWriter: traits },
    [Contact, Instrument],
    new Map([[PROVENANCE, provenance]]),
  );
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

describe('HDF5DataWriter', function () {
  let folder = '';
  before(function () {
    if (TEST_DATA === undefined || CTAPIPE_PYTHON === undefined) {
      console.log('      skipped: set CHERENKIT_TEST_DATA, and CTAPIPE_PYTHON to a Python with ctapipe');
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'writer-'));
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  const references =
    TEST_DATA === undefined ? [] : readdirSync(join(TEST_DATA, 'reference')).filter((name) => name.endsWith('.h5'));
  for (const name of references) {
    it(`writes ${name} again from its events, with no difference to ctapipe's`, async () => {
      const [reference, ours] = [join(TEST_DATA ?? '', 'reference', name), join(folder, name)];
      await write(await RecordedSource.of(reference), ours);
      const judge = join(TEST_DATA ?? '', 'tools', 'compare_tables.py');
      const { stdout } = spawnSync(CTAPIPE_PYTHON ?? '', [judge, reference, ours, '--rtol', '1e-12'], {
        encoding: 'utf8',
      });
      expect(stdout).to.match(/^[1-9]\d* tables equal, 0 differ, 0 missing\n$/, stdout);
    });
  }
});
