import { Container } from './container.js';
import { field } from './field.js';
import { ImageParametersContainer } from './image-parameters-container.js';

/**
 * Image and parameters of one telescope. With both gain channels, `image` and `peakTime` have shape (nChannels, nPixels).
 *
 * A pixel whose calibration coefficients are NaN has a NaN charge; its peak time has no meaning. Cleaners never select it.
 */
export class DL1CameraContainer extends Container.withFields('', {
  /** Charge of each pixel, p.e. */
  image: field.float32Array('Charge of each pixel, p.e.', { dims: ['n_channels?', 'n_pixels'] }),
  /** Time of the pulse in each pixel since the start of the readout, ns. */
  peakTime: field.float32Array('Time of the pulse in each pixel since the start of the readout, ns', {
    dims: ['n_channels?', 'n_pixels'],
  }),
  /** Pixels that cleaning left. */
  imageMask: field.mask('Pixels that cleaning left', { dims: ['n_pixels'] }),
  /** Whether the extraction succeeded and all charges and peak times are finite. */
  isValid: field.boolean('Whether the extraction succeeded and all charges and peak times are finite'),
  /** Whether `image` and `peakTime` have an axis of gain channels, even of length 1. */
  hasChannelAxis: field.transient(
    'Whether `image` and `peakTime` have an axis of gain channels, even of length 1',
    () => false,
  ),
  /** Attributes of its table in a file. */
  meta: field.transient<Readonly<Record<string, string>> | undefined>(
    'Attributes of its table in a file',
    () => undefined,
  ),
  /** Parameters of the cleaned image. */
  parameters: field.optional(ImageParametersContainer, 'Parameters of the cleaned image'),
}) {}

/** DL1 data: images and their parameters. */
export class DL1Container extends Container.withFields('', {
  /** Images and their parameters by telescope id. */
  tel: field.byTelescope(DL1CameraContainer, 'Images and their parameters by telescope id'),
}) {}
