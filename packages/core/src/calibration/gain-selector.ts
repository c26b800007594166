import { Component } from '../framework/component/index.js';
import type { AdcSamples, Waveforms } from '../event/index.js';

/** Chooses for each pixel which of its gain channels to go on with. */
export abstract class GainSelector extends Component {
  static override readonly kind: string = 'GainSelector';

  /**
   * @param waveforms - raw samples of all channels
   * @returns per pixel 0 for the high gain, 1 for the low gain
   */
  abstract select(waveforms: Waveforms<AdcSamples>, telId: number): Int8Array;
}
