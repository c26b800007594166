import { Container } from './container.js';
import { field } from './field.js';

/** A ring fitted to an image, in the telescope frame. */
export class MuonRingContainer extends Container.withFields('muonring', {
  centerFovLon: field.float64('Centre of the ring, along the azimuth', { unit: 'deg' }),
  centerFovLat: field.float64('Centre of the ring, along the altitude', { unit: 'deg' }),
  radius: field.float64('Radius of the ring', { unit: 'deg' }),
  centerFovLonErr: field.float64('Uncertainty of the centre along the azimuth', { unit: 'deg' }),
  centerFovLatErr: field.float64('Uncertainty of the centre along the altitude', { unit: 'deg' }),
  radiusErr: field.float64('Uncertainty of the radius', { unit: 'deg' }),
  centerPhi: field.float64('Polar angle of the centre', { unit: 'deg', expressionUnit: 'rad' }),
  centerDistance: field.float64('Distance of the centre from that of the field of view', { unit: 'deg' }),
}) {}

/** How an image looks around its ring. */
export class MuonParametersContainer extends Container.withFields('muonparameters', {
  containment: field.float64('Part of the ring within the camera'),
  completeness: field.float64('Part of the sectors of the ring that have light'),
  intensityRatio: field.float64('Part of the light that is on the ring'),
  meanSquaredError: field.float64('Mean squared distance of the light from the ring', { unit: 'deg**2' }),
  ringIntensity: field.float64('Sum of the charges on the ring, p.e.'),
  intensityOutsideRing: field.float64('Sum of the charges of cleaned pixels outside the ring, p.e.'),
  nPixelsInRing: field.int64('Cleaned pixels on the ring'),
  meanIntensityOutsideRing: field.float64('Mean charge of the pixels next to the ring, p.e.'),
  radialStdDev: field.float64('Standard deviation of the distances of the light from the centre', { unit: 'deg' }),
  skewness: field.float64('Skewness of these distances'),
  excessKurtosis: field.float64('Excess kurtosis of these distances'),
}) {}

/** What the light along the ring tells of the muon and of the telescope. */
export class MuonEfficiencyContainer extends Container.withFields('muonefficiency', {
  width: field.float64('Standard deviation of the light across the ring', { unit: 'deg' }),
  impact: field.float64('Distance of the muon from the centre of the mirror', { unit: 'm' }),
  impactX: field.float64('Impact of the muon on the mirror, x', { unit: 'm' }),
  impactY: field.float64('Impact of the muon on the mirror, y', { unit: 'm' }),
  opticalEfficiency: field.float64('Part of the Cherenkov light that became photo-electrons'),
  isValid: field.boolean('Whether the fit converged'),
  parametersAtLimit: field.boolean('Whether a parameter of the fit is at its limit'),
  likelihoodValue: field.float64('Minus the logarithm of the likelihood'),
}) {}

/** What one telescope saw of a muon. */
export class MuonTelescopeContainer extends Container.withFields('', {
  ring: field.container(MuonRingContainer, 'The ring'),
  parameters: field.container(MuonParametersContainer, 'How the image looks around the ring'),
  efficiency: field.container(MuonEfficiencyContainer, 'What the light along the ring tells'),
  reason: field.memory<string | undefined>('Why there is no ring, or no efficiency', () => undefined),
}) {}

/** Muons, by telescope. */
export class MuonContainer extends Container.withFields('', {
  tel: field.byTelescope(MuonTelescopeContainer),
}) {}
