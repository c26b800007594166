import { trait } from '@cherenkit/core';
import { clippedStatistics, type ElementStatistics } from '@cherenkit/kernels';
import { elementsOf, StatisticsAggregator, type EventSample } from './base-aggregator.js';

/** Mean, median and standard deviation without outliers. Source: ctapipe 0.32 `SigmaClippingAggregator`. */
export class SigmaClippingAggregator extends StatisticsAggregator.withTraits({
  maxSigma: trait.integer({
    default: 4,
    minimum: 1,
    help: 'Number of standard deviations beyond which values are left out.',
  }),
  iterations: trait.integer({ default: 5, minimum: 1, help: 'Number of times that outliers are left out, at most.' }),
}) {
  static override readonly help = 'Mean, median and standard deviation without outliers.';

  override statistics(sample: EventSample): ElementStatistics {
    return clippedStatistics(sample.values, elementsOf(sample), this.traits);
  }
}
