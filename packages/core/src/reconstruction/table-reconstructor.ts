import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/errors';
import type { Table } from '@cherenkit/tables';
import { containersOf, telescopeEventTable } from '../data-model/index.js';
import {
  DispContainer,
  ParticleClassificationContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  TelescopeReconstructedContainer,
  type ArrayEvent,
  type Container,
  type ContainerClass,
} from '../event/index.js';
import { trait, type ComponentContext } from '../framework/component/index.js';
import { Reconstructor, type ResultClasses } from './reconstructor.js';
import { StereoCombiner } from './stereo-combiner.js';

/** Property predicted for each telescope: energy, particle type, or disp and the direction derived from it. */
export type PredictedProperty = 'ENERGY' | 'PARTICLE_TYPE' | 'DISP';

const RESULT_CLASSES: Readonly<Record<PredictedProperty, ResultClasses>> = {
  ENERGY: { ENERGY: ReconstructedEnergyContainer },
  PARTICLE_TYPE: { PARTICLE_TYPE: ParticleClassificationContainer },
  DISP: { GEOMETRY: ReconstructedDirectionContainer },
};

/**
 * Predicts one property of the shower for each telescope from columns, such as image parameters. Subclasses implement
 * `predictTable`, which is applied to tables as well as to single events.
 *
 * For an event, the predictions of its telescopes are stored in `dl2.tel` and combined to `dl2.stereo` by a stereo combiner.
 * Source: ctapipe 0.32 `SKLearnReconstructor`.
 *
 * @example
 * ```ts
 * class LightEnergy extends TableReconstructor {
 *   static override readonly property = 'ENERGY';
 *   override readonly inputColumns = ['hillas_intensity'];
 *   override predictTable(table: Table): Table {
 *     const energy = table.numbers('hillas_intensity').map((intensity) => intensity / 1000);
 *     return Table.of({
 *       [`${this.prefix}_tel_energy`]: { values: energy, unit: 'TeV' },
 *       [`${this.prefix}_tel_is_valid`]: Array.from(energy, (one) => one > 0),
 *     });
 *   }
 * }
 * ```
 */
export abstract class TableReconstructor extends Reconstructor.withTraits({
  stereoCombinerCls: trait.componentName(StereoCombiner, {
    default: 'StereoMeanCombiner',
    help: 'The stereo combiner, which combines the predictions of the telescopes.',
  }),
}) {
  static override readonly methods: readonly string[] = ['reconstruct', 'predictTable'];
  /** Property that the model predicts. */
  static readonly property: PredictedProperty = 'ENERGY';

  override readonly resultClasses: ResultClasses;
  readonly #combiner: StereoCombiner;

  constructor(context: ComponentContext) {
    super(context);
    this.resultClasses = RESULT_CLASSES[this.property];
    this.#combiner = context.create(StereoCombiner, this.traits.stereoCombinerCls);
  }

  /** Combines the predictions of telescopes: the component that `stereo_combiner_cls` names, or one that a model describes. */
  protected get combiner(): StereoCombiner {
    return this.#combiner;
  }

  /** The static `property` of the class. */
  get property(): PredictedProperty {
    return (this.constructor as typeof TableReconstructor).property;
  }

  /**
   * Names of the columns that `predictTable` reads, as in joined tables of telescope events: `hillas_width`,
   * `HillasReconstructor_h_max`, `HillasReconstructor_tel_impact_distance`.
   */
  abstract readonly inputColumns: readonly string[];

  /**
   * Predicts the property for each row of a table of events of one telescope.
   *
   * @param table - table with `inputColumns`, in the units of files; see `telescopeEventTable`
   * @returns table with the same number of rows and the columns of the result, whose names begin with the prefix; omitted columns
   *   have default values:
   *   - ENERGY: `PREFIX_tel_energy` (TeV), `PREFIX_tel_energy_uncert`, `PREFIX_tel_is_valid`
   *   - PARTICLE_TYPE: `PREFIX_tel_prediction`, `PREFIX_tel_is_valid`
   *   - DISP: `PREFIX_tel_parameter` (deg), `PREFIX_tel_sign_score`, `PREFIX_tel_alt`, `PREFIX_tel_az` (deg), `PREFIX_tel_is_valid`
   */
  abstract override predictTable(table: Table, telId: number): Table;

  /** @throws CherenkitError TABLE_COLUMN_UNKNOWN if there is no such input column */
  override reconstruct(event: ArrayEvent): void {
    for (const telId of event.dl1.tel.keys()) {
      const results = event.dl2.tel.get(telId) ?? new TelescopeReconstructedContainer();
      event.dl2.tel.set(telId, results);
      this.#storeResults(results, this.predictTable(this.#inputOf(event, telId), telId));
    }
    this.combiner.combine(event, this.property === 'DISP' ? 'GEOMETRY' : this.property, this.prefix);
  }

  /** @throws CherenkitError TABLE_COLUMN_UNKNOWN if there is no such input column */
  #inputOf(event: ArrayEvent, telId: number): Table {
    const table = telescopeEventTable([event], telId, this.inputColumns, this.context.subarray);
    const missing = this.inputColumns.find((name) => !table.has(name));
    if (missing === undefined) return table;
    const hint = didYouMean(missing, telescopeEventTable([event], telId, undefined, this.context.subarray).names);
    const remedy = hint || '; add the reconstructor that computes it before this one';
    const message = `${this.name}: there is no input column "${missing}"${remedy}`;
    throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, message);
  }

  #storeResults({ energy, particleType, disp, geometry }: TelescopeReconstructedContainer, predictions: Table): void {
    const resultOf = <C extends Container>(type: ContainerClass<C>): C => {
      const [result = new type()] = containersOf(predictions, type, `${this.prefix}_tel`);
      return result;
    };
    switch (this.property) {
      case 'ENERGY':
        energy.set(this.prefix, withReason(resultOf(ReconstructedEnergyContainer)));
        break;
      case 'PARTICLE_TYPE':
        particleType.set(this.prefix, withReason(resultOf(ParticleClassificationContainer)));
        break;
      case 'DISP':
        disp.set(this.prefix, resultOf(DispContainer));
        geometry.set(this.prefix, withReason(resultOf(ReconstructedDirectionContainer)));
        break;
    }
  }
}

/** Adds a reason to an invalid result without one. */
function withReason<R extends { isValid: boolean; reason: string | undefined }>(result: R): R {
  if (!result.isValid) result.reason ??= 'the model has no valid prediction';
  return result;
}
