import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { SubarrayDescription } from '../instrument/index.js';
import type { Pipeline } from './process-event.js';

/**
 * Refuses a run over waveforms of all gains where a step needs one channel per pixel, before it begins.
 *
 * @throws CherenkitError naming the steps
 */
export function checkGains(subarray: SubarrayDescription, { calibrator, imageProcessor }: Pipeline): void {
  const telIds = subarray.telIds.filter((telId) => subarray.telescope(telId).camera.readout.nChannels > 1);
  const needing = [...(calibrator?.singleGainComponents ?? []), ...(imageProcessor ? [imageProcessor.name] : [])];
  if (telIds.length === 0 || needing.length === 0) return;
  const images = imageProcessor ? ', or write images only (--write-images --no-write-parameters)' : '';
  throw new CherenkitError(
    'GAIN_NOT_SELECTED',
    ExitCode.USAGE,
    `select_gain is false, so the waveforms of ${telIds.length} telescopes (the first is ${telIds[0]}) keep both gains, but ` +
      `${needing.join(' and ')} can do with one gain channel per pixel only. Let gains be selected (select_gain: true)${images}.`,
  );
}
