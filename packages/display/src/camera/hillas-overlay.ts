import type { CameraHillasParametersContainer, HillasParametersContainer } from '@cherenkit/core';
import type { CameraPlane } from './camera-plane.js';

/** Hillas parameters, in the telescope frame or in the camera frame. */
export type HillasParameters = HillasParametersContainer | CameraHillasParametersContainer;

/** An ellipse in the unit of the axes; its label is turned by the smallest angle that makes it readable. */
export interface HillasOverlay {
  readonly x: number;
  readonly y: number;
  /** Half axes, one standard deviation. */
  readonly length: number;
  readonly width: number;
  /** rad, counter-clockwise from the x axis. */
  readonly psi: number;
  readonly psiUncertainty: number;
  readonly label: { readonly x: number; readonly y: number; readonly rotation: number; readonly text: string };
}

/** Ellipse and label of Hillas parameters. Source: ctapipe 0.32 `build_hillas_overlay`. */
export function hillasOverlay(hillas: HillasParameters, plane: CameraPlane, nSigma = 1): HillasOverlay {
  const [x, y] = 'fovLon' in hillas ? plane.place(hillas.fovLon, hillas.fovLat) : plane.place(hillas.x, hillas.y);
  const [length, width] = [plane.length(hillas.length), plane.length(hillas.width)];
  const psi = plane.angle(hillas.psi);
  const ellipse = { x, y, length, width, psi, psiUncertainty: hillas.psiUncertainty };
  return { ...ellipse, label: { ...labelPlace(ellipse, nSigma), text: labelText(ellipse, plane.unit) } };
}

type Ellipse = Omit<HillasOverlay, 'label'>;

/** Just outside of the ellipse, on the side that is above the text. */
function labelPlace({ x, y, length, width, psi }: Ellipse, nSigma: number): { x: number; y: number; rotation: number } {
  const quarter = Math.PI / 2;
  // Within [-135, 135] degrees.
  let angle = psi - 2 * Math.PI * Math.round(psi / (2 * Math.PI));
  if (angle < -1.5 * quarter) angle += Math.PI;
  else if (angle > 1.5 * quarter) angle -= Math.PI;
  const place = (distance: number, direction: number, rotation: number): { x: number; y: number; rotation: number } => {
    const r = 1.2 * nSigma * distance;
    return { x: x + r * Math.cos(direction), y: y + r * Math.sin(direction), rotation };
  };
  if (angle > quarter / 2) return place(length, angle, angle - quarter);
  if (angle > -quarter / 2) return place(width, angle + quarter, angle);
  return place(length, angle + Math.PI, angle + quarter);
}

function labelText({ x, y, length, width }: Ellipse, unit: 'm' | 'deg'): string {
  const format = (value: number): string => `${value.toFixed(2)}${unit === 'deg' ? '°' : ' m'}`;
  return `(${format(x)}, ${format(y)})\n[w=${format(width)},l=${format(length)}]`;
}
