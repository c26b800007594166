import { PixelStatus } from '@cherenkit/core';
import { MODULE_CHIPS, MODULE_PIXELS, PIXEL_CELLS } from '@cherenkit/kernels';
import { isCalibrated, type CameraEvent, type CameraRunHeader } from '../source/camera-run.js';
import type { PixelMap } from '../source/pixel-map.js';
import {
  isReadOut,
  markStored,
  reducedPixels,
  selectedChannels,
  UNSCALED,
  type SampleScale,
  type StoredShape,
} from '../source/stored-camera.js';
import { countersOfClocks, moduleCounters, type ModuleCounters } from './module-counters.js';

const REDUCTION = PixelStatus.DVR_STATUS_0 | PixelStatus.DVR_STATUS_1;

/** An event with the counters of its modules. */
export interface LstEvent extends CameraEvent {
  readonly modules: ModuleCounters;
}

/** Samples of an event as they are stored. */
export interface StoredSamples extends StoredShape {
  readonly samples: Uint16Array;
  readonly scale: SampleScale;
  /** Gain channel of each pixel of the camera; undefined for both. */
  readonly selected: Int8Array | undefined;
}

/** What the corrections need of an event. */
export interface CorrectedEvent {
  readonly eventId: bigint;
  /** First cell of each chip. */
  readonly firstCellId: Uint16Array | undefined;
  /** Clock of each module, ticks of 7.5 ns. */
  readonly clocks: ArrayLike<number>;
  /** Bits of the event builder. */
  readonly actions: number;
  /** Whether the event builder has calibrated the samples: they are not to be corrected. */
  readonly isDone: boolean;
  /** Whether a pixel has no samples: it is broken, or was not stored. */
  readonly isInvalid: (pixel: number) => boolean;
}

/** The contents of a message, in the order of the camera. */
export interface StoredEvent {
  readonly stored: StoredSamples;
  /** Flags of all pixels of the camera. */
  readonly pixelStatus: Uint8Array;
  readonly correctable: CorrectedEvent;
}

/** Unpacks the counters of the modules. */
export function withModules(message: CameraEvent): LstEvent {
  const { counters, clocks } = message;
  const hasCounters = counters !== undefined && counters.length > 0;
  return { ...message, modules: hasCounters ? moduleCounters(counters) : countersOfClocks(clocks) };
}

/**
 * Reads samples and flags of pixels of a message.
 *
 * @throws ZfitsError ZFITS_MESSAGE (65) for arrays that are missing or of another length, and cells that a chip does not have
 */
export function storedEvent(message: LstEvent, map: PixelMap, { scale, isReduced }: CameraRunHeader): StoredEvent {
  const { eventId, nChannels, nSamples, modules, actions } = message;
  map.requireShape({ nChannels, nSamples }, eventId);
  const status = map.require(message.pixelStatus, Uint8Array, map.ids.length, 'pixel_status', eventId);
  const pixelStatus = map.placeFlags(isReduced ? status : markStored(status, PixelStatus.DVR_STATUS_0, isReadOut));
  const pixels = isReduced ? reducedPixels(status, map) : map.ids;
  const length = nChannels * pixels.length * nSamples;
  const samples = map.require(message.waveform, Uint16Array, length, 'waveform', eventId);
  const selected = selectedChannels(pixelStatus, nChannels);
  return {
    stored: { nChannels, nSamples, pixels, nPixels: map.nPixels, samples, scale: scale ?? UNSCALED, selected },
    pixelStatus,
    correctable: {
      eventId,
      firstCellId: firstCellsOf(message, map),
      clocks: modules.clocks,
      actions,
      isDone: isCalibrated(message),
      isInvalid: (pixel) => !isReadOut(pixelStatus[pixel]) || (pixelStatus[pixel] & REDUCTION) === 0,
    },
  };
}

/** First cell of each chip; undefined if the message has none. Those of modules that do not work have no meaning. */
function firstCellsOf({ eventId, firstCellId, moduleStatus }: LstEvent, map: PixelMap): Uint16Array | undefined {
  if (firstCellId === undefined || firstCellId.length === 0) return undefined;
  const nChips = MODULE_CHIPS * Math.ceil(map.ids.length / MODULE_PIXELS);
  const cells = map.require(firstCellId, Uint16Array, nChips, 'first_cell_id', eventId);
  const wrong = cells.findIndex(
    (cell, chip) => cell >= PIXEL_CELLS && moduleStatus[Math.floor(chip / MODULE_CHIPS)] !== 0,
  );
  if (wrong < 0) return cells;
  throw map.mistake(
    `event ${eventId} has the first_cell_id ${cells[wrong]} of chip ${wrong}, expected 0 to ${PIXEL_CELLS - 1}`,
  );
}
