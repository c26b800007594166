import { angularSeparation, degrees } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';
import { eventStarts } from '../combination/result-columns.js';
import type { ModelReconstructor as ModelClass } from '../model/model-description.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import type { JudgedEvents } from './validation-metrics.js';

/** Column with the true values as metrics use them. */
export const TRUTH = 'truth';

/** Columns with the predictions by the class of the reconstructor, the judged one first. */
export const PREDICTED: Readonly<Record<ModelClass, readonly [string, ...string[]]>> = {
  EnergyRegressor: ['energy'],
  ParticleClassifier: ['prediction'],
  DispReconstructor: ['parameter', 'sign_score'],
};

/**
 * Predictions for telescope events beside the true values.
 *
 * @param table - predictions with the columns `truth` and `true_energy`; for directions also `true_alt` and `true_az`
 */
export function judgedTelescopeEvents({ modelClass, prefix }: ModelReconstructor, table: Table): JudgedEvents {
  const [main] = PREDICTED[modelClass];
  return {
    energy: table.numbers('true_energy', 'TeV'),
    truth: table.numbers(TRUTH),
    predicted: table.numbers(`${prefix}_tel_${main}`),
    theta: modelClass === 'DispReconstructor' ? distances(table, `${prefix}_tel`) : new Float64Array(0),
  };
}

/**
 * Combines predictions for telescopes and sets the results beside the true values of the array events.
 *
 * @param tables - see {@link judgedTelescopeEvents}; all telescopes, in any order
 * @returns undefined if the combiner of the reconstructor does not combine tables
 * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) for a column that the weights of the combiner need
 */
export function judgedArrayEvents(
  reconstructor: ModelReconstructor,
  tables: readonly Table[],
): JudgedEvents | undefined {
  const { modelClass } = reconstructor;
  const all = Table.stack(tables, { how: 'outer' });
  // Signal and background events are of different files, and may have the same ids.
  const classes = modelClass === 'ParticleClassifier' ? all.groupBy(TRUTH).map(({ table }) => table) : [all];
  const judged = classes.flatMap((table) => judge(reconstructor, table.sortBy('obs_id', 'event_id')) ?? []);
  if (judged.length < classes.length) return undefined;
  const join = (name: keyof JudgedEvents): Float64Array =>
    Float64Array.from(judged.flatMap((events) => [...events[name]]));
  return { energy: join('energy'), truth: join('truth'), predicted: join('predicted'), theta: join('theta') };
}

function judge(
  { combiner, modelClass, combinedProperty, prefix }: ModelReconstructor,
  table: Table,
): JudgedEvents | undefined {
  const combined = combiner.combineTable?.(table, combinedProperty, prefix);
  if (!combined) return undefined;
  const events = new Table([
    ...combined.columns.values(),
    ...table
      .take(eventStarts(table).subarray(0, -1))
      .without(...combined.names.filter((name) => table.has(name)))
      .columns.values(),
  ]).filter(Array.from(combined.numbers(`${prefix}_is_valid`), Boolean));
  const isDirection = modelClass === 'DispReconstructor';
  const none = new Float64Array(0);
  return {
    energy: events.numbers('true_energy', 'TeV'),
    truth: isDirection ? none : events.numbers(TRUTH),
    predicted: isDirection ? none : events.numbers(`${prefix}_${PREDICTED[modelClass][0]}`),
    theta: isDirection ? distances(events, prefix) : none,
  };
}

/** Distances of the directions in `PREFIX_alt` and `PREFIX_az` from the true ones, deg. */
export function distances(table: Table, prefix: string): Float64Array {
  const [alt, az, trueAlt, trueAz] = [`${prefix}_alt`, `${prefix}_az`, 'true_alt', 'true_az'].map((name) =>
    table.numbers(name, 'rad'),
  );
  return alt.map((_, row) => degrees(angularSeparation(az[row], alt[row], trueAz[row], trueAlt[row])));
}
