import {
  Container,
  field,
  ReconstructedEnergyContainer,
  Reconstructor,
  StereoCombiner,
  TelescopeReconstructedContainer,
  trait,
} from '@cherenkit/core';

/** The energy, with columns of its own. */
class MultiplicityContainer extends Container.withFields('', ReconstructedEnergyContainer.fields, {
  multiplicity: field.int16('Number of telescopes with an image'),
  brightest: field.string('Type of the telescope with the brightest image', '', { bytes: 32 }),
  intensities: field.float64Array('Intensities of the two brightest images', { length: 2, unit: 'p.e.' }),
}) {}

/** Energies of telescopes from intensities. A child, the stereo combiner, combines them. */
export class MultiplicityReconstructor extends Reconstructor.withTraits({
  tevPerPe: trait.number({ default: 0.002, minimum: 0, unit: 'TeV', help: 'Energy for each photoelectron.' }),
  combinerType: trait.componentName(StereoCombiner, { default: 'MaxStereoCombiner', help: 'The stereo combiner.' }),
}) {
  static help = 'Reconstructs energies from intensities.';
  resultClasses = { ENERGY: MultiplicityContainer };

  constructor(context) {
    super(context);
    this.combiner = context.create(StereoCombiner, this.traits.combinerType);
  }

  reconstruct(event) {
    const { dl1, dl2 } = event;
    const images = [];
    for (const [telId, { parameters }] of dl1.tel) {
      const intensity = parameters?.hillas.intensity ?? NaN;
      const isValid = intensity > 0;
      if (isValid) images.push({ telId, intensity });
      const result = isValid ? { energy: intensity * this.traits.tevPerPe, isValid } : { reason: 'there is no image' };
      const results = dl2.tel.get(telId) ?? new TelescopeReconstructedContainer();
      results.energy.set(this.name, new ReconstructedEnergyContainer(result));
      dl2.tel.set(telId, results);
    }
    this.combiner.combine(event, 'ENERGY', this.name);
    images.sort((a, b) => b.intensity - a.intensity);
    const [first, second] = images;
    const own = new MultiplicityContainer({
      ...dl2.stereo.energy.get(this.name),
      multiplicity: images.length,
      brightest: first ? this.context.subarray.telescope(first.telId).name : '',
      intensities: Float64Array.of(first?.intensity ?? NaN, second?.intensity ?? NaN),
    });
    dl2.stereo.energy.set(this.name, own);
  }
}
