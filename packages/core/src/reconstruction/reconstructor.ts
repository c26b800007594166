import { Component } from '../component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';

/** Estimates a property of the shower from the images of one event: its geometry, its energy, its particle. */
export abstract class Reconstructor extends Component {
  static override readonly kind: string = 'Reconstructor';

  /**
   * Puts its result into `event.dl2` under its own name: where the event cannot be reconstructed one that is not valid,
   * with the reason.
   */
  abstract reconstruct(event: ArrayEvent): void;

  /** How many images passed each of its quality criteria so far; undefined for one without criteria. */
  get statistics(): QualityStatistics | undefined {
    return undefined;
  }
}
