import { Component, PROVENANCE, trait } from '@cherenkit/core';
import { readCalibration } from '../calibration/calibration-arrays.js';
import { clearPixels, gainFactors, selectByThreshold, type CameraWaveforms } from '../source/camera-waveforms.js';

const N_GAINS = 2;

/** Coefficients of a calibration file, of shape (2, nPixels) or, for the pedestal, (2, nPixels, nSamples). */
interface NectarCamCalibration {
  /** ADC counts. */
  readonly pedestal: ArrayLike<number>;
  readonly nPedestalSamples: number;
  readonly dcToPe: ArrayLike<number>;
  /** Pixels without coefficients. */
  readonly unusable: ArrayLike<number>;
  readonly flatField: ArrayLike<number> | undefined;
}

/**
 * Calibrates raw waveforms of a NectarCAM: selection of gain channels, pedestal, p.e. and flat field. Source: ctapipe_io_nectarcam 0.2.4
 * `NectarCAMR0Corrections`; here, events with a selected gain channel are calibrated as well.
 */
export class NectarCAMR0Corrections extends Component.withTraits({
  calibrationPath: trait.optional(
    trait.path({ help: 'File of the pedestal, the conversion to p.e. and the flat field (HDF5).' }),
  ),
  calibScaleHighGain: trait.perTelescope(
    trait.number({ default: 1, help: 'Factor for the charges of the high gain channel.' }),
  ),
  calibScaleLowGain: trait.perTelescope(
    trait.number({ default: 1, help: 'Factor for the charges of the low gain channel.' }),
  ),
  selectGain: trait.boolean({ default: false, help: 'Select one gain channel per pixel.' }),
  gainSelectionThreshold: trait.number({
    default: 3500,
    help: 'The low gain is selected if a sample of the high gain exceeds it, ADC counts.',
  }),
  applyFlatfield: trait.boolean({ default: true, help: 'Apply the flat field.' }),
}) {
  static override readonly kind: string = 'NectarCAMR0Corrections';
  static override readonly help = 'Calibrates raw waveforms of NectarCAMs.';

  #calibration: NectarCamCalibration | undefined;

  /** Whether waveforms are converted to p.e. */
  get calibrates(): boolean {
    return this.traits.calibrationPath !== undefined;
  }

  /** Pixels without coefficients, shape (2, nPixels); undefined without file. */
  get unusablePixels(): ArrayLike<number> | undefined {
    return this.#calibration?.unusable;
  }

  /**
   * Reads the file.
   *
   * @throws CherenkitError CALIBRATION_FILE (65) for other files and those of another camera; INPUT_MISSING (66)
   */
  async load(telId: number, nPixels: number): Promise<void> {
    const { calibrationPath: path, applyFlatfield } = this.traits;
    if (path === undefined) return;
    this.context.service(PROVENANCE).addInput({ url: path, role: 'calibration' });
    const ofPixels = [N_GAINS, nPixels];
    const trait = 'NectarCAMR0Corrections.calibration_path';
    const places = (table: string) => ({ trait, hdf5: { table: `/tel_${telId}/${table}` } });
    const coefficients = await readCalibration(path, places('calibration'), async ({ array, shapeOf }) => {
      const [, , nPedestalSamples = 1] = await shapeOf('pedestal_per_sample');
      const shape = nPedestalSamples === 1 ? ofPixels : [...ofPixels, nPedestalSamples];
      const unusable = await array('unusable_pixels', ofPixels);
      return {
        pedestal: await array('pedestal_per_sample', shape, unusable),
        nPedestalSamples,
        dcToPe: await array('dc_to_pe', ofPixels, unusable),
        unusable,
      };
    });
    const flatField = applyFlatfield
      ? await readCalibration(path, places('flatfield'), ({ array }) =>
          array('relative_gain_mean', ofPixels, coefficients.unusable),
        )
      : undefined;
    this.#calibration = { ...coefficients, flatField };
  }

  /**
   * Selects gain channels, and converts samples to p.e.
   *
   * @param waveforms - ADC counts; they are changed
   * @param isInvalid - whether a pixel has no samples
   */
  calibrate(waveforms: CameraWaveforms, isInvalid: (pixel: number) => boolean): CameraWaveforms {
    const { selectGain, gainSelectionThreshold } = this.traits;
    const chosen =
      selectGain && waveforms.selected === undefined
        ? selectByThreshold(waveforms.waveform, gainSelectionThreshold)
        : waveforms;
    if (this.#calibration !== undefined) convertToPe(chosen, this.#calibration);
    clearPixels(chosen.waveform, isInvalid);
    return chosen;
  }

  /** Factors of the charges, shape (2, nPixels); undefined if they are 1. */
  chargeFactors(telId: number, nPixels: number): Float32Array | undefined {
    const { calibScaleHighGain, calibScaleLowGain } = this.traits;
    return gainFactors(calibScaleHighGain.for(telId), calibScaleLowGain.for(telId), nPixels);
  }
}

/** Subtracts the pedestal of each sample and applies the factors, in place. */
function convertToPe({ waveform, selected }: CameraWaveforms, calibration: NectarCamCalibration): void {
  const { pedestal, nPedestalSamples, dcToPe, flatField } = calibration;
  const { samples, nPixels, nSamples } = waveform;
  const step = nPedestalSamples === 1 ? 0 : 1;
  for (let row = 0; row < samples.length / nSamples; row++) {
    const index = selected === undefined ? row : selected[row] * nPixels + row;
    const [factor, flatFactor] = [dcToPe[index], flatField?.[index]];
    for (let sample = 0; sample < nSamples; sample++) {
      const at = row * nSamples + sample;
      // Rounded after each step, as with numpy's single precision.
      const pe = Math.fround(Math.fround(samples[at] - pedestal[index * nPedestalSamples + sample * step]) * factor);
      samples[at] = flatFactor === undefined ? pe : pe * flatFactor;
    }
  }
}
