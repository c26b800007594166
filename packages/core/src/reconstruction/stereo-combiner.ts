import type { Table } from '@cherenkit/tables';
import { Component, trait } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';

/** Properties that can be predicted for single telescopes. Source: ctapipe 0.32 `ReconstructionProperty`. */
export const RECONSTRUCTION_PROPERTIES = ['ENERGY', 'GEOMETRY', 'PARTICLE_TYPE'] as const;
export type ReconstructionProperty = (typeof RECONSTRUCTION_PROPERTIES)[number];

/**
 * Combines the predictions of a reconstructor for single telescopes to one prediction for the event.
 *
 * It is a child of the reconstructor, which selects it in a trait and calls it after filling `dl2.tel`. Source: ctapipe 0.32
 * `StereoCombiner`.
 */
export abstract class StereoCombiner extends Component.withTraits({
  prefix: trait.string({
    default: '',
    help: 'Name of the predictions to combine; overridden by the name of the parent reconstructor.',
  }),
  property: trait.oneOf(RECONSTRUCTION_PROPERTIES, {
    default: 'ENERGY',
    caseless: true,
    help: 'The property to combine; overridden by the property of the parent reconstructor.',
  }),
}) {
  static override readonly kind: string = 'StereoCombiner';
  static override readonly methods: readonly string[] = ['combine'];

  /**
   * Combines the valid predictions in `event.dl2.tel` and adds the result to `event.dl2.stereo`. Without valid predictions it
   * adds an invalid result with a reason.
   *
   * @param property - property to combine. Default: the trait
   * @param prefix - name of the predictions, their key in the maps of `dl2`. Default: the trait
   */
  abstract combine(event: ArrayEvent, property?: ReconstructionProperty, prefix?: string): void;

  /**
   * Combines predictions in columns instead of events, to apply models to processed files. Implemented by combiners that support
   * it.
   *
   * @param table - telescope events, those of an array event in adjacent rows: ids, image parameters and predictions, such as
   *   `PREFIX_tel_energy` and `PREFIX_tel_is_valid`
   * @returns one row per array event: ids, the columns of the result such as `PREFIX_energy` and `PREFIX_is_valid`, and
   *   `PREFIX_telescopes`, with one flag per telescope
   */
  combineTable?(table: Table, property?: ReconstructionProperty, prefix?: string): Table;
}
