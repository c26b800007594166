import type { CameraGeometry } from '@cherenkit/core';
import { telescopeToCamera } from '@cherenkit/kernels';
import { cssColor } from '../color/css-color.js';
import { starMark } from '../layout/marker-marks.js';
import type { Theme } from '../layout/theme.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import type { Mark, MarkStyle } from '../scene/scene.js';
import type {
  CoordinateOptions,
  EllipsePlace,
  MomentsOptions,
  MuonRing,
  OverlayStyle,
} from './camera-display-options.js';
import type { CameraPlane } from './camera-plane.js';
import { hillasOverlay, type HillasParameters } from './hillas-overlay.js';
import {
  cornerText,
  ellipseMark,
  HALO,
  haloed,
  momentsLabel,
  outlined,
  OVERLAY_COLOR,
  strokeOf,
} from './overlay-marks.js';

/** Something that is drawn over the pixels of a camera. */
export interface Overlay {
  readonly marks: (transform: AxisTransform) => Mark[];
  /** Position in the unit of the axes that the picture must include. */
  readonly place?: readonly [x: number, y: number] | undefined;
}

/** The ellipse of an image, with the wedges of the uncertainty of its direction and its label. */
export function momentsOverlay(
  hillas: HillasParameters,
  plane: CameraPlane,
  options: MomentsOptions,
  theme: Theme,
): Overlay {
  const {
    withLabel = true,
    labelPlace = 'ellipse',
    nSigma = 1,
    psiUncertainty = true,
    psiUncertaintyLength = 3,
  } = options;
  const { x, y, length, width, psi, psiUncertainty: uncertainty, label } = hillasOverlay(hillas, plane, nSigma);
  if (![x, y, length, width, psi].every(Number.isFinite)) {
    return { marks: ({ area }) => cornerText('no parameters', area, theme) };
  }
  const style = strokeOf(options);
  const wedges = [-1, 1].flatMap((sign) =>
    [-1, 1].map((direction) => {
      const angle = psi + sign * uncertainty;
      const r = direction * psiUncertaintyLength * length;
      return { points: [x, y, x + r * Math.cos(angle), y + r * Math.sin(angle)] };
    }),
  );
  const hasWedges = psiUncertainty && Number.isFinite(uncertainty);
  const labelMarks = (transform: AxisTransform): Mark[] => {
    if (!withLabel) return [];
    if (labelPlace === 'corner') return cornerText(label.text, transform.area, theme);
    return [momentsLabel(label, transform, style.stroke ?? OVERLAY_COLOR)];
  };
  return {
    marks: (transform) => [
      ...(hasWedges ? haloed(outlined(wedges, transform, style)) : []),
      ...haloed([ellipseMark(transform, { x, y, length: nSigma * length, width: nSigma * width, angle: psi }, style)]),
      ...labelMarks(transform),
    ],
  };
}

/** A star at a position in the unit of the geometry, m or rad. */
export function coordinateOverlay(
  position: readonly [x: number, y: number],
  plane: CameraPlane,
  { color = 'white', size = 14, alpha }: CoordinateOptions,
): Overlay {
  const [x, y] = plane.place(...position);
  const style = { fill: cssColor(color), stroke: HALO, opacity: alpha };
  return { marks: (transform) => [starMark(transform.x(x), transform.y(y), size / 2, style)], place: [x, y] };
}

/** An ellipse of full axes in the unit of the geometry, m or rad. */
export function ellipseOverlay(
  { centroid, length, width, angle }: EllipsePlace,
  plane: CameraPlane,
  options: OverlayStyle,
): Overlay {
  const [x, y] = plane.place(...centroid);
  const ellipse = { x, y, length: plane.length(length) / 2, width: plane.length(width) / 2, angle: plane.angle(angle) };
  return { marks: (transform) => haloed([ellipseMark(transform, ellipse, strokeOf(options))]) };
}

/** A muon ring and, dashed, its width to either side. */
export function muonRingOverlay(
  { centerFovLon, centerFovLat, radius, width = NaN }: MuonRing,
  { frame }: CameraGeometry,
  plane: CameraPlane,
  options: OverlayStyle,
  theme: Theme,
): Overlay {
  if (![centerFovLon, centerFovLat, radius].every(Number.isFinite)) {
    return { marks: ({ area }) => cornerText('no ring', area, theme) };
  }
  const isCamera = frame.name === 'CameraFrame';
  const scale = isCamera ? frame.focalLength : 1;
  const center = isCamera ? telescopeToCamera({ fovLon: centerFovLon, fovLat: centerFovLat }, frame) : undefined;
  const [x, y] = plane.place(center?.x ?? centerFovLon, center?.y ?? centerFovLat);
  const circle = (transform: AxisTransform, r: number, style: MarkStyle): Mark[] => {
    const half = plane.length(r * scale);
    return haloed([ellipseMark(transform, { x, y, length: half, width: half, angle: 0 }, style)]);
  };
  const style = strokeOf(options);
  const edges = width > 0 ? [radius - width, radius + width].filter((r) => r > 0) : [];
  return {
    marks: (transform) => [
      ...circle(transform, radius, style),
      ...edges.flatMap((r) => circle(transform, r, { ...style, dash: [4, 4], strokeWidth: 1 })),
    ],
  };
}
