import { CameraGeometry } from '@cherenkit/core';
import { cameraToEngineering, degrees, engineeringToCamera } from '@cherenkit/kernels';
import type { AxisLimits } from '../scene/axis-transform.js';
import { PixelLayout } from '../scene/pixel-layout.js';
import { PixelCells } from './pixel-cells.js';

/** Frame in which a camera is drawn. */
export type CameraViewFrame = 'CameraFrame' | 'TelescopeFrame' | 'EngineeringCameraFrame';

/** Space around the camera, in units of its size. */
const MARGIN = 0.05;

/** A camera in the frame in which it is drawn, in the unit of its axes: m or deg. Made once per geometry and frame. */
export class CameraPlane {
  readonly unit: 'm' | 'deg';
  readonly xName: string;
  readonly yName: string;
  readonly layout: PixelLayout;
  #cells: PixelCells | undefined;
  #extent: { readonly x: AxisLimits; readonly y: AxisLimits } | undefined;

  private constructor(
    /** Pixels in the frame that is drawn, in m or rad. */
    readonly geometry: CameraGeometry,
    readonly frame: CameraViewFrame,
    /** Number of mirrors, which determines the engineering frame. */
    readonly nMirrors: 1 | 2,
  ) {
    const isAngular = frame === 'TelescopeFrame';
    this.unit = isAngular ? 'deg' : 'm';
    [this.xName, this.yName] = isAngular ? ['fov_lon', 'fov_lat'] : ['x', 'y'];
    const { pixType, pixX, pixY, pixelWidth, pixRotation } = geometry;
    const inUnit = (values: Float64Array): Float64Array => (isAngular ? values.map(degrees) : values);
    this.layout = new PixelLayout(pixType, inUnit(pixX), inUnit(pixY), inUnit(pixelWidth), pixRotation);
  }

  /**
   * Returns the plane of a geometry.
   *
   * @throws RangeError for a camera frame of a geometry in the telescope frame, which has no focal length
   */
  static of(geometry: CameraGeometry, frame: CameraViewFrame = geometry.frame.name, nMirrors: 1 | 2 = 1): CameraPlane {
    const key = `${frame} ${nMirrors}`;
    const planes = PLANES.get(geometry) ?? new Map<string, CameraPlane>();
    PLANES.set(geometry, planes);
    let plane = planes.get(key);
    if (plane === undefined) {
      plane = new CameraPlane(inFrame(geometry, frame, nMirrors), frame, nMirrors);
      planes.set(key, plane);
    }
    return plane;
  }

  /** Areas that belong to the pixels, without gaps between them. */
  get cells(): PixelCells {
    return (this.#cells ??= new PixelCells(this.layout, this.geometry));
  }

  /** Limits of the pixels with a margin, in the unit of the axes. */
  get extent(): { readonly x: AxisLimits; readonly y: AxisLimits } {
    return (this.#extent ??= { x: limitsWithMargin(this.layout, 0), y: limitsWithMargin(this.layout, 1) });
  }

  /** Position in the unit of the axes, from the unit of the geometry, m or rad. */
  place(x: number, y: number): readonly [x: number, y: number] {
    if (this.frame === 'TelescopeFrame') return [degrees(x), degrees(y)];
    if (this.frame === 'CameraFrame') return [x, y];
    const point = cameraToEngineering({ x, y }, this.nMirrors);
    return [point.x, point.y];
  }

  /** Direction in the drawn frame, from that of the geometry. */
  angle(angle: number): number {
    if (this.frame !== 'EngineeringCameraFrame') return angle;
    return this.nMirrors === 1 ? -Math.PI / 2 - angle : angle - Math.PI / 2;
  }

  /** Length in the unit of the axes, from the unit of the geometry. */
  length(length: number): number {
    return this.unit === 'deg' ? degrees(length) : length;
  }

  /** Pixel at a position in the unit of the axes; -1 if there is none. */
  pixelAt(x: number, y: number): number {
    const scale = this.unit === 'deg' ? Math.PI / 180 : 1;
    return this.geometry.positionToPixIndex(x * scale, y * scale);
  }

  /** Position in the geometry, m or rad, from the unit of the axes: the inverse of `place`. */
  toGeometry(x: number, y: number): readonly [x: number, y: number] {
    if (this.frame === 'TelescopeFrame') return [(x * Math.PI) / 180, (y * Math.PI) / 180];
    if (this.frame === 'CameraFrame') return [x, y];
    const point = engineeringToCamera({ x, y }, this.nMirrors);
    return [point.x, point.y];
  }
}

const PLANES = new WeakMap<CameraGeometry, Map<string, CameraPlane>>();

/** Limits of the corners along an axis. */
function limitsWithMargin({ corners }: PixelLayout, axis: 0 | 1): AxisLimits {
  let [low, high] = [Infinity, -Infinity];
  for (let i: number = axis; i < corners.length; i += 2) {
    low = Math.min(low, corners[i]);
    high = Math.max(high, corners[i]);
  }
  const margin = MARGIN * (high - low);
  return low <= high ? [low - margin, high + margin] : [-1, 1];
}

function inFrame(geometry: CameraGeometry, frame: CameraViewFrame, nMirrors: 1 | 2): CameraGeometry {
  const own = geometry.frame.name;
  if (frame === own) return geometry;
  if (frame === 'TelescopeFrame') return geometry.toTelescopeFrame();
  if (own !== 'CameraFrame') {
    throw new RangeError(
      `Camera ${geometry.name} is in the ${own} and cannot be drawn in the ${frame}: give it in the CameraFrame.`,
    );
  }
  const { name, pixId, pixX, pixY, pixArea, pixType, gridType, pixRotation } = geometry;
  const points = Array.from(pixX, (x, i) => cameraToEngineering({ x, y: pixY[i] }, nMirrors));
  return new CameraGeometry({
    name,
    pixId,
    pixX: points.map((point) => point.x),
    pixY: points.map((point) => point.y),
    pixArea,
    pixType,
    gridType,
    pixRotation: nMirrors === 1 ? Math.PI / 2 - pixRotation : pixRotation - Math.PI / 2,
    neighbors: () => geometry.neighbors,
    frame: geometry.frame,
  });
}
