import { CherenkitError, ExitCode, nameSome, type SubarrayDescription } from '@cherenkit/core';
import { degrees, telescopeToAltAz } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';
import { featureMatrix } from '../features/feature-matrix.js';
import type { RowPredictor } from '../graphs/graph-estimator.js';
import type { Role } from '../model/model-description.js';
import type { Model } from '../model/model-file.js';
import { pointingsOf } from './telescope-pointing-columns.js';

/** Predictions for the rows that have all features and meet the criteria. */
interface RowPredictions {
  /** Row of the table for each prediction. */
  readonly rows: Int32Array;
  /** Predictions by role. */
  readonly outputs: ReadonlyMap<Role, Float64Array>;
}

/**
 * Applies a model to the events of one telescope.
 *
 * @param table - with the features, also the generated ones
 * @param isUsed - 1 for rows that meet the quality criteria
 * @param prefix - name of the results
 * @returns columns of the result, see `TableReconstructor.predictTable`; NaN and not valid for rows without prediction
 * @throws CherenkitError MODEL_TELESCOPE_UNKNOWN (2); TABLE_COLUMN_UNKNOWN (2) for a missing feature
 */
export function predictRows(model: Model, table: Table, type: string, isUsed: Uint8Array, prefix: string): Table {
  const { features, featureUnits } = model.description;
  const estimators = estimatorsOf(model, type);
  const { values, rows } = featureMatrix(table, features, featureUnits, isUsed);
  const outputs = new Map(Array.from(estimators, ([role, trained]) => [role, trained.predict(values)]));
  const predictions = { rows, outputs };
  switch (model.description.reconstructor) {
    case 'EnergyRegressor':
      return energies(model, predictions, table.nRows, prefix);
    case 'ParticleClassifier':
      return scores(predictions, table.nRows, prefix);
    case 'DispReconstructor':
      return directions(model, predictions, table, prefix);
  }
}

/**
 * Checks that a model has estimators for all telescopes of an array.
 *
 * @param name - of the model, for messages
 * @throws CherenkitError MODEL_TELESCOPE_UNKNOWN (2) naming the types without estimator
 */
export function checkTelescopes(
  { estimators }: Model,
  { telescopeTypes, name: array }: SubarrayDescription,
  name: string,
): void {
  const missing = [...new Set(telescopeTypes.map(String))].filter((type) => !estimators.has(type));
  if (missing.length === 0) return;
  const message =
    `${name} has no model for telescopes of type ${nameSome(missing)} of the array ${array}; it has models for ` +
    `${nameSome([...estimators.keys()])}. Train it for this array, or select telescopes with --allowed-tels.`;
  throw new CherenkitError('MODEL_TELESCOPE_UNKNOWN', ExitCode.USAGE, message);
}

function estimatorsOf({ estimators, description }: Model, type: string): ReadonlyMap<Role, RowPredictor> {
  const found = estimators.get(type);
  if (found) return found;
  const message = `${description.prefix} has no model for telescopes of type ${type}; it has models for ${nameSome([...estimators.keys()])}.`;
  throw new CherenkitError('MODEL_TELESCOPE_UNKNOWN', ExitCode.USAGE, message);
}

function energies({ description }: Model, { rows, outputs }: RowPredictions, nRows: number, prefix: string): Table {
  const { logTarget, unit = 'TeV' } = description;
  const predicted = outputOf(outputs, 'model');
  const energy = new Float64Array(nRows).fill(NaN);
  rows.forEach((row, i) => (energy[row] = logTarget ? Math.exp(predicted[i]) : predicted[i]));
  return Table.of({
    [`${prefix}_tel_energy`]: { values: energy, unit },
    [`${prefix}_tel_is_valid`]: { values: validRows(rows, nRows), type: 'bool' },
  });
}

function scores({ rows, outputs }: RowPredictions, nRows: number, prefix: string): Table {
  const predicted = outputOf(outputs, 'model');
  const prediction = new Float64Array(nRows).fill(NaN);
  rows.forEach((row, i) => (prediction[row] = predicted[i]));
  return Table.of({
    [`${prefix}_tel_prediction`]: prediction,
    [`${prefix}_tel_is_valid`]: { values: validRows(rows, nRows), type: 'bool' },
  });
}

/**
 * Disp and direction: the source is on the major axis of the image, at the distance disp from the centroid. Source: ctapipe 0.32
 * `DispReconstructor`.
 */
function directions({ description }: Model, { rows, outputs }: RowPredictions, table: Table, prefix: string): Table {
  const { logTarget, unit = 'deg' } = description;
  const [norm, sign] = [outputOf(outputs, 'norm'), outputOf(outputs, 'sign')];
  const [disp, signScore, alt, az] = Array.from({ length: 4 }, () => new Float64Array(table.nRows).fill(NaN));
  rows.forEach((row, i) => {
    disp[row] = (logTarget ? Math.exp(norm[i]) : norm[i]) * (sign[i] >= 0.5 ? 1 : -1);
    signScore[row] = Math.abs(2 * sign[i] - 1);
  });
  const [lon, lat, psi] = ['fov_lon', 'fov_lat', 'psi'].map((name) => table.numbers(`hillas_${name}`, 'rad'));
  const pointings = pointingsOf(table);
  const toRadians = Table.of({ disp: { values: disp, unit } }).numbers('disp', 'rad');
  for (const row of rows) {
    const point = {
      fovLon: lon[row] + toRadians[row] * Math.cos(psi[row]),
      fovLat: lat[row] + toRadians[row] * Math.sin(psi[row]),
    };
    const direction = telescopeToAltAz(point, { alt: pointings.alt[row], az: pointings.az[row] });
    alt[row] = degrees(direction.alt);
    az[row] = degrees(direction.az);
  }
  return Table.of({
    [`${prefix}_tel_parameter`]: { values: toRadians.map(degrees), unit: 'deg' },
    [`${prefix}_tel_sign_score`]: signScore,
    [`${prefix}_tel_alt`]: { values: alt, unit: 'deg' },
    [`${prefix}_tel_az`]: { values: az, unit: 'deg' },
    [`${prefix}_tel_is_valid`]: { values: validRows(rows, table.nRows), type: 'bool' },
  });
}

function validRows(rows: Int32Array, nRows: number): Uint8Array {
  const isValid = new Uint8Array(nRows);
  for (const row of rows) isValid[row] = 1;
  return isValid;
}

function outputOf(outputs: ReadonlyMap<Role, Float64Array>, role: Role): Float64Array {
  const output = outputs.get(role);
  if (!output) throw new RangeError(`the model has no estimator "${role}"`);
  return output;
}
