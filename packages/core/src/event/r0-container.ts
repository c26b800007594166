import { Container } from './container.js';
import { field } from './field.js';
import type { AdcSamples, Waveforms } from './waveforms.js';

/** Raw data of one telescope. */
export class R0CameraContainer extends Container.withFields('', {
  waveform: field.memory<Waveforms<AdcSamples> | undefined>(
    'ADC counts per channel, pixel and sample',
    () => undefined,
  ),
}) {}

/** Raw data. */
export class R0Container extends Container.withFields('', {
  tel: field.byTelescope(R0CameraContainer),
}) {}
