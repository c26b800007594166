import { checkArray } from '../event/check-array.js';
import { leavingUnchanged } from '../event/event-fingerprint.js';
import type { ArrayEvent } from '../event/index.js';
import { attributeErrors, type EventFailures } from '../framework/component/event-failures.js';
import type { GainSelector } from './calibration-kinds.js';

/**
 * A gain selector for the event source to use for one event: if it fails, the failure is recorded, the image of the telescope
 * is rejected, and the high gain is selected.
 */
export function checkedGainSelector(
  selector: GainSelector,
  event: ArrayEvent,
  failures: EventFailures,
): Pick<GainSelector, 'select' | 'thresholdOf'> {
  return {
    thresholdOf: (telId) => (failures.checksChanges ? undefined : selector.thresholdOf?.(telId)),
    select(waveforms, telId) {
      let selected = new Int8Array(waveforms.nPixels);
      const step = (): void => {
        const select = (): Int8Array =>
          failures.checksChanges
            ? leavingUnchanged(true, { samples: waveforms.samples }, () => selector.select(waveforms, telId))
            : selector.select(waveforms, telId); // samples may be decoded on access
        selected = attributeErrors(selector, select, (channels) => {
          checkArray('gain channel per pixel', channels, 'Int8Array', waveforms.nPixels);
          checkChannels(channels, waveforms.nChannels);
        }) as Int8Array<ArrayBuffer>;
      };
      const failed = failures.catchFailure(event, telId, step);
      if (failed) event.rejections.push({ level: 'image', telId, ...failed });
      return selected;
    },
  };
}

function checkChannels(channels: Int8Array, nChannels: number): void {
  const pixel = channels.findIndex((channel) => channel < 0 || channel >= nChannels);
  if (pixel < 0) return;
  throw new RangeError(`the gain channel of pixel ${pixel} is ${channels[pixel]}; expected 0 to ${nChannels - 1}`);
}
