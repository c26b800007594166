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

/** Container classes of the results of a reconstructor: those of core, or subclasses with further fields. */
export interface ResultClasses {
  readonly GEOMETRY?: ContainerClass<ReconstructedGeometryContainer>;
  readonly ENERGY?: ContainerClass<ReconstructedEnergyContainer>;
  readonly PARTICLE_TYPE?: ContainerClass<ParticleClassificationContainer>;
}

/**
 * Reconstructs properties of the shower from the images of an event: geometry, energy or particle type. Source: ctapipe 0.32
 * `Reconstructor`.
 *
 * @example
 * ```ts
 * class BrightestImageReconstructor extends Reconstructor {
 *   static override readonly help = 'Takes the pointing of the telescope with the brightest image as direction.';
 *   override readonly resultClasses = { GEOMETRY: ReconstructedGeometryContainer };
 *
 *   override reconstruct(event: ArrayEvent): void {
 *     let telId: number | undefined;
 *     let largest = 0;
 *     for (const [id, { parameters }] of event.dl1.tel) {
 *       const intensity = parameters?.hillas.intensity ?? NaN;
 *       if (intensity > largest) [telId, largest] = [id, intensity];
 *     }
 *     const pointing = telId === undefined ? undefined : event.monitoring.tel.get(telId)?.pointing;
 *     const result = pointing
 *       ? { alt: pointing.altitude, az: pointing.azimuth, isValid: true }
 *       : { isValid: false, reason: 'no image' };
 *     event.dl2.stereo.geometry.set(this.prefix, new ReconstructedGeometryContainer(result));
 *   }
 * }
 * ```
 */
export abstract class Reconstructor extends Component {
  static override readonly kind: string = 'Reconstructor';
  static override readonly methods: readonly string[] = ['reconstruct'];

  /**
   * Classes of its stereo results, by property. If the reconstructor throws for an event, they are stored as invalid results.
   * Default: the classes of the results of earlier events; a geometry if it gives no result for any event of a run. Declare
   * them if it reconstructs anything else, so that its tables do not depend on the events.
   */
  readonly resultClasses: ResultClasses = {};

  /**
   * Name of its results: the key in the maps of `event.dl2`, and the beginning of the names of columns. Default: the class name.
   * Reconstructors whose results depend on a model have a trait of this name.
   */
  get prefix(): string {
    return this.name;
  }

  /**
   * Adds its result to `event.dl2`, with `this.prefix` as key. If the event cannot be reconstructed, it adds an invalid result
   * with a reason.
   */
  abstract reconstruct(event: ArrayEvent): void;

  /**
   * Reconstructs from columns instead of events, with the same results, to apply a reconstructor to processed files. Implemented
   * by reconstructors that treat each telescope separately; see `TableReconstructor`.
   *
   * @param table - events of one telescope, one per row
   * @returns columns of the results, with the same number of rows
   */
  predictTable?(table: Table, telId: number): Table;

  /**
   * Checks before the first event that it can reconstruct events of the array, for example that it has a model. Called by
   * `ShowerProcessor`.
   *
   * @throws CherenkitError
   */
  checkReady?(): void;

  /** Prepares the reconstructor, for example by reading a file. Called once, before the first event, by `ShowerProcessor.prepare`. */
  prepare?(): Promise<void>;

  /** Number of images that passed each quality criterion so far; undefined for a reconstructor without criteria. */
  get statistics(): QualityStatistics | undefined {
    return undefined;
  }
}

/** Name of the results of a reconstructor, which may be of another copy of core without `prefix`. */
export function prefixOfResults({ prefix, name }: Partial<Pick<Reconstructor, 'prefix'>> & Reconstructor): string {
  return prefix ?? name;
}
