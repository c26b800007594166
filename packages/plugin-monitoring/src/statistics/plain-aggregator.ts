import { plainStatistics, type ElementStatistics } from '@cherenkit/kernels';
import { elementsOf, StatisticsAggregator, type EventSample } from './base-aggregator.js';

/** Mean, median and standard deviation of all finite values. Source: ctapipe 0.32 `PlainAggregator`. */
export class PlainAggregator extends StatisticsAggregator {
  static override readonly help = 'Mean, median and standard deviation of all values.';

  override statistics(sample: EventSample): ElementStatistics {
    return plainStatistics(sample.values, elementsOf(sample));
  }
}
