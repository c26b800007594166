import type { PixelShape } from '../camera/index.js';
import type { Metres, Radians } from '../units.js';
import { errorFunction } from './error-function.js';
import type { Ring } from './ring-parameters.js';

const FINE_STRUCTURE_CONSTANT = 0.0072973525643;

/** Area of a pixel over that of its bounding square: a rough correction, which cancels between data and simulation. */
const AREA_RATIO: Readonly<Record<PixelShape, number>> = {
  hexagon: Math.PI / 2 / Math.sqrt(3),
  square: Math.PI / 4,
  circle: 1,
};

/** Telescope that observes a muon. */
export interface MuonOptics {
  readonly mirrorRadius: Metres;
  /** Radius of the central hole of the mirror, or of the camera's shadow; 0 for none. */
  readonly holeRadius: Metres;
  /** Wavelength range in which the camera detects Cherenkov light. */
  readonly minWavelength: Metres;
  readonly maxWavelength: Metres;
  readonly pixelDiameter: Radians;
  readonly pixelShape: PixelShape;
  /** Number of points per pixel at which the profile along the ring is computed. */
  readonly oversampling: number;
}

/** Parameters of a muon's image other than its ring. */
export interface MuonTrack {
  /** Distance between the muon's impact point and the centre of the mirror. */
  readonly impactParameter: Metres;
  /** Angle on the ring at which the light is brightest. */
  readonly phi: Radians;
  /** Standard deviation of the light across the ring. */
  readonly ringWidth: Radians;
  /** Fraction of the photons that are detected as photo-electrons. */
  readonly opticalEfficiency: number;
}

/**
 * Length of the chord on a round mirror from the impact point of a muon to the edge, at an angle to the direction of
 * the mirror's centre.
 *
 * Source: G. Vacanti et al., Astroparticle Physics 2 (1994) 1, equations 6 and 7; ctapipe 0.32 `chord_length`.
 *
 * @param rho - distance of the impact point from the centre, in units of the radius
 */
export function chordLength(radius: Metres, rho: number, angle: Radians): Metres {
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  const discriminant = 1 - rho * rho * sine * sine;
  if (discriminant < 0) return 0;
  if (rho <= 1) return radius * (Math.sqrt(discriminant) + rho * cosine);
  return Math.abs(sine) < 1 / rho && cosine > 0 ? 2 * radius * Math.sqrt(discriminant) : 0;
}

/**
 * Predicts the photo-electrons of a muon ring in each of several pixels.
 *
 * Along the ring the light is proportional to the length of the chord on the mirror; across the ring its distribution
 * is normal. Source: ctapipe 0.32 `image_prediction`, after M. Chalme-Calvet et al. (2014), arXiv:1403.4550.
 *
 * @param distance - of the pixels from the centre of the ring, rad
 * @param angle - polar angle of the pixels around the centre of the ring, in [-pi, pi]
 * @param prediction - result, p.e. per pixel
 */
export function predictMuonImage(
  { mirrorRadius, holeRadius, minWavelength, maxWavelength, pixelDiameter, pixelShape, oversampling }: MuonOptics,
  ring: Ring,
  { impactParameter, phi, ringWidth, opticalEfficiency }: MuonTrack,
  distance: Float64Array,
  angle: Float64Array,
  prediction: Float64Array,
): void {
  const { radius } = ring;
  const profile = smoothedProfile(
    Math.floor((2 * Math.PI * radius) / pixelDiameter) * oversampling,
    oversampling,
    (at) => {
      const length = chordLength(mirrorRadius, impactParameter / mirrorRadius, at - phi);
      return holeRadius === 0 ? length : length - chordLength(holeRadius, impactParameter / holeRadius, at - phi);
    },
  );
  const emission = FINE_STRUCTURE_CONSTANT * (1 / minWavelength - 1 / maxWavelength);
  const factor =
    emission * (pixelDiameter / radius) * 0.5 * Math.sin(2 * radius) * AREA_RATIO[pixelShape] * opticalEfficiency;
  const steps = profile.length - 1;
  const scale = 1 / (Math.SQRT2 * ringWidth);
  for (let i = 0; i < prediction.length; i++) {
    const at = ((angle[i] + Math.PI) / (2 * Math.PI)) * steps;
    const step = Math.min(Math.floor(at), steps - 1);
    const length = profile[step] + (at - step) * (profile[step + 1] - profile[step]);
    const outer = errorFunction((distance[i] + pixelDiameter / 2 - radius) * scale);
    const inner = errorFunction((distance[i] - pixelDiameter / 2 - radius) * scale);
    prediction[i] = factor * length * 0.5 * (outer - inner);
  }
}

/** Values at n equidistant angles from -pi to pi, smoothed with a periodic running mean over `width` points. */
function smoothedProfile(n: number, width: number, valueAt: (angle: Radians) => number): Float64Array {
  const values = Float64Array.from({ length: n }, (_, i) => valueAt(-Math.PI + (i * 2 * Math.PI) / (n - 1)));
  const before = Math.floor(width / 2);
  return values.map((_, i) => {
    let sum = 0;
    for (let k = -before; k < width - before; k++) sum += values[(((i + k) % n) + n) % n];
    return sum / width;
  });
}

/**
 * Negative logarithm of the likelihood of a charge, given the expected charge, in the Gaussian approximation.
 *
 * ln(2 pi theta) / 2 + (charge - expected)2 / (2 theta), theta = pedestal2 + expected (1 + width2). Source: M. de
 * Naurois and L. Rolland, Astroparticle Physics 32 (2009) 231, between equations 24 and 25; ctapipe 0.32
 * `neg_log_likelihood_approx`.
 *
 * @param speWidth - relative standard deviation of the charge of a single photo-electron
 * @param pedestal - standard deviation of the charge without light
 */
export function negativeLogLikelihood(charge: number, expected: number, speWidth: number, pedestal: number): number {
  const theta = 2 * (pedestal * pedestal + expected * (1 + speWidth * speWidth));
  return Math.log(Math.PI * theta) / 2 + (charge - expected) ** 2 / theta;
}
