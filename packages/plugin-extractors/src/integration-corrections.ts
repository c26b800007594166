import type { CameraReadout } from '@cherenkit/core';
import { integrationCorrection } from '@cherenkit/kernels';

/** Integration correction for a window around the peak, one per gain channel of a camera. */
export function integrationCorrections(readout: CameraReadout, width: number, shift: number): Float64Array {
  const { referencePulseShape, referencePulseSampleWidth, samplingRate } = readout;
  return Float64Array.from(referencePulseShape, (pulse) =>
    integrationCorrection(pulse, referencePulseSampleWidth, samplingRate, width, shift),
  );
}
