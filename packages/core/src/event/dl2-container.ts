import { Container } from './container.js';
import { field } from './field.js';

const reason = field.transient<string | undefined>('Why the result is not valid', () => undefined);
const goodnessOfFit = field.float64('Quality of the fit, as its algorithm defines it');
const telescopes = field.telescopes('Telescopes that took part');

const geometry = {
  /** Altitude of the origin, rad. */
  alt: field.float64('Altitude of the origin', { unit: 'deg', required: true }),
  /** Uncertainty of the altitude, rad. */
  altUncert: field.float64('Uncertainty of the altitude', { unit: 'deg' }),
  /** Azimuth of the origin, rad. */
  az: field.float64('Azimuth of the origin', { unit: 'deg', required: true }),
  /** Uncertainty of the azimuth, rad. */
  azUncert: field.float64('Uncertainty of the azimuth', { unit: 'deg' }),
  /** Angular radius that holds 68 % of the origins, rad. */
  angDistanceUncert: field.float64('Angular radius that holds 68 % of the origins', { unit: 'deg' }),
  /** Core position, towards north, m. */
  coreX: field.float64('Core position, towards north', { unit: 'm', required: true }),
  /** Core position, towards west, m. */
  coreY: field.float64('Core position, towards west', { unit: 'm', required: true }),
  /** Uncertainty of the core position, towards north, m. */
  coreUncertX: field.float64('Uncertainty of the core position, towards north', { unit: 'm' }),
  /** Uncertainty of the core position, towards west, m. */
  coreUncertY: field.float64('Uncertainty of the core position, towards west', { unit: 'm' }),
  /** Core position in the tilted frame, x, m. */
  coreTiltedX: field.float64('Core position in the tilted frame, x', { unit: 'm' }),
  /** Core position in the tilted frame, y, m. */
  coreTiltedY: field.float64('Core position in the tilted frame, y', { unit: 'm' }),
  /** Uncertainty of the tilted core position, x, m. */
  coreTiltedUncertX: field.float64('Uncertainty of the tilted core position, x', { unit: 'm' }),
  /** Uncertainty of the tilted core position, y, m. */
  coreTiltedUncertY: field.float64('Uncertainty of the tilted core position, y', { unit: 'm' }),
  /** Height of the shower maximum above sea level, m. */
  hMax: field.float64('Height of the shower maximum above sea level', { unit: 'm' }),
  /** Uncertainty of the height of the maximum, m. */
  hMaxUncert: field.float64('Uncertainty of the height of the maximum', { unit: 'm' }),
  /** Whether the event could be reconstructed. */
  isValid: field.boolean('Whether the event could be reconstructed'),
  /** Mean intensity of the images that took part, p.e. */
  averageIntensity: field.float64('Mean intensity of the images that took part, p.e.'),
  /** Quality of the fit, as its algorithm defines it. */
  goodnessOfFit,
  /** Telescopes that took part. */
  telescopes,
  /** Why the result is not valid. */
  reason,
};

/** Reconstructed direction and core position of a shower. */
export class ReconstructedGeometryContainer extends Container.withFields('', geometry) {}

/** Reconstructed direction without core position: a valid result may have no core. */
export class ReconstructedDirectionContainer extends Container.withFields('', geometry, {
  /** Core position, towards north, m. */
  coreX: field.float64('Core position, towards north', { unit: 'm' }),
  /** Core position, towards west, m. */
  coreY: field.float64('Core position, towards west', { unit: 'm' }),
}) {}

/** Reconstructed energy of the primary particle. */
export class ReconstructedEnergyContainer extends Container.withFields('', {
  /** Energy of the primary particle, TeV. */
  energy: field.float64('Energy of the primary particle', { unit: 'TeV', required: true }),
  /** Uncertainty of the energy, TeV. */
  energyUncert: field.float64('Uncertainty of the energy', { unit: 'TeV' }),
  /** Whether the energy could be estimated. */
  isValid: field.boolean('Whether the energy could be estimated'),
  /** Quality of the fit, as its algorithm defines it. */
  goodnessOfFit,
  /** Telescopes that took part. */
  telescopes,
  /** Why the result is not valid. */
  reason,
}) {}

/** Classification of the primary particle. */
export class ParticleClassificationContainer extends Container.withFields('', {
  /** Score of the class, 0 to 1: 1 for what the classifier was trained to find. */
  prediction: field.float64('Score of the class, 0 to 1: 1 for what the classifier was trained to find', {
    required: true,
  }),
  /** Whether the particle could be classified. */
  isValid: field.boolean('Whether the particle could be classified'),
  /** Quality of the fit, as its algorithm defines it. */
  goodnessOfFit,
  /** Telescopes that took part. */
  telescopes,
  /** Why the result is not valid. */
  reason,
}) {}

/** Distance of the source from the centroid, along the major axis of an image. */
export class DispContainer extends Container.withFields('disp', {
  /** Signed distance of the source from the centroid along the major axis, rad. */
  parameter: field.float64('Signed distance of the source from the centroid along the major axis', { unit: 'deg' }),
  /** How certain the sign is, 0 to 1. */
  signScore: field.float64('How certain the sign is, 0 to 1'),
}) {}

/** Impact distance of a shower from a telescope. */
export class TelescopeImpactParameterContainer extends Container.withFields('impact', {
  /** Distance of the telescope from the shower axis, m. */
  distance: field.float64('Distance of the telescope from the shower axis', { unit: 'm' }),
  /** Uncertainty of the distance, m. */
  distanceUncert: field.float64('Uncertainty of the distance', { unit: 'm' }),
}) {}

const reconstructed = {
  /** Directions and cores. */
  geometry: field.byAlgorithm(ReconstructedGeometryContainer, 'Directions and cores'),
  /** Energies. */
  energy: field.byAlgorithm(ReconstructedEnergyContainer, 'Energies'),
  /** Classifications. */
  particleType: field.byAlgorithm(ParticleClassificationContainer, 'Classifications'),
};

/** Stereo results, by property and algorithm. */
export class ReconstructedContainer extends Container.withFields('', reconstructed) {}

/** Results of one telescope, by property and algorithm. */
export class TelescopeReconstructedContainer extends Container.withFields('', reconstructed, {
  /** Impact distances. */
  impact: field.byAlgorithm(TelescopeImpactParameterContainer, 'Impact distances'),
  /** Disp parameters. */
  disp: field.byAlgorithm(DispContainer, 'Disp parameters'),
}) {}

/** DL2 data: reconstructed properties of the shower. */
export class DL2Container extends Container.withFields('', {
  /** Results of each telescope, by telescope id. */
  tel: field.byTelescope(TelescopeReconstructedContainer, 'Results of each telescope, by telescope id'),
  /** Results of all telescopes together. */
  stereo: field.container(ReconstructedContainer, 'Results of all telescopes together'),
}) {}
