import type { AltAz } from '@cherenkit/kernels';
import type { ColorMap } from '../color/color-map.js';
import type { NormName } from '../color/color-norm.js';
import type { Theme, ThemeName } from '../layout/theme.js';
import type { CameraViewFrame } from './camera-plane.js';

/** Options of `CameraDisplay`. */
export interface CameraDisplayOptions {
  /** Value of each pixel. Default: 0. NaN is drawn in grey. */
  readonly image?: ArrayLike<number> | undefined;
  /** Default: inferno. */
  readonly cmap?: string | ColorMap;
  /** Default: lin. */
  readonly norm?: NormName;
  /** Adapt the limits of the colours to each image. Default: true; false once limits are set. */
  readonly autoscale?: boolean;
  /** Default: the name of the camera. */
  readonly title?: string | undefined;
  /** Write the name of the frame into the picture. Default: true. */
  readonly showFrame?: boolean;
  /** Draw axes with ticks, labels and title. Default: true. Without, the camera fills the picture. */
  readonly showAxes?: boolean;
  /** Default: that of the geometry. */
  readonly frame?: CameraViewFrame | undefined;
  /** Number of mirrors, for the `EngineeringCameraFrame`. Default: 1. */
  readonly nMirrors?: 1 | 2;
  readonly theme?: ThemeName | Theme;
  /** Size of the picture, CSS pixels. Default: 600 x 500. */
  readonly width?: number;
  readonly height?: number;
}

/** Style of an overlay. */
export interface OverlayStyle {
  readonly color?: string;
  readonly linewidth?: number;
  readonly alpha?: number;
}

export interface HighlightOptions extends OverlayStyle {
  /** Outline of the group of pixels, or of each pixel. Default: contour. */
  readonly style?: 'contour' | 'pixels';
  /** Keep what was highlighted before. Default: false. */
  readonly keepOld?: boolean;
}

export interface OverlayOptions extends OverlayStyle {
  /** Keep overlays that were added before. Default: false. */
  readonly keepOld?: boolean;
}

export interface MomentsOptions extends OverlayOptions {
  /** Write centroid, width and length. Default: true. */
  readonly withLabel?: boolean;
  /** Beside the ellipse, or at the lower left of the axes, where it covers no image. Default: ellipse. */
  readonly labelPlace?: 'ellipse' | 'corner';
  /** Half axes in standard deviations. Default: 1. */
  readonly nSigma?: number;
  /** Draw wedges of the uncertainty of psi. Default: true. */
  readonly psiUncertainty?: boolean;
  /** Length of the wedges in units of the length. Default: 3. */
  readonly psiUncertaintyLength?: number;
}

export interface CoordinateOptions extends OverlayOptions {
  /** Where the telescope points; required for a direction in the sky. */
  readonly pointing?: AltAz;
  /** Size, CSS pixels. Default: 14. */
  readonly size?: number;
}

/** Place of an ellipse, see `CameraDisplay.addEllipse`. */
export interface EllipsePlace {
  /** In the unit of the geometry, m or rad. */
  readonly centroid: readonly [x: number, y: number];
  /** Full axis, in the same unit. */
  readonly length: number;
  /** The other full axis. */
  readonly width: number;
  /** Angle of the axis `length`, counter-clockwise from the x axis, rad. */
  readonly angle: number;
}

/** A muon ring in the telescope frame, rad: `MuonRingContainer`, with the width of `MuonEfficiencyContainer`. */
export interface MuonRing {
  readonly centerFovLon: number;
  readonly centerFovLat: number;
  readonly radius: number;
  readonly width?: number;
}
