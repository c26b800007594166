import { join } from 'node:path';
import hdf5, { TableLoader } from '@cherenkit/plugin-hdf5';
import irf, { EventPreprocessor } from '@cherenkit/plugin-irf';
import { Table } from '@cherenkit/tables';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { errorMessage } from '../support/error-message.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData } from '../support/test-data.js';

const plugins = [irf, hdf5];

/** Columns as `event_preprocessor.py` prints them. */
type Expected = Readonly<Record<string, { readonly unit: string | null; readonly values: readonly number[] }>>;

describe('EventPreprocessor', function () {
  this.timeout(60_000);

  it('gives the events and columns of ctapipe for instrument responses', async function () {
    skipWithoutCtapipeOrTestData.call(this);
    const file = inTestData('reference', 'irf', 'gamma_diffuse.dl2.h5');
    await using loader = await buildComponent(TableLoader, { plugins });
    await loader.open(file);
    const events = await loader.readSubarrayEvents({ dl2: true, simulated: true, observationInfo: true });
    const preprocessor = await buildComponent(EventPreprocessor, { plugins, traits: { featureSet: 'dl2_irf' } });
    const processed = preprocessor.process(events);
    using folder = new TemporaryFolder();
    const script = join(REPOSITORY_ROOT, 'test', 'plugin-irf', 'event_preprocessor.py');
    const expected = JSON.parse(await ctapipePython([script, file], { cwd: folder.path })) as Expected;
    expect(processed.names).to.deep.equal(Object.keys(expected));
    expect(processed.nRows).to.be.greaterThan(100).and.lessThan(events.nRows);
    for (const [name, { unit, values }] of Object.entries(expected)) {
      const found = processed.numbers(name, unit ?? undefined);
      expect(found, name).to.have.length(values.length);
      // Angles near 0 are differences of others, in single precision in ctapipe.
      values.forEach((value, row) => expect(found[row], name).to.be.closeTo(value, 2e-5 + 1e-6 * Math.abs(value)));
    }
  });

  it('computes features, selects events and keeps columns of a configuration', async () => {
    const config = {
      EventPreprocessor: {
        features: ['event_id', 'ratio'],
        FeatureGenerator: { features: [['ratio', 'reco_energy / true_energy']] },
        QualityQuery: { quality_criteria: [['good', 'ratio > 0.5']] },
      },
    };
    const energy = (values: number[]) => ({ values, unit: 'TeV' });
    const table = Table.of({
      event_id: [1, 2, 3],
      reco_energy: energy([1, 0.2, 3]),
      true_energy: energy([2 / 1.5, 1, 2]),
    });
    const preprocessor = await buildComponent(EventPreprocessor, { plugins, config });
    const processed = preprocessor.process(table);
    expect(processed.names).to.deep.equal(preprocessor.columns).and.to.deep.equal(['event_id', 'ratio']);
    expect([...processed.numbers('event_id')]).to.deep.equal([1, 3]);
    expect([...processed.numbers('ratio')]).to.deep.equal([0.75, 1.5]);
  });

  it('needs columns to keep', async () => {
    const preprocessor = await buildComponent(EventPreprocessor, { plugins });
    expect(errorMessage(() => preprocessor.process(new Table([])))).to.match(
      /^IRF_REFUSED: EventPreprocessor: features is empty.*feature_set to dl2_irf/,
    );
  });
});
