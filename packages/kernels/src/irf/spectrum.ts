import type { SquareMetres, TeV } from '../units.js';

/** Flux at an energy: 1/(TeV m2 s) of a source, 1/(TeV m2 s sr) if it is diffuse. */
export interface Spectrum {
  /** Whether it is a flux per solid angle. */
  readonly isDiffuse: boolean;
  readonly flux: (energy: TeV) => number;
}

const PER_CM2: SquareMetres = 1e4;

/** Power law `normalization * (E / 1 TeV) ** index`. */
export function powerLaw(normalization: number, index: number, isDiffuse: boolean): Spectrum {
  return { isDiffuse, flux: (energy) => normalization * energy ** index };
}

/** Spectra to which simulated events are weighted, by ctapipe's names. Source: pyirf 0.14. */
export const SPECTRA = {
  /** Crab Nebula. Source: F. Aharonian et al. (HEGRA), ApJ 614 (2004) 897. */
  CRAB_HEGRA: powerLaw(2.83e-11 * PER_CM2, -2.62, false),
  /** Electrons. Source: description of the CTA instrument response functions (prod3b), section 4.3.1. */
  IRFDOC_ELECTRON_SPECTRUM: {
    isDiffuse: true,
    flux: (energy: TeV): number => {
      const bump = Math.exp(-0.5 * ((Math.log10(energy) + 0.101) / 0.741) ** 2);
      return 2.385e-9 * PER_CM2 * energy ** -3.43 * (1 + 1.95 * (Math.exp(bump) - 1));
    },
  },
  /** Protons. Source: as for the electrons. */
  IRFDOC_PROTON_SPECTRUM: powerLaw(9.8e-6 * PER_CM2, -2.62, true),
} as const satisfies Record<string, Spectrum>;
