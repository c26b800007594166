import type { CameraReadout } from '@cherenkit/core';
import { integrationCorrection } from '@cherenkit/kernels';

/** What to multiply the charge of a window about the peak by, one per gain channel of a camera. */
export function integrationCorrections(readout: CameraReadout, width: number, shift: number): Float64Array {
  const { referencePulseShape, referencePulseSampleWidth, samplingRate } = readout;
  return Float64Array.from(referencePulseShape, (pulse) =>
    integrationCorrection(pulse, referencePulseSampleWidth, samplingRate, width, shift),
  );
}
