import { Container } from './container.js';
import { field } from './field.js';

const reason = field.memory<string | undefined>('Why the result is not valid', () => undefined);
const goodnessOfFit = field.float64('Quality of the fit, as its algorithm defines it');
const telescopes = field.telescopes('Telescopes that took part');

const geometry = {
  alt: field.float64('Altitude of the origin', { unit: 'deg', required: true }),
  altUncert: field.float64('Uncertainty of the altitude', { unit: 'deg' }),
  az: field.float64('Azimuth of the origin', { unit: 'deg', required: true }),
  azUncert: field.float64('Uncertainty of the azimuth', { unit: 'deg' }),
  angDistanceUncert: field.float64('Angular radius that holds 68 % of the origins', { unit: 'deg' }),
  coreX: field.float64('Core position, towards north', { unit: 'm', required: true }),
  coreY: field.float64('Core position, towards west', { unit: 'm', required: true }),
  coreUncertX: field.float64('Uncertainty of the core position, towards north', { unit: 'm' }),
  coreUncertY: field.float64('Uncertainty of the core position, towards west', { unit: 'm' }),
  coreTiltedX: field.float64('Core position in the tilted frame, x', { unit: 'm' }),
  coreTiltedY: field.float64('Core position in the tilted frame, y', { unit: 'm' }),
  coreTiltedUncertX: field.float64('Uncertainty of the tilted core position, x', { unit: 'm' }),
  coreTiltedUncertY: field.float64('Uncertainty of the tilted core position, y', { unit: 'm' }),
  hMax: field.float64('Height of the shower maximum above sea level', { unit: 'm' }),
  hMaxUncert: field.float64('Uncertainty of the height of the maximum', { unit: 'm' }),
  isValid: field.boolean('Whether the event could be reconstructed'),
  averageIntensity: field.float64('Mean intensity of the images that took part, p.e.'),
  goodnessOfFit,
  telescopes,
  reason,
};

/** Where a shower came from and where it would have hit the ground. */
export class ReconstructedGeometryContainer extends Container.withFields('', geometry) {}

/** Where a shower came from, of algorithms that tell only that: the core may be missing from a valid result. */
export class ReconstructedDirectionContainer extends Container.withFields('', {
  ...geometry,
  coreX: field.float64('Core position, towards north', { unit: 'm' }),
  coreY: field.float64('Core position, towards west', { unit: 'm' }),
}) {}

/** How energetic the primary particle was. */
export class ReconstructedEnergyContainer extends Container.withFields('', {
  energy: field.float64('Energy of the primary particle', { unit: 'TeV', required: true }),
  energyUncert: field.float64('Uncertainty of the energy', { unit: 'TeV' }),
  isValid: field.boolean('Whether the energy could be estimated'),
  goodnessOfFit,
  telescopes,
  reason,
}) {}

/** What the primary particle was. */
export class ParticleClassificationContainer extends Container.withFields('', {
  prediction: field.float64('Score of the class, 0 to 1: 1 for what the classifier was trained to find', {
    required: true,
  }),
  isValid: field.boolean('Whether the particle could be classified'),
  goodnessOfFit,
  telescopes,
  reason,
}) {}

/** Where along its axis an image's source lies. */
export class DispContainer extends Container.withFields('disp', {
  parameter: field.float64('Signed distance of the source from the centroid along the major axis', { unit: 'deg' }),
  signScore: field.float64('How certain the sign is, 0 to 1'),
}) {}

/** How far from a telescope a shower would have passed. */
export class TelescopeImpactParameterContainer extends Container.withFields('impact', {
  distance: field.float64('Distance of the telescope from the shower axis', { unit: 'm' }),
  distanceUncert: field.float64('Uncertainty of the distance', { unit: 'm' }),
}) {}

const reconstructed = {
  geometry: field.byAlgorithm(ReconstructedGeometryContainer, 'Directions and cores'),
  energy: field.byAlgorithm(ReconstructedEnergyContainer, 'Energies'),
  particleType: field.byAlgorithm(ParticleClassificationContainer, 'Classifications'),
};

/** What all telescopes together tell of the shower, by algorithm. */
export class ReconstructedContainer extends Container.withFields('', reconstructed) {}

/** What one telescope tells of the shower, by algorithm. */
export class TelescopeReconstructedContainer extends Container.withFields('', {
  ...reconstructed,
  impact: field.byAlgorithm(TelescopeImpactParameterContainer, 'Impact distances'),
  disp: field.byAlgorithm(DispContainer, 'Disp parameters'),
}) {}

/** Reconstructed properties of the shower. */
export class DL2Container extends Container.withFields('', {
  tel: field.byTelescope(TelescopeReconstructedContainer),
  stereo: field.container(ReconstructedContainer),
}) {}
