import type { TemplateOptions } from '@cherenkit/kernels';

/** Templates of a camera, as a file contains them. */
export interface Templates extends TemplateOptions {
  /** Camera that the file names; undefined if it names none. */
  readonly cameraName?: string | undefined;
  /** Standard deviation of the charge without light, p.e. */
  readonly pedestalWidth?: number | undefined;
  /** Standard deviation of the charge of a single photo-electron, p.e. */
  readonly speWidth?: number | undefined;
}

/** Number of parameters of a key: zenith angle, azimuth, energy, impact distance, difference of depths. */
export const N_KEYS = 5;
