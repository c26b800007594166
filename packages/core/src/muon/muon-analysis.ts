import { Component } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';

/** Finds muons in the images of an event. */
export abstract class MuonAnalysis extends Component {
  static override readonly kind: string = 'MuonAnalysis';

  /** Fills `event.muon` for each telescope with an image: with the reason where it shows no muon, also in `event.rejections`. */
  abstract process(event: ArrayEvent): void;

  /** How many images passed each criterion so far, by the names of the queries. */
  get statistics(): ReadonlyMap<string, QualityStatistics> {
    return new Map();
  }
}
