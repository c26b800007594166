import { Component } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';

/** Changes calibrated waveforms, so that simulations look like data with more noise. */
export abstract class WaveformModifier extends Component {
  static override readonly kind: string = 'WaveformModifier';

  /** Reads what it needs; awaited once, before the first event. */
  abstract prepare(): Promise<void>;

  /**
   * Gives the R1 waveforms of an event new samples. Chance has to follow from the event's index and from the telescope
   * alone, so that the result depends neither on other events nor on their order.
   */
  abstract modify(event: ArrayEvent): void;
}
