import { ReconstructedEnergyContainer, StereoCombiner } from '@cherenkit/core';

export class MaxStereoCombiner extends StereoCombiner {
  static help = 'Uses the largest energy of the telescopes.';

  combine({ dl2 }, property = this.traits.property, prefix = this.traits.prefix) {
    if (property !== 'ENERGY') return;
    const valid = [...dl2.tel].filter(([, { energy }]) => energy.get(prefix)?.isValid);
    const energy = Math.max(...valid.map(([, results]) => results.energy.get(prefix).energy));
    const result =
      valid.length > 0
        ? { energy, telescopes: valid.map(([telId]) => telId), isValid: true }
        : { reason: 'no telescope has an energy' };
    dl2.stereo.energy.set(prefix, new ReconstructedEnergyContainer(result));
  }
}
