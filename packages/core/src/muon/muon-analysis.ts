import { Component } from '../component/index.js';
import type { ArrayEvent } from '../event/index.js';

/** Finds muons in the images of an event. */
export abstract class MuonAnalysis extends Component {
  static override readonly kind: string = 'MuonAnalysis';

  /** Fills `event.muon` for each telescope with an image: with the reason where it shows no muon. */
  abstract process(event: ArrayEvent): void;
}
