import { Container } from './container.js';
import { field } from './field.js';

/** A muon ring fitted to an image, in the telescope frame. */
export class MuonRingContainer extends Container.withFields('muonring', {
  /** Centre of the ring, along the azimuth, rad. */
  centerFovLon: field.float64('Centre of the ring, along the azimuth', { unit: 'deg' }),
  /** Centre of the ring, along the altitude, rad. */
  centerFovLat: field.float64('Centre of the ring, along the altitude', { unit: 'deg' }),
  /** Radius of the ring, rad. */
  radius: field.float64('Radius of the ring', { unit: 'deg' }),
  /** Uncertainty of the centre along the azimuth, rad. */
  centerFovLonErr: field.float64('Uncertainty of the centre along the azimuth', { unit: 'deg' }),
  /** Uncertainty of the centre along the altitude, rad. */
  centerFovLatErr: field.float64('Uncertainty of the centre along the altitude', { unit: 'deg' }),
  /** Uncertainty of the radius, rad. */
  radiusErr: field.float64('Uncertainty of the radius', { unit: 'deg' }),
  /** Polar angle of the centre, rad. */
  centerPhi: field.float64('Polar angle of the centre', { unit: 'deg', expressionUnit: 'rad' }),
  /** Distance of the centre from that of the field of view, rad. */
  centerDistance: field.float64('Distance of the centre from that of the field of view', { unit: 'deg' }),
}) {}

/** Parameters of an image relative to its muon ring. */
export class MuonParametersContainer extends Container.withFields('muonparameters', {
  /** Part of the ring within the camera. */
  containment: field.float64('Part of the ring within the camera'),
  /** Part of the sectors of the ring that have light. */
  completeness: field.float64('Part of the sectors of the ring that have light'),
  /** Part of the light that is on the ring. */
  intensityRatio: field.float64('Part of the light that is on the ring'),
  /** Mean squared distance of the light from the ring, rad**2. */
  meanSquaredError: field.float64('Mean squared distance of the light from the ring', { unit: 'deg**2' }),
  /** Sum of the charges on the ring, p.e. */
  ringIntensity: field.float64('Sum of the charges on the ring, p.e.'),
  /** Sum of the charges of cleaned pixels outside the ring, p.e. */
  intensityOutsideRing: field.float64('Sum of the charges of cleaned pixels outside the ring, p.e.'),
  /** Cleaned pixels on the ring. */
  nPixelsInRing: field.int64('Cleaned pixels on the ring'),
  /** Mean charge of the pixels next to the ring, p.e. */
  meanIntensityOutsideRing: field.float64('Mean charge of the pixels next to the ring, p.e.'),
  /** Standard deviation of the distances of the light from the centre, rad. */
  radialStdDev: field.float64('Standard deviation of the distances of the light from the centre', { unit: 'deg' }),
  /** Skewness of these distances. */
  skewness: field.float64('Skewness of these distances'),
  /** Excess kurtosis of these distances. */
  excessKurtosis: field.float64('Excess kurtosis of these distances'),
}) {}

/** Results of the fit to the light distribution along the ring: impact of the muon and optical efficiency of the telescope. */
export class MuonEfficiencyContainer extends Container.withFields('muonefficiency', {
  /** Standard deviation of the light across the ring, rad. */
  width: field.float64('Standard deviation of the light across the ring', { unit: 'deg' }),
  /** Distance of the muon from the centre of the mirror, m. */
  impact: field.float64('Distance of the muon from the centre of the mirror', { unit: 'm' }),
  /** Impact of the muon on the mirror, x, m. */
  impactX: field.float64('Impact of the muon on the mirror, x', { unit: 'm' }),
  /** Impact of the muon on the mirror, y, m. */
  impactY: field.float64('Impact of the muon on the mirror, y', { unit: 'm' }),
  /** Part of the Cherenkov light that became photo-electrons. */
  opticalEfficiency: field.float64('Part of the Cherenkov light that became photo-electrons'),
  /** Whether the fit converged. */
  isValid: field.boolean('Whether the fit converged'),
  /** Whether a parameter of the fit is at its limit. */
  parametersAtLimit: field.boolean('Whether a parameter of the fit is at its limit'),
  /** Minus the logarithm of the likelihood. */
  likelihoodValue: field.float64('Minus the logarithm of the likelihood'),
}) {}

/** The muon ring in the image of one telescope. */
export class MuonTelescopeContainer extends Container.withFields('', {
  /** The ring. */
  ring: field.container(MuonRingContainer, 'The ring'),
  /** Parameters of the image around the ring. */
  parameters: field.container(MuonParametersContainer, 'Parameters of the image around the ring'),
  /** Results of the fit to the light along the ring. */
  efficiency: field.container(MuonEfficiencyContainer, 'Results of the fit to the light along the ring'),
  /** Why there is no ring, or no efficiency. */
  reason: field.transient<string | undefined>('Why there is no ring, or no efficiency', () => undefined),
}) {}

/** Muons, by telescope. */
export class MuonContainer extends Container.withFields('', {
  /** Muons by telescope id. */
  tel: field.byTelescope(MuonTelescopeContainer, 'Muons by telescope id'),
}) {}
