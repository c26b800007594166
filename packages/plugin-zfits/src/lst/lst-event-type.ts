import { EventType } from '@cherenkit/core';
import type { CameraWaveforms } from '../source/camera-waveforms.js';
import { isShowerTrigger, TriggerBits } from '../source/trigger-devices.js';

/** Event type by the bits of the trigger. Source: ctapipe_io_lst 0.31 `_event_type_from_trigger_bits`. */
export function eventTypeOfTrigger(bits: number): EventType {
  if (isShowerTrigger(bits)) return EventType.SUBARRAY;
  switch (bits) {
    // Flat-field events may trigger the camera as well.
    case TriggerBits.CALIBRATION:
    case TriggerBits.CALIBRATION | TriggerBits.MONO:
      return EventType.FLATFIELD;
    // A trigger at the same time as a pedestal, most likely of a shower.
    case TriggerBits.PEDESTAL | TriggerBits.MONO:
      return EventType.SUBARRAY;
    case TriggerBits.PEDESTAL:
      return EventType.SKY_PEDESTAL;
    case TriggerBits.SINGLE_PE:
      return EventType.SINGLE_PE;
    default:
      return EventType.UNKNOWN;
  }
}

/** Charges of flat-field events: sums of the samples of a pixel, ADC counts, and the fraction of pixels that have such sums. */
export interface FlatFieldCharges {
  readonly minFlatfieldAdc: number;
  readonly maxFlatfieldAdc: number;
  readonly minFlatfieldPixelFraction: number;
}

/**
 * Recognizes flat-field events by the sums of the samples. Source: ctapipe_io_lst 0.31 `tag_flatfield_events`.
 *
 * @param warn - gets what contradicts the type of the trigger
 */
export function eventTypeOfCharges(
  { waveform, selected }: CameraWaveforms,
  byTrigger: EventType,
  { minFlatfieldAdc, maxFlatfieldAdc, minFlatfieldPixelFraction }: FlatFieldCharges,
  warn: (contradiction: string) => void,
): EventType {
  const { nPixels, nSamples } = waveform;
  const high = waveform.channel(0);
  let nInRange = 0;
  for (let pixel = 0; pixel < nPixels; pixel++) {
    let sum = 0;
    for (let i = pixel * nSamples; i < (pixel + 1) * nSamples; i++) sum += high[i];
    if (sum >= minFlatfieldAdc && sum <= maxFlatfieldAdc) nInRange++;
  }
  if (nInRange >= minFlatfieldPixelFraction * nPixels) {
    if (selected === undefined) return EventType.FLATFIELD;
    warn('looks like a flat-field event, but has one gain channel');
    return EventType.UNKNOWN;
  }
  if (byTrigger !== EventType.FLATFIELD) return byTrigger;
  warn('has the trigger of a flat-field event, but not its charges');
  return EventType.UNKNOWN;
}

/**
 * Corrects the type of pedestal events by their ids. Source: ctapipe_io_lst 0.31 `check_interleaved_pedestal`.
 *
 * @param pedestalIds - undefined if they are not known
 */
export function eventTypeOfId(
  eventId: bigint,
  eventType: EventType,
  pedestalIds: ReadonlySet<number> | undefined,
): EventType {
  if (pedestalIds === undefined) return eventType;
  if (pedestalIds.has(Number(eventId))) return EventType.SKY_PEDESTAL;
  return eventType === EventType.SKY_PEDESTAL ? EventType.SUBARRAY : eventType;
}
