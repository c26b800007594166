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

/** First cell of each chip; undefined if the message has none. */
function firstCellsOf({ eventId, firstCellId }: LstEvent, map: PixelMap): Uint16Array | undefined {
  if (firstCellId === undefined || firstCellId.length === 0) return undefined;
  const nChips = MODULE_CHIPS * Math.ceil(map.ids.length / MODULE_PIXELS);
  return map.require(firstCellId, Uint16Array, nChips, 'first_cell_id', eventId);
}

/**
 * Describes the first cell of a working module that does not exist; undefined if all exist. Data of 2018 have such numbers, which are
 * taken modulo the number of cells.
 */
export function describeUnknownCell(
  { eventId, moduleStatus }: LstEvent,
  { firstCellId = new Uint16Array(0) }: CorrectedEvent,
): string | undefined {
  const chip = firstCellId.findIndex(
    (cell, i) => cell >= PIXEL_CELLS && moduleStatus[Math.floor(i / MODULE_CHIPS)] !== 0,
  );
  if (chip < 0) return undefined;
  const found = `Event ${eventId} has the first cell ${firstCellId[chip]} of chip ${chip}, expected 0 to ${PIXEL_CELLS - 1}`;
  return `${found}: the corrections of its pixels are wrong. This warning is given once.`;
}
