import {
  waveformsOf,
  type AdcSamples,
  type ArrayEvent,
  type RawDataCalibration,
  type Waveforms,
} from '@cherenkit/core';

/** What one camera recorded, and how it is calibrated. */
export interface RawCamera {
  readonly waveforms: Waveforms<AdcSamples>;
  readonly calibration: RawDataCalibration;
}

/** Of cameras whose raw data nobody has: fine enough for the noise, and coarse enough for bright pixels. */
const PEDESTAL = 400;
const PE_PER_COUNT = 0.05;
const MAX_COUNT = 2 ** 16 - 1;

/**
 * The raw data of a telescope: as they are, or calibrated waveforms of all channels, digitized.
 *
 * @param nChannels - of the camera
 * @param calibration - of the raw data, where the source tells it
 * @returns undefined where the event has neither
 */
export function rawCameraOf(
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
