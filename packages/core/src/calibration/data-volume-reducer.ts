import { Component } from '../framework/component/index.js';
import type { Waveforms } from '../event/index.js';

/** Chooses the pixels whose waveforms are kept. */
export abstract class DataVolumeReducer extends Component {
  static override readonly kind: string = 'DataVolumeReducer';

  /** Whether it can do with one gain channel per pixel only; it throws where it is given both. */
  readonly needsSelectedGain: boolean = false;

  /** @returns per pixel 1 where its waveform is kept; undefined where all are */
  abstract reduce(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
  ): Uint8Array | undefined;
}
