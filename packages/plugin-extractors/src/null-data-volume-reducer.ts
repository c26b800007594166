import { DataVolumeReducer } from '@cherenkit/core';

/** Keeps all waveforms. Source: ctapipe 0.32 `NullDataVolumeReducer`. */
export class NullDataVolumeReducer extends DataVolumeReducer {
  static override readonly help = 'Keeps the waveforms of all pixels.';

  override reduce(): undefined {
    return undefined;
  }
}
