import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/errors';
import type { Table } from '@cherenkit/tables';
import { containersOf, telescopeRowTable } from '../data-model/index.js';
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
  #inputs: { readonly names: readonly string[]; readonly wanted: ReadonlySet<string> } | undefined;

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

  /**
   * Key of the telescopes of which an event is predicted by one call of `predictTable`, which takes less time than one for each telescope.
   * Default: the telescope itself. Telescopes that are predicted alike, such as those of one type, may have the same key.
   */
  protected tableKeyOf(telId: number): string | number {
    return telId;
  }

  /** @throws CherenkitError TABLE_COLUMN_UNKNOWN if there is no such input column */
  override reconstruct(event: ArrayEvent): void {
    const groups = new Map<string | number, number[]>();
    for (const telId of event.dl1.tel.keys()) {
      if (!event.dl2.tel.has(telId)) event.dl2.tel.set(telId, new TelescopeReconstructedContainer());
      const key = this.tableKeyOf(telId);
      const group = groups.get(key);
      if (group) group.push(telId);
      else groups.set(key, [telId]);
    }
    for (const telIds of groups.values()) {
      const [first = NaN] = telIds;
      this.#storeResults(event, telIds, this.predictTable(this.#inputOf(event, telIds), first));
    }
    this.combiner.combine(event, this.property === 'DISP' ? 'GEOMETRY' : this.property, this.prefix);
  }

  /** @throws CherenkitError TABLE_COLUMN_UNKNOWN if there is no such input column */
  #inputOf(event: ArrayEvent, telIds: readonly number[]): Table {
    const { inputColumns: names } = this;
    if (this.#inputs?.names !== names) this.#inputs = { names, wanted: new Set(names) };
    const rows = telIds.map((telId) => ({ event, telId }));
    const table = telescopeRowTable(rows, this.#inputs.wanted, this.context.subarray);
    const missing = names.find((name) => !table.has(name));
    if (missing === undefined) return table;
    const hint = didYouMean(missing, telescopeRowTable(rows, undefined, this.context.subarray).names);
    const remedy = hint || '; add the reconstructor that computes it before this one';
    const message = `${this.name}: there is no input column "${missing}"${remedy}`;
    throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, message);
  }

  #storeResults(event: ArrayEvent, telIds: readonly number[], predictions: Table): void {
    const { prefix } = this;
    const store = <C extends Container>(
      type: ContainerClass<C>,
      resultsOf: (telescope: TelescopeReconstructedContainer) => Map<string, C>,
    ): void =>
      containersOf(predictions, type, `${prefix}_tel`).forEach((result, row) => {
        const telescope = event.dl2.tel.get(telIds[row] ?? NaN);
        if (telescope) resultsOf(telescope).set(prefix, withReason(result));
      });
    switch (this.property) {
      case 'ENERGY':
        store(ReconstructedEnergyContainer, ({ energy }) => energy);
        break;
      case 'PARTICLE_TYPE':
        store(ParticleClassificationContainer, ({ particleType }) => particleType);
        break;
      case 'DISP':
        store(DispContainer, ({ disp }) => disp);
        store(ReconstructedDirectionContainer, ({ geometry }) => geometry);
        break;
    }
  }
}

/** Adds a reason to an invalid result without one. Disp has no validity of its own. */
function withReason<C extends Container>(result: C): C {
  const { isValid, reason } = result as { readonly isValid?: boolean; readonly reason?: string };
  if (isValid === false && reason === undefined) {
    Object.assign(result, { reason: 'the model has no valid prediction' });
  }
  return result;
}
