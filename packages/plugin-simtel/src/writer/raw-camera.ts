import {
  waveformsOf,
  type AdcSamples,
  type ArrayEvent,
  type RawDataCalibration,
  type Waveforms,
} from '@cherenkit/core';

/** Raw waveforms of a camera and their calibration. */
export interface RawCamera {
  readonly waveforms: Waveforms<AdcSamples>;
  readonly calibration: RawDataCalibration;
}

/** Pedestal and resolution of digitized waveforms: resolve the noise without saturating bright pixels. */
const PEDESTAL = 400;
const PE_PER_COUNT = 0.05;
const MAX_COUNT = 2 ** 16 - 1;

/**
 * Returns the raw data of a telescope (R0) if their calibration is known, otherwise digitizes the calibrated waveforms (R1)
 * of all gain channels. Undefined if the event has neither.
 *
 * @param nChannels - number of gain channels of the camera
 * @param calibration - calibration of the raw data, if the source provides it
 */
export function toRawCamera(
  event: ArrayEvent,
  telId: number,
  nChannels: number,
  calibration: RawDataCalibration | undefined,
): RawCamera | undefined {
  const raw = event.r0.tel.get(telId)?.waveform;
  if (raw !== undefined && calibration !== undefined) return { waveforms: raw, calibration };
  const calibrated = event.r1.tel.get(telId)?.waveform;
  if (calibrated?.nChannels !== nChannels) return undefined;
  const { nPixels, nSamples } = calibrated;
  const counts = Uint16Array.from(calibrated.samples, (pe) =>
    Math.min(MAX_COUNT, Math.max(0, Math.round(pe / PE_PER_COUNT) + PEDESTAL)),
  );
  return {
    waveforms: waveformsOf(counts, nChannels, nPixels, nSamples),
    calibration: {
      pedestal: new Float32Array(nChannels * nPixels).fill(PEDESTAL),
      dcToPe: new Float32Array(nChannels * nPixels).fill(PE_PER_COUNT),
    },
  };
}
