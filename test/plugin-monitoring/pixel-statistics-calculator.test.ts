import { trait } from '@cherenkit/core';
import type { ElementStatistics, EventValues, RowRange } from '@cherenkit/kernels';
import monitoring, {
  BaseChunking,
  OutlierDetector,
  PixelStatisticsCalculator,
  StatisticsAggregator,
  type CalibrationSample,
  type EventSample,
} from '@cherenkit/plugin-monitoring';
import type { Table } from '@cherenkit/tables';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

const N_PIXELS = 6;

class HalvesChunking extends BaseChunking {
  static override readonly help = 'Divides the events into two halves.';

  override chunks({ length }: Float64Array): readonly RowRange[] {
    return [
      [0, length >> 1],
      [length >> 1, length],
    ];
  }
}

class FirstEventAggregator extends StatisticsAggregator {
  static override readonly help = 'Uses the first event of each chunk.';

  override statistics({ values, shape }: EventSample): ElementStatistics {
    const first = values.slice(0, shape[0] * shape[1]);
    const size = first.length;
    return {
      nEvents: new Int32Array(size).fill(1),
      mean: Float64Array.from(first),
      median: first,
      std: new Float64Array(size),
    };
  }
}

class BelowOutlierDetector extends OutlierDetector.withTraits({
  lowest: trait.number({ default: 0, help: 'Lowest value.' }),
}) {
  static override readonly help = 'Finds low values.';

  override outliers(values: EventValues): Uint8Array {
    return Uint8Array.from(values, (value) => (value < this.traits.lowest ? 1 : 0));
  }
}

const COMPONENTS = [HalvesChunking, FirstEventAggregator, BelowOutlierDetector];

/** Events a second apart: the value of pixel p in event e is 100 e + p. */
function sample(
  nEvents: number,
  change: (value: number, event: number, pixel: number) => number = (v) => v,
): CalibrationSample & { ranges: RowRange[] } {
  const ranges: RowRange[] = [];
  return {
    ranges,
    telId: 1,
    seconds: Float64Array.from({ length: nEvents }, (_, event) => event),
    shape: [1, N_PIXELS],
    unit: 'ns',
    timeOf: (event) => ({ seconds: 1000 + event, quarterNanoseconds: 5 }),
    eventIdOf: (event) => BigInt(10 + event),
    read: (events) => {
      ranges.push(events);
      const [start, end] = events;
      const values = new Float32Array((end - start) * N_PIXELS).map((_, i) => {
        const [event, pixel] = [start + Math.floor(i / N_PIXELS), i % N_PIXELS];
        return change(100 * event + pixel, event, pixel);
      });
      return Promise.resolve(values);
    },
  };
}

async function rowsOf(events: CalibrationSample, config: object): Promise<Table[]> {
  await using calculator = await buildComponent(PixelStatisticsCalculator, {
    plugins: [monitoring],
    components: COMPONENTS,
    config,
  });
  await calculator.prepare();
  const rows: Table[] = [];
  for await (const row of calculator.statistics(events)) rows.push(row);
  return rows;
}

const numbers = (rows: readonly Table[], name: string): number[][] =>
  rows.map((row) => [...row.column(name).values].map(Number));

describe('PixelStatisticsCalculator', () => {
  it('uses aggregators, chunkings and detectors of plugins', async () => {
    const rows = await rowsOf(sample(7), {
      PixelStatisticsCalculator: {
        stats_aggregator_type: 'FirstEventAggregator',
        outlier_detector_list: [
          { name: 'BelowOutlierDetector', apply_to: 'mean', config: { lowest: 2 } },
          { name: 'BelowOutlierDetector', apply_to: 'mean', config: { lowest: 301 } },
        ],
        faulty_pixels_fraction: 0.5,
      },
      FirstEventAggregator: { chunking_type: 'HalvesChunking' },
      // The configuration of an entry takes precedence.
      BelowOutlierDetector: { lowest: 1e6 },
    });
    expect(numbers(rows, 'mean')).to.deep.equal([
      [0, 1, 2, 3, 4, 5],
      [300, 301, 302, 303, 304, 305],
    ]);
    expect(numbers(rows, 'outlier_mask_detector_0')).to.deep.equal([
      [1, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    expect(numbers(rows, 'outlier_mask')[1]).to.deep.equal([1, 0, 0, 0, 0, 0]);
    expect(numbers(rows, 'is_valid')).to.deep.equal([[0], [1]]);
    expect(numbers(rows, 'event_id_start')).to.deep.equal([[10], [13]]);
    expect(rows.map((row) => row.column('time_end').timeAt(0).seconds)).to.deep.equal([1002, 1006]);
    expect(rows[0].column('mean').unit).to.equal('ns');
  });

  it('samples the surroundings of faulty chunks again, by size and by time', async () => {
    const flash = (value: number, event: number): number => value + (event >= 20 && event < 24 ? 1e5 : 0);
    const statistics = {
      stats_aggregator_type: 'PlainAggregator',
      outlier_detector_list: [
        { name: 'RangeOutlierDetector', apply_to: 'mean', config: { validity_range: [0, 5000] } },
      ],
    };
    const bySize = await rowsOf(sample(40, flash), {
      PixelStatisticsCalculator: statistics,
      SizeChunking: { chunk_size: 8, chunk_shift: 4 },
    });
    const starts = numbers(bySize, 'event_id_start').flat();
    expect(starts).to.deep.equal([...starts].sort((a, b) => a - b));
    // The third chunk, events 16 to 23, is faulty: the events from 12 to 28 are sampled again.
    expect(starts).to.deep.equal([10, 18, 22, 26, 26, 30, 31, 34, 42]);
    const byTime = await rowsOf(sample(40, flash), {
      PixelStatisticsCalculator: statistics,
      BaseAggregator: { chunking_type: 'TimeChunking' },
      TimeChunking: { chunk_duration: '8 s', chunk_shift: '4 s' },
    });
    expect(byTime.length).to.be.greaterThan(5);
    expect(numbers(byTime, 'is_valid').flat()).to.include(0);
  });

  it('reads one chunk at a time, in order', async () => {
    const events = sample(1000);
    await rowsOf(events, { SizeChunking: { chunk_size: 100 } });
    expect(events.ranges).to.deep.equal(Array.from({ length: 10 }, (_, i) => [100 * i, 100 * (i + 1)]));
  });
});
