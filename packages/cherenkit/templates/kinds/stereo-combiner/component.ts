import {
  ReconstructedEnergyContainer,
  StereoCombiner,
  trait,
  type ArrayEvent,
  type ReconstructionProperty,
} from '@cherenkit/core';

/**
 * Combines the energies predicted by telescopes to their median, weighted by the image intensities.
 *
 * Energies are in TeV. Geometries and particle types are not combined.
 */
export class TemplateComponent extends StereoCombiner.withTraits({
  minTelescopes: trait.integer({ default: 1, minimum: 1, help: 'Minimum number of predictions.' }),
}) {
  static override readonly help = 'Combines energies of telescopes to their weighted median.';

  override combine(
    event: ArrayEvent,
    property: ReconstructionProperty = this.traits.property,
    prefix: string = this.traits.prefix,
  ): void {
    if (property === 'ENERGY') event.dl2.stereo.energy.set(prefix, this.combineEnergies(event, prefix));
  }

  private combineEnergies({ dl1, dl2 }: ArrayEvent, prefix: string): ReconstructedEnergyContainer {
    const predictions: { telId: number; energy: number; weight: number }[] = [];
    for (const [telId, { energy }] of dl2.tel) {
      const prediction = energy.get(prefix);
      if (!prediction?.isValid) continue;
      const intensity = dl1.tel.get(telId)?.parameters?.hillas.intensity ?? NaN;
      predictions.push({ telId, energy: prediction.energy, weight: intensity > 0 ? intensity : 0 });
    }
    const { minTelescopes } = this.traits;
    if (predictions.length < minTelescopes) {
      const reason = `${predictions.length} predictions, at least ${minTelescopes} are needed`;
      return new ReconstructedEnergyContainer({ reason });
    }
    predictions.sort((a, b) => a.energy - b.energy);
    const half = predictions.reduce((sum, { weight }) => sum + weight, 0) / 2;
    let sum = 0;
    const median = predictions.find(({ weight }) => (sum += weight) >= half);
    const telescopes = predictions.map(({ telId }) => telId).sort((a, b) => a - b);
    return new ReconstructedEnergyContainer({ energy: median?.energy ?? NaN, telescopes, isValid: true });
  }
}
