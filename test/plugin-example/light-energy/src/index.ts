import {
  definePlugin,
  ReconstructedEnergyContainer,
  Reconstructor,
  TelescopeReconstructedContainer,
  trait,
  type ArrayEvent,
} from '@cherenkit/core';

/** The energy from the intensity of each image, assumed proportional to energy and mirror area, and their mean. */
export class LightEnergyReconstructor extends Reconstructor.withTraits({
  lightYield: trait.perTelescope(
    trait.number({ default: 10, minimum: 0, unit: 'pe / (m2 TeV)', help: 'Intensity per mirror area and energy.' }),
  ),
  geometry: trait.string({
    default: 'HillasReconstructor',
    help: 'The reconstructor whose geometry is required.',
  }),
}) {
  static override readonly help = 'Energies from the intensities of images.';

  override reconstruct({ dl1, dl2 }: ArrayEvent): void {
    const energies: number[] = [];
    const telescopes: number[] = [];
    const hasGeometry = dl2.stereo.geometry.get(this.traits.geometry)?.isValid === true;
    for (const [telId, { parameters }] of dl1.tel) {
      const { mirrorArea } = this.context.subarray.telescope(telId).optics;
      const energy = (parameters?.hillas.intensity ?? NaN) / (this.traits.lightYield.for(telId) * mirrorArea);
      const isValid = hasGeometry && energy > 0;
      const reason = isValid ? undefined : 'there is no image, or no geometry';
      const telescope = dl2.tel.get(telId) ?? new TelescopeReconstructedContainer();
      dl2.tel.set(telId, telescope);
      telescope.energy.set(
        this.name,
        new ReconstructedEnergyContainer({ energy: isValid ? energy : NaN, isValid, reason }),
      );
      if (!isValid) continue;
      energies.push(energy);
      telescopes.push(telId);
    }
    const energy = energies.reduce((sum, one) => sum + one, 0) / energies.length;
    const energyUncert = Math.sqrt(energies.reduce((sum, one) => sum + (one - energy) ** 2, 0)) / energies.length;
    dl2.stereo.energy.set(
      this.name,
      energies.length > 0
        ? new ReconstructedEnergyContainer({ energy, energyUncert, telescopes, isValid: true })
        : new ReconstructedEnergyContainer({ reason: 'no telescope has an image, or there is no geometry' }),
    );
  }
}

export default definePlugin({ name: 'light-energy', apiVersion: 1, components: [LightEnergyReconstructor] });
