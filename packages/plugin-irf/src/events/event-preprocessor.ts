import {
  Component,
  FeatureGenerator,
  generateFeatures,
  QualityQuery,
  trait,
  type ComponentKind,
} from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { refusedIrf } from '../irf-error.js';

/** Features that are computed, criteria of the events, and columns that are kept. */
interface FeatureSet {
  readonly generated: readonly (readonly [name: string, expression: string])[];
  readonly criteria: readonly (readonly [name: string, condition: string])[];
  readonly columns: readonly string[];
}

/**
 * Computes columns of events, selects events by quality criteria and keeps some of the columns, in scripts; the commands use
 * `DL2EventPreprocessor`. Source: ctapipe 0.32 `EventPreprocessor`.
 *
 * @example
 * ```ts
 * const preprocessor = await buildComponent(EventPreprocessor, { traits: { featureSet: 'dl2_irf' } });
 * const events = preprocessor.process(table);
 * console.log(events.statistics());
 * ```
 */
export class EventPreprocessor extends Component.withTraits({
  energyReconstructor: trait.string({
    default: 'RandomForestRegressor',
    help: 'Prefix of the column of the reconstructed energy.',
  }),
  geometryReconstructor: trait.string({
    default: 'HillasReconstructor',
    help: 'Prefix of the columns of the reconstructed direction.',
  }),
  gammanessReconstructor: trait.string({
    default: 'RandomForestClassifier',
    help: 'Prefix of the column of the predicted gammaness.',
  }),
  featureSet: trait.oneOf(['custom', 'dl2_irf'], {
    default: 'custom',
    caseless: true,
    help: 'Features, criteria and columns: custom for those of the configuration, or dl2_irf for those of instrument responses.',
  }),
  features: trait.list(trait.string(), {
    default: [],
    help: 'Columns to keep, with those of FeatureGenerator. Only for the feature set custom.',
  }),
}) {
  static override readonly kind: string = 'EventPreprocessor';
  static override readonly help = 'Computes columns of events, and selects events and columns.';
  static override readonly children: readonly ComponentKind[] = [FeatureGenerator, QualityQuery];

  readonly #generator = this.context.create(FeatureGenerator, 'FeatureGenerator');
  readonly #query = this.context.create(QualityQuery, 'QualityQuery');

  /**
   * Columns that are kept.
   *
   * @throws CherenkitError IRF_REFUSED (2) if there are none
   */
  get columns(): readonly string[] {
    return this.#featureSet.columns;
  }

  /**
   * Computes the features, and returns the events that meet the criteria with the columns that are kept.
   *
   * @throws CherenkitError IRF_REFUSED (2) without columns to keep; FEATURE_EXISTS, TABLE_COLUMN_UNKNOWN (2); ExpressionError
   */
  process(events: Table): Table {
    const { generated, criteria, columns } = this.#featureSet;
    const extended = generateFeatures(events, generated, () => this.context.subarray);
    const passing = new Uint8Array(events.nRows).fill(1);
    for (const [, condition] of criteria) {
      extended.mask(condition).forEach((isMet, row) => {
        if (!isMet) passing[row] = 0;
      });
    }
    return extended.select(...columns).filter(passing);
  }

  get #featureSet(): FeatureSet {
    if (this.traits.featureSet === 'dl2_irf') return responseFeatures(this.traits);
    const { features } = this.traits;
    if (features.length === 0) {
      throw refusedIrf(
        `${this.name}: features is empty, expected the columns to keep. List them, or set ${this.name}.feature_set to dl2_irf.`,
      );
    }
    return {
      generated: this.#generator.traits.features,
      criteria: this.#query.traits.qualityCriteria,
      columns: features,
    };
  }
}

interface Reconstructors {
  readonly energyReconstructor: string;
  readonly geometryReconstructor: string;
  readonly gammanessReconstructor: string;
}

/** The feature set `dl2_irf`. Longitudes in the field of view grow with the azimuth; those of GADF are their negatives. */
function responseFeatures({
  energyReconstructor: energy,
  geometryReconstructor: geometry,
  gammanessReconstructor: gammaness,
}: Reconstructors): FeatureSet {
  const nominal = (kind: string): string =>
    `altaz_to_nominal(${kind}_az, ${kind}_alt, subarray_pointing_lon, subarray_pointing_lat)`;
  const offset = (kind: string): string => `angular_separation(${kind}_fov_lon, ${kind}_fov_lat, 0 * u.deg, 0 * u.deg)`;
  return {
    generated: [
      ['reco_energy', `${energy}_energy`],
      ['reco_alt', `${geometry}_alt`],
      ['reco_az', `${geometry}_az`],
      ['gh_score', `${gammaness}_prediction`],
      ['theta', 'angular_separation(reco_az, reco_alt, true_az, true_alt)'],
      ['reco_fov_coord', nominal('reco')],
      ['reco_fov_lon', 'reco_fov_coord[:, 0]'],
      ['reco_fov_lat', 'reco_fov_coord[:, 1]'],
      ['true_fov_coord', nominal('true')],
      ['true_fov_lon', 'true_fov_coord[:, 0]'],
      ['true_fov_lat', 'true_fov_coord[:, 1]'],
      ['true_fov_offset', offset('true')],
      ['reco_fov_offset', offset('reco')],
      ['multiplicity', `np.count_nonzero(${gammaness}_telescopes, axis=1)`],
    ],
    criteria: [
      ['Valid geometry', `${geometry}_is_valid`],
      ['valid energy', `${energy}_is_valid`],
      ['valid gammaness', `${gammaness}_is_valid`],
      ['sufficient multiplicity', 'multiplicity >= 4'],
    ],
    columns: [
      'event_id',
      'obs_id',
      'reco_energy',
      'reco_alt',
      'reco_az',
      'gh_score',
      'true_energy',
      'true_alt',
      'true_az',
      'true_fov_offset',
      'reco_fov_offset',
      'theta',
      'reco_fov_lat',
      'true_fov_lat',
      'reco_fov_lon',
      'true_fov_lon',
      'multiplicity',
    ],
  };
}
