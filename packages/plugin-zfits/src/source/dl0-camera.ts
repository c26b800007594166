import { DL0CameraContainer, PixelStatus } from '@cherenkit/core';
import type { Dl0v1TelescopeEvent } from '../messages/dl0v1-messages.js';
import { cutInPlace } from './camera-waveforms.js';
import type { PixelMap } from './pixel-map.js';
import {
  calibratedWaveforms,
  eventTypeOf,
  isUnreduced,
  markStored,
  reducedPixels,
  selectedChannels,
  timeOf,
  timeShifts,
  type SampleScale,
} from './stored-camera.js';

/** Options of {@link dl0Camera}. */
export interface Dl0CameraOptions {
  readonly map: PixelMap;
  readonly scale: SampleScale;
  /** Samples of pixels that are not stored. */
  readonly fill: number;
  /** Numbers of samples to leave out at both ends. */
  readonly ignoredAtStart?: number;
  readonly ignoredAtEnd?: number;
}

/**
 * The data of a telescope event in the order of the camera. Source: ctapipe_io_zfits 0.5 `_fill_dl0_container`, whose selected
 * channels are always the low gain.
 *
 * @throws ZfitsError ZFITS_MESSAGE (65) for events whose arrays do not fit together
 */
export function dl0Camera(event: Dl0v1TelescopeEvent, options: Dl0CameraOptions): DL0CameraContainer {
  const { map, scale, fill, ignoredAtStart = 0, ignoredAtEnd = 0 } = options;
  const { eventId, numChannels: nChannels, numSamples: nSamples, numPixelsSurvived: nStored } = event;
  map.requireShape({ nChannels, nSamples }, eventId);
  const status = storedStatus(event, map);
  const pixels = reducedPixels(status, map);
  if (pixels.length !== nStored) {
    throw map.mistake(`event ${eventId} has ${nStored} stored pixels, but the flags of ${pixels.length}`);
  }
  const stored = map.require(event.waveform, Uint16Array, nChannels * nStored * nSamples, 'waveform', eventId);
  const shape = { nChannels, nSamples, pixels, nPixels: map.nPixels };
  const waveform = calibratedWaveforms(stored, shape, scale, fill);
  const pixelStatus = map.placeFlags(status);
  const { firstCellId } = event;
  return new DL0CameraContainer({
    eventType: eventTypeOf(event.eventType),
    eventTime: timeOf(event.eventTimeS, event.eventTimeQns),
    waveform: cutInPlace(waveform, ignoredAtStart, nSamples - ignoredAtEnd),
    pixelStatus,
    firstCellId: firstCellId instanceof Uint16Array && firstCellId.length > 0 ? firstCellId : undefined,
    selectedGainChannel: selectedChannels(pixelStatus, nChannels),
    pixelTimeShift: timeShifts(event.pixelTimeShift, shape, map, eventId),
  });
}

/** Flags of the read-out pixels; writers do not mark pixels as stored if all of them are. */
function storedStatus(event: Dl0v1TelescopeEvent, map: PixelMap): Uint8Array {
  const { ids } = map;
  const status = map.require(event.pixelStatus, Uint8Array, ids.length, 'pixel_status', event.eventId);
  const isComplete = event.numPixelsSurvived === ids.length && isUnreduced(status);
  return isComplete ? markStored(status, PixelStatus.DVR_STATUS_0, () => true) : status;
}
