import { Container } from './container.js';
import { field } from './field.js';
import { ImageParametersContainer } from './image-parameters-container.js';

/** Image and parameters of one telescope. Where both gains are kept, `image` and `peakTime` hold one camera after the other. */
export class DL1CameraContainer extends Container.withFields('', {
  image: field.float32Array('Charge of each pixel, p.e.'),
  peakTime: field.float32Array('Time of the pulse in each pixel since the start of the readout, ns'),
  imageMask: field.mask('Pixels that cleaning left'),
  isValid: field.boolean('Whether the extraction succeeded'),
  hasChannelAxis: field.memory(
    'Whether `image` and `peakTime` are by gain channel and pixel, also where there is one channel',
    () => false,
  ),
  meta: field.memory<Readonly<Record<string, string>> | undefined>(
    'What its tables tell of it, as attributes',
    () => undefined,
  ),
  parameters: field.optional(ImageParametersContainer, 'Parameters of the cleaned image'),
}) {}

/** Images and their parameters. */
export class DL1Container extends Container.withFields('', {
  tel: field.byTelescope(DL1CameraContainer),
}) {}
