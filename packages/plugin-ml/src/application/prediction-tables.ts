import {
  dataModel,
  DispContainer,
  ParticleClassificationContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  type ContainerClass,
} from '@cherenkit/core';
import { startTable, type Hdf5Writer } from '@cherenkit/plugin-hdf5';
import { columnFrom, fillPlaceholders, Table } from '@cherenkit/tables';
import { withDefaults } from '../combination/result-columns.js';
import type { ModelReconstructor } from '../model/model-description.js';
import type { AppliedModel } from './applied-model.js';

type TelescopeResult = 'energy' | 'particleType' | 'disp' | 'geometry';

/** A table of predictions of a telescope: its columns and their container. */
interface TelescopeTable {
  readonly result: TelescopeResult;
  readonly container: ContainerClass;
  /** Predicted columns, without prefix. */
  readonly columns: readonly string[];
}

const TELESCOPE_TABLES: Readonly<Record<ModelReconstructor, readonly TelescopeTable[]>> = {
  EnergyRegressor: [{ result: 'energy', container: ReconstructedEnergyContainer, columns: ['energy', 'is_valid'] }],
  ParticleClassifier: [
    { result: 'particleType', container: ParticleClassificationContainer, columns: ['prediction', 'is_valid'] },
  ],
  DispReconstructor: [
    { result: 'disp', container: DispContainer, columns: ['parameter', 'sign_score'] },
    { result: 'geometry', container: ReconstructedDirectionContainer, columns: ['alt', 'az', 'is_valid'] },
  ],
};

const STEREO_RESULTS = { ENERGY: 'energy', PARTICLE_TYPE: 'particleType', GEOMETRY: 'geometry' } as const;

/** Number of chunks of tables that are compressed in the background. */
const CHUNKS_IN_BACKGROUND = 8;

/** Writes the tables of predictions, with the columns of ctapipe-apply-models in their order. */
export class PredictionTables {
  readonly #tables = new Map<string, (rows: Table) => void>();

  constructor(private readonly file: Hdf5Writer) {}

  /** Patterns of the paths of the tables of a model. */
  static pathsOf({ reconstructor, property, prefix }: AppliedModel): string[] {
    const ofTelescopes = TELESCOPE_TABLES[reconstructor].map(({ result }) =>
      telescopePath(result, prefix).replace('{telescope}', '*'),
    );
    return [...ofTelescopes, stereoPath(property, prefix)];
  }

  /**
   * Appends the predictions of a telescope.
   *
   * @param ids - columns obs_id, event_id and tel_id
   */
  appendTelescope({ reconstructor, prefix }: AppliedModel, telId: number, ids: Table, predictions: Table): void {
    // The type of ctapipe-apply-models; that of ctapipe-process is int16.
    const tel = columnFrom('tel_id', { type: 'int32', values: ids.numbers('tel_id') });
    const { description } = ids.column('tel_id');
    const keys = [ids.column('obs_id'), ids.column('event_id'), tel.with({ description })];
    for (const { result, container, columns } of TELESCOPE_TABLES[reconstructor]) {
      const predicted = predictions.select(...columns.map((name) => `${prefix}_tel_${name}`));
      const table = withDefaults(new Table([...keys, ...predicted.columns.values()]), container, `${prefix}_tel`, [
        'telescopes',
      ]);
      this.#append(fillPlaceholders(telescopePath(result, prefix), { telescope: telId }), table);
    }
  }

  /** Appends the predictions of array events. */
  appendEvents({ property, prefix }: AppliedModel, combined: Table): void {
    this.#append(stereoPath(property, prefix), combined);
  }

  /** Writes full chunks of the tables. */
  async drain(): Promise<void> {
    await this.file.drain(CHUNKS_IN_BACKGROUND);
  }

  #append(path: string, table: Table): void {
    const append = this.#tables.get(path) ?? startTable(this.file, path, table.withMeta({}));
    this.#tables.set(path, append);
    append(table);
  }
}

function telescopePath(result: TelescopeResult, prefix: string): string {
  return dataModel.TELESCOPE_RESULTS[result].path.replace('{algorithm}', prefix);
}

function stereoPath(property: AppliedModel['property'], prefix: string): string {
  return dataModel.STEREO_RESULTS[STEREO_RESULTS[property]].path.replace('{algorithm}', prefix);
}
