import {
  ParticleClassificationContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  StereoCombiner,
  trait,
  type ArrayEvent,
  type ReconstructedGeometryContainer,
  type ReconstructionProperty,
  type TelescopeReconstructedContainer,
} from '@cherenkit/core';
import { degrees, meanDirection, weightedMean } from '@cherenkit/kernels';
import type { ColumnInput, Table } from '@cherenkit/tables';
import { combinedTable, type TelescopeGroup } from './combined-table.js';
import { IMAGE_WEIGHTS, IMAGE_WEIGHTS_HELP, imageWeight, isUsable, tableWeights } from './image-weights.js';

export const NO_PREDICTION = 'no telescope has a valid prediction with a weight';

/** Valid predictions of the telescopes for one event, as parallel arrays. */
interface Predictions<P> {
  readonly telescopes: number[];
  readonly values: P[];
  readonly weights: number[];
}

/**
 * Weighted mean of the predictions of the telescopes: energy, classification score or direction.
 *
 * Predictions without image parameters or with an undefined weight (such as for a width of 0) are ignored. Source:
 * ctapipe 0.32 `StereoMeanCombiner`. As there, uncertainties of energies are unbiased estimates for events, and standard deviations
 * of the population for tables.
 */
export class StereoMeanCombiner extends StereoCombiner.withTraits({
  weights: trait.oneOf(IMAGE_WEIGHTS, { default: 'none', caseless: true, help: IMAGE_WEIGHTS_HELP }),
  logTarget: trait.boolean({
    default: false,
    help: 'Average the logarithms of energies; the uncertainty is then a factor.',
  }),
}) {
  static override readonly help = 'Weighted mean of the predictions of all telescopes.';

  override combine(
    event: ArrayEvent,
    property: ReconstructionProperty = this.traits.property,
    prefix: string = this.traits.prefix,
  ): void {
    const { energy, geometry, particleType } = event.dl2.stereo;
    switch (property) {
      case 'ENERGY':
        energy.set(prefix, this.#meanEnergy(this.#predictions(event, (dl2) => dl2.energy.get(prefix))));
        break;
      case 'GEOMETRY':
        geometry.set(prefix, this.#meanGeometry(this.#predictions(event, (dl2) => dl2.geometry.get(prefix))));
        break;
      case 'PARTICLE_TYPE':
        particleType.set(prefix, this.#meanScore(this.#predictions(event, (dl2) => dl2.particleType.get(prefix))));
        break;
    }
  }

  override combineTable(
    table: Table,
    property: ReconstructionProperty = this.traits.property,
    prefix: string = this.traits.prefix,
  ): Table {
    const { subarray } = this.context;
    const weights = tableWeights(this.traits.weights, table);
    const combine = {
      ENERGY: () => this.#energyColumns(table, prefix),
      PARTICLE_TYPE: () => this.#scoreColumns(table, prefix),
      GEOMETRY: () => this.#directionColumns(table, prefix),
    }[property]();
    return combinedTable(table, { subarray, property, prefix, weights }, combine);
  }

  #energyColumns(table: Table, prefix: string) {
    const { logTarget } = this.traits;
    const energies = table.numbers(`${prefix}_tel_energy`, 'TeV').map((one) => (logTarget ? Math.log(one) : one));
    const [energy, uncertainty]: [number[], number[]] = [[], []];
    return {
      add({ rows, weights }: TelescopeGroup): boolean {
        const { mean, populationDeviation } = weightedMean(valuesOf(energies, rows), weights);
        energy.push(logTarget ? Math.exp(mean) : mean);
        uncertainty.push(logTarget ? Math.exp(populationDeviation) : populationDeviation);
        return Number.isFinite(mean);
      },
      columns: (): Record<string, ColumnInput> => ({
        energy: { values: energy, unit: 'TeV' },
        energy_uncert: { values: uncertainty, unit: 'TeV' },
      }),
    };
  }

  #scoreColumns(table: Table, prefix: string) {
    const scores = table.numbers(`${prefix}_tel_prediction`);
    const prediction: number[] = [];
    return {
      add({ rows, weights }: TelescopeGroup): boolean {
        const { mean } = weightedMean(valuesOf(scores, rows), weights);
        prediction.push(mean);
        return Number.isFinite(mean);
      },
      columns: (): Record<string, ColumnInput> => ({ prediction: { values: prediction, type: 'float64' } }),
    };
  }

  #directionColumns(table: Table, prefix: string) {
    const [alts, azs] = ['alt', 'az'].map((name) => table.numbers(`${prefix}_tel_${name}`, 'rad'));
    const [alt, az, spread]: [number[], number[], number[]] = [[], [], []];
    return {
      add({ rows, weights }: TelescopeGroup): boolean {
        const mean = meanDirection(
          rows.map((row) => ({ alt: alts[row], az: azs[row] })),
          weights,
        );
        alt.push(degrees(mean.alt));
        az.push(degrees(mean.az));
        spread.push(degrees(mean.spread));
        return Number.isFinite(mean.alt) && Number.isFinite(mean.az);
      },
      columns: (): Record<string, ColumnInput> => ({
        alt: { values: alt, unit: 'deg' },
        az: { values: az, unit: 'deg' },
        ang_distance_uncert: { values: spread, unit: 'deg' },
      }),
    };
  }

  #meanEnergy({
    telescopes,
    values,
    weights,
  }: Predictions<ReconstructedEnergyContainer>): ReconstructedEnergyContainer {
    const { logTarget } = this.traits;
    const energies = values.map(({ energy }) => (logTarget ? Math.log(energy) : energy));
    const { mean, standardDeviation } = weightedMean(energies, weights);
    const energy = logTarget ? Math.exp(mean) : mean;
    if (!Number.isFinite(energy)) return new ReconstructedEnergyContainer({ reason: NO_PREDICTION });
    const energyUncert = logTarget ? Math.exp(standardDeviation) : standardDeviation;
    return new ReconstructedEnergyContainer({ energy, energyUncert, telescopes, isValid: true });
  }

  #meanScore({ telescopes, values, weights }: Predictions<ParticleClassificationContainer>) {
    const scores = values.map(({ prediction }) => prediction);
    const { mean: prediction } = weightedMean(scores, weights);
    if (!Number.isFinite(prediction)) return new ParticleClassificationContainer({ reason: NO_PREDICTION });
    return new ParticleClassificationContainer({ prediction, telescopes, isValid: true });
  }

  #meanGeometry({ telescopes, values, weights }: Predictions<ReconstructedGeometryContainer>) {
    const { alt, az, spread } = meanDirection(values, weights);
    if (!Number.isFinite(alt)) return new ReconstructedDirectionContainer({ reason: NO_PREDICTION });
    return new ReconstructedDirectionContainer({ alt, az, angDistanceUncert: spread, telescopes, isValid: true });
  }

  #predictions<P extends { readonly isValid: boolean }>(
    event: ArrayEvent,
    predictionOf: (dl2: TelescopeReconstructedContainer) => P | undefined,
  ): Predictions<P> {
    const predictions: Predictions<P> = { telescopes: [], values: [], weights: [] };
    for (const [telId, dl2] of event.dl2.tel) {
      const prediction = predictionOf(dl2);
      if (!prediction?.isValid) continue;
      const weight = imageWeight(this.traits.weights, event.dl1.tel.get(telId)?.parameters);
      if (!isUsable(weight)) continue;
      predictions.telescopes.push(telId);
      predictions.values.push(prediction);
      predictions.weights.push(weight);
    }
    return predictions;
  }
}

function valuesOf(values: Float64Array, rows: readonly number[]): number[] {
  return rows.map((row) => values[row]);
}
