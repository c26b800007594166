import { Container } from './container.js';
import { field } from './field.js';
import type { AdcSamples, Waveforms } from './waveforms.js';

/** Raw data of one telescope. */
export class R0CameraContainer extends Container.withFields('', {
  /** ADC counts per channel, pixel and sample. */
  waveform: field.waveforms<Waveforms<AdcSamples>>('ADC counts per channel, pixel and sample', ['uint16', 'uint32']),
}) {}

/** R0 data: raw data. */
export class R0Container extends Container.withFields('', {
  /** Raw data by telescope id. */
  tel: field.byTelescope(R0CameraContainer, 'Raw data by telescope id'),
}) {}
