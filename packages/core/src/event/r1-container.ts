import { Container } from './container.js';
import { EventType } from './enumeration.js';
import { field } from './field.js';
import type { Waveforms } from './waveforms.js';

/**
 * Bits of `pixelStatus`: two for the data volume reduction, one per stored gain channel, saturation and trigger.
 * A pixel without stored gain is invalid. Source: ctapipe 0.32 `PixelStatus`.
 */
export const PixelStatus = {
  DVR_STATUS_0: 1,
  DVR_STATUS_1: 2,
  HIGH_GAIN_STORED: 4,
  LOW_GAIN_STORED: 8,
  SATURATED: 16,
  PIXEL_TRIGGER_0: 32,
  PIXEL_TRIGGER_1: 64,
  PIXEL_TRIGGER_2: 128,
} as const;

/** Indices of the high-gain and low-gain channels. Source: ctapipe 0.32 `GainChannel`. */
export const GainChannel = { HIGH: 0, LOW: 1 } as const;

const camera = {
  /** What the event is. */
  eventType: field.enumeration('What the event is', 'EventType', EventType, EventType.UNKNOWN),
  /** When the telescope was read out. */
  eventTime: field.time('When the telescope was read out'),
  /** Calibrated samples per channel, pixel and sample; their sum over a pulse is its charge in p.e. */
  waveform: field.waveforms<Waveforms<Float32Array>>(
    'Calibrated samples per channel, pixel and sample; their sum over a pulse is its charge in p.e.',
    ['float32'],
  ),
  /** Flags of each pixel, see PixelStatus. */
  pixelStatus: field.uint8Array('Flags of each pixel, see PixelStatus', { dims: ['n_pixels'] }),
  /** First cell of the ring buffer that was read out. */
  firstCellId: field.uint16Array('First cell of the ring buffer that was read out', { dims: ['n_cells'] }),
  /** The channel each pixel was taken from; none where all are kept. */
  selectedGainChannel: field.int8Array('The channel each pixel was taken from; none where all are kept', {
    dims: ['n_pixels'],
  }),
  /** Shift of each pixel, ns. */
  pixelTimeShift: field.float32Array('Shift of each pixel, ns', { dims: ['n_channels', 'n_pixels'] }),
};

/** Calibrated waveforms of one telescope. */
export class R1CameraContainer extends Container.withFields('', camera) {}

/** R1 data: calibrated waveforms. */
export class R1Container extends Container.withFields('', {
  /** Calibrated waveforms by telescope id. */
  tel: field.byTelescope(R1CameraContainer, 'Calibrated waveforms by telescope id'),
}) {}

/** Calibrated waveforms of one telescope after data volume reduction. */
export class DL0CameraContainer extends Container.withFields('', camera) {}

/** DL0 data: calibrated waveforms after data volume reduction. */
export class DL0Container extends Container.withFields('', {
  /** Calibrated waveforms after data volume reduction, by telescope id. */
  tel: field.byTelescope(DL0CameraContainer, 'Calibrated waveforms after data volume reduction, by telescope id'),
}) {}
