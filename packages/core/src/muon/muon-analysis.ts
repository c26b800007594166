import { Component } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';

/** Finds muon rings in the images of an event. */
export abstract class MuonAnalysis extends Component {
  static override readonly kind: string = 'MuonAnalysis';
  static override readonly methods: readonly string[] = ['process'];

  /** Fills `event.muon` for each telescope with an image. If no ring is found, adds the reason to it and to `event.rejections`. */
  abstract process(event: ArrayEvent): void;

  /** Number of images that passed each criterion so far, by the name of the query. */
  get statistics(): ReadonlyMap<string, QualityStatistics> {
    return new Map();
  }
}
