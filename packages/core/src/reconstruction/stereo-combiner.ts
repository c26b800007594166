import { Component, trait } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';

/** What of a shower can be predicted for each telescope by itself. */
export const RECONSTRUCTION_PROPERTIES = ['ENERGY', 'GEOMETRY', 'PARTICLE_TYPE'] as const;
export type ReconstructionProperty = (typeof RECONSTRUCTION_PROPERTIES)[number];

/**
 * Makes one prediction for the event of those that a reconstructor made for its telescopes.
 *
 * A child of such a reconstructor, which names it in a trait and calls it when `dl2.tel` is filled. Source: ctapipe 0.32
 * `StereoCombiner`.
 */
export abstract class StereoCombiner extends Component.withTraits({
  prefix: trait.string({
    default: '',
    help: 'Name of the predictions to combine; a reconstructor that combines its own gives its name instead.',
  }),
  property: trait.oneOf(RECONSTRUCTION_PROPERTIES, {
    default: 'ENERGY',
    caseless: true,
    help: 'What to combine; a reconstructor that combines its own predictions tells that instead.',
  }),
}) {
  static override readonly kind: string = 'StereoCombiner';

  /**
   * Puts into `event.dl2.stereo` what the valid predictions of one name in `event.dl2.tel` give together: where there are
   * none a result that is not valid, with the reason.
   *
   * @param property - by default the trait
   * @param prefix - the name in the maps of `dl2`, by default the trait
   */
  abstract combine(event: ArrayEvent, property?: ReconstructionProperty, prefix?: string): void;
}
