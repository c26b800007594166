import type { Table } from '@cherenkit/tables';
import { Component } from '../framework/component/index.js';
import type {
  ArrayEvent,
  ContainerClass,
  ParticleClassificationContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
} from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';

/** The containers of a reconstructor's results: those of core, or such with more fields. */
export interface ResultClasses {
  readonly GEOMETRY?: ContainerClass<ReconstructedGeometryContainer>;
  readonly ENERGY?: ContainerClass<ReconstructedEnergyContainer>;
  readonly PARTICLE_TYPE?: ContainerClass<ParticleClassificationContainer>;
}

/** Estimates a property of the shower from the images of one event: its geometry, its energy, its particle. */
export abstract class Reconstructor extends Component {
  static override readonly kind: string = 'Reconstructor';

  /**
   * The classes of the results that it has for the array, by what they are. Where it fails for an event, the event has one
   * of each that is not valid.
   */
  readonly resultClasses: ResultClasses = {};

  /**
   * Puts its result into `event.dl2` under its own name: where the event cannot be reconstructed one that is not valid,
   * with the reason.
   */
  abstract reconstruct(event: ArrayEvent): void;

  /**
   * Reconstructs from columns instead of events, with the same results: for tables of events that were processed before. A
   * reconstructor has it if it works telescope by telescope; see `TableReconstructor`.
   *
   * @param table - events of one telescope, a row each
   * @returns the columns of the results, with as many rows
   */
  predictTable?(table: Table, telId: number): Table;

  /** How many images passed each of its quality criteria so far; undefined for one without criteria. */
  get statistics(): QualityStatistics | undefined {
    return undefined;
  }
}
