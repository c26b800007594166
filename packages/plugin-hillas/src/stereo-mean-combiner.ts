import {
  ParticleClassificationContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  StereoCombiner,
  trait,
  type ArrayEvent,
  type ImageParametersContainer,
  type ReconstructedGeometryContainer,
  type ReconstructionProperty,
  type TelescopeReconstructedContainer,
} from '@cherenkit/core';
import { meanDirection, weightedMean } from '@cherenkit/kernels';

const NO_PREDICTION = 'no telescope has a valid prediction with a weight';

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
 * ctapipe 0.32 `StereoMeanCombiner`.
 */
export class StereoMeanCombiner extends StereoCombiner.withTraits({
  weights: trait.oneOf(['none', 'intensity', 'aspect-weighted-intensity', 'containment-weighted-intensity'], {
    default: 'none',
    caseless: true,
    help:
      'Weight of the prediction of a telescope: equal weights; intensity; intensity * length / width; or ' +
      '(intensity * (1 - width / length))**2 * (1 - leakage_intensity_width_2)**4, which suppresses truncated images.',
  }),
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
      const weight = this.#weightOf(event.dl1.tel.get(telId)?.parameters);
      if (!(weight >= 0 && weight < Infinity)) continue;
      predictions.telescopes.push(telId);
      predictions.values.push(prediction);
      predictions.weights.push(weight);
    }
    return predictions;
  }

  #weightOf(image: ImageParametersContainer | undefined): number {
    const { weights } = this.traits;
    if (weights === 'none') return 1;
    if (image === undefined) return NaN;
    const { intensity, length, width } = image.hillas;
    switch (weights) {
      case 'intensity':
        return intensity;
      case 'aspect-weighted-intensity':
        return (intensity * length) / width;
      case 'containment-weighted-intensity':
        return (intensity * (1 - width / length)) ** 2 * (1 - image.leakage.intensityWidth_2) ** 4;
    }
  }
}
