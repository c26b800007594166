import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';

const SCRIPT = join(REPOSITORY_ROOT, 'test', 'support', 'ctapipe_statistics.py');

const range = (column: string, lower: number, upper: number) => ({
  apply_to: column,
  name: 'RangeOutlierDetector',
  config: { validity_range: [lower, upper] },
});
const DETECTORS = [
  { apply_to: 'median', name: 'MedianOutlierDetector', config: { median_range_factors: [-0.5, 0.5] } },
  { apply_to: 'std', name: 'StdOutlierDetector', config: { std_range_factors: [-3, 3] } },
  range('mean', -5, 120),
];
const AXIS = {
  ...{ class_name: 'Regular', bins: 10, start: -20.5, stop: 180.5, name: 'charge' },
  ...{ underflow: true, overflow: true },
};

/** Settings of chunking, aggregator and detectors. */
const CASES: readonly (readonly [aggregator: string, traits: object, chunking: object, detectors: object[] | null])[] =
  [
    ['PlainAggregator', {}, { chunk_size: 10, last_chunk_policy: 'overlap' }, DETECTORS],
    ['SigmaClippingAggregator', { max_sigma: 2 }, { chunk_size: 7, chunk_shift: 3 }, [range('mean', -5, 120)]],
    ['PlainAggregator', {}, { chunk_duration: '10 s', last_chunk_policy: 'overlap' }, DETECTORS],
    ['SigmaClippingAggregator', { iterations: 1 }, { chunk_duration: '7.5 s', last_chunk_policy: 'skip' }, DETECTORS],
    ['HistogramAggregator', { axis_definition: AXIS }, { chunk_duration: '9 s' }, [range('histogram', 0, 6)]],
    ['HistogramAggregator', { axis_definition: AXIS }, { chunk_size: 12, last_chunk_policy: 'truncate' }, null],
  ];

describe('cherenkit calculate-pixel-statistics, of two gain channels with missing values', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  before(async function () {
    skipWithoutCtapipeOrTestData.call(this);
    const flags = ['-t', '1', '--write-images', '--no-write-parameters'];
    const input = 'toymodel:?array=lst&calibration=90&events=1&seed=31';
    const types = '--EventTypeFilter.allowed_types=["FLATFIELD"]';
    const { exitCode, stderr } = await cherenkit(
      ['process', '-i', input, '-o', 'toy.h5', ...flags, types],
      folder.path,
    );
    expect(exitCode, stderr).to.equal(0);
    await ctapipePython([SCRIPT, 'prepare', folder.join('toy.h5'), folder.join('input.h5')], { cwd: folder.path });
  });
  after(() => folder[Symbol.dispose]());

  for (const [index, [aggregator, traits, chunking, detectors]] of CASES.entries()) {
    it(`is that of ctapipe: ${aggregator}, ${JSON.stringify(chunking)}`, async () => {
      const chunkingType = 'chunk_duration' in chunking ? 'TimeChunking' : 'SizeChunking';
      const config = {
        PixelStatisticsCalculator: {
          stats_aggregator_type: [['type', '*', aggregator]],
          outlier_detector_list: detectors,
          faulty_pixels_fraction: 0.2,
        },
        [aggregator]: { chunking_type: chunkingType, ...traits },
        [chunkingType]: chunking,
      };
      const [file, ours, reference] = ['json', 'ours.h5', 'reference.h5'].map((name) =>
        folder.join(`${index}.${name}`),
      );
      folder.write(`${index}.json`, JSON.stringify(config));
      const args = ['-i', 'input.h5', '-o', ours, '-c', file];
      const { exitCode, stderr } = await cherenkit(['calculate-pixel-statistics', ...args], folder.path);
      expect(exitCode, stderr).to.equal(0);
      const input = folder.join('input.h5');
      await ctapipePython([SCRIPT, 'replace', input, file, ours, reference], { cwd: folder.path });
      await expectSameTables(reference, ours, []);
    });
  }
});
