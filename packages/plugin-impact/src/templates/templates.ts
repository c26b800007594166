import { radians, type TemplateAxes, type TemplateOptions } from '@cherenkit/kernels';

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

/** Range of the nodes of ctapipe's templates along the image axis and across, degrees. Its files do not contain it. */
export const X_RANGE = [-5, 1] as const;
export const Y_RANGE = [-1.5, 1.5] as const;

/** Axes of templates with so many nodes in the range of ctapipe's templates. */
export function axesOfCtapipe(nX: number, nY: number): TemplateAxes {
  return {
    xMin: radians(X_RANGE[0]),
    xMax: radians(X_RANGE[1]),
    nX,
    yMin: radians(Y_RANGE[0]),
    yMax: radians(Y_RANGE[1]),
    nY,
  };
}
