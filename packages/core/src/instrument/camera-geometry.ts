import {
  borderPixelMask,
  buildPixelLookup,
  cameraFrame,
  findNeighbors,
  gridTypeOf,
  meanRadius,
  nearestPixel,
  neighborMatrix,
  neighborRule,
  pixelCircumradius,
  pixelsToTelescope,
  pixelWidth,
  selectNeighbors,
  TELESCOPE_FRAME,
  type CameraFrame,
  type Metres,
  type Neighbors,
  type PixelGridType,
  type PixelLookup,
  type PixelShape,
  type Radians,
  type TelescopeFrame,
} from '@cherenkit/kernels';

import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** Constructor arguments of {@link CameraGeometry}. Arrays are copied. */
export interface CameraGeometryOptions<F extends CameraFrame | TelescopeFrame = CameraFrame | TelescopeFrame> {
  name: string;
  /** Default: 0, 1, 2, ... */
  pixId?: ArrayLike<number>;
  /** Pixel centres: m in a camera frame, rad in the telescope frame. */
  pixX: ArrayLike<number>;
  pixY: ArrayLike<number>;
  /** Pixel areas: m2 or rad2. */
  pixArea: ArrayLike<number>;
  pixType: PixelShape;
  /** Default: a square grid for square pixels, a hexagonal grid for all others. */
  gridType?: PixelGridType;
  /** Rotation of the pixels around their centres. */
  pixRotation?: Radians;
  /** Rotation of the camera, see `applyDerotation`. */
  camRotation?: Radians;
  /** Default: computed from the distances between pixels. A function is called on first use. */
  neighbors?: Neighbors | (() => Neighbors);
  /** Rotate the pixel positions by -camRotation and set camRotation to 0. Default: true. */
  applyDerotation?: boolean;
  frame: F;
}

const RELATIVE_TOLERANCE = 1e-5;

/**
 * The geometry of a camera: positions, areas, shapes and neighbours of its pixels. Source: ctapipe 0.32 `CameraGeometry`.
 *
 * Immutable: the arrays must not be modified. Derived quantities (neighbours, border, radius) are computed on first use.
 * The type parameter is the frame of the positions: `CameraGeometry<TelescopeFrame>` has angles.
 *
 * @example
 * ```ts
 * const geometry = subarray.telescope(1).camera.geometry.toTelescopeFrame();
 * const brightest = image.indexOf(Math.max(...image));
 * const { pixX, pixY, neighbors } = geometry;
 * console.log(pixX[brightest], pixY[brightest]); // rad
 * // The neighbours of pixel p are indices[offsets[p]] to indices[offsets[p + 1] - 1].
 * console.log(neighbors.indices.subarray(neighbors.offsets[brightest], neighbors.offsets[brightest + 1]));
 * ```
 */
export class CameraGeometry<F extends CameraFrame | TelescopeFrame = CameraFrame | TelescopeFrame> {
  readonly name: string;
  readonly nPixels: number;
  readonly pixId: Int32Array;
  /** Pixel centres, x: m in a camera frame, rad (fov_lon) in the telescope frame. */
  readonly pixX: Float64Array;
  /** Pixel centres, y: m in a camera frame, rad (fov_lat) in the telescope frame. */
  readonly pixY: Float64Array;
  /** Pixel areas: m2 in a camera frame, rad2 in the telescope frame. */
  readonly pixArea: Float64Array;
  readonly pixType: PixelShape;
  readonly gridType: PixelGridType;
  readonly pixRotation: Radians;
  readonly camRotation: Radians;
  readonly frame: F;

  #neighbors: Neighbors | (() => Neighbors) | undefined;
  #lookup: PixelLookup | undefined;
  #pixelWidth: Float64Array | undefined;
  #radius: number | undefined;
  #telescopeFrame: CameraGeometry<TelescopeFrame> | undefined;
  readonly #borders = new Map<number, Uint8Array>();

  /** @throws CherenkitError CAMERA_GEOMETRY_INVALID for arrays of different lengths, or non-finite positions or areas */
  constructor(options: CameraGeometryOptions<F>) {
    const { name, pixType, pixRotation = 0, camRotation = 0, applyDerotation = true } = options;
    this.name = name;
    this.nPixels = options.pixX.length;
    this.pixId = options.pixId ? new Int32Array(options.pixId) : Int32Array.from({ length: this.nPixels }, (_, i) => i);
    this.pixX = new Float64Array(options.pixX);
    this.pixY = new Float64Array(options.pixY);
    this.pixArea = new Float64Array(options.pixArea);
    this.pixType = pixType;
    this.gridType = options.gridType ?? gridTypeOf(pixType);
    this.pixRotation = applyDerotation ? pixRotation - camRotation : pixRotation;
    this.camRotation = applyDerotation ? 0 : camRotation;
    this.frame = options.frame;
    this.#neighbors = options.neighbors;
    this.#check();
    if (applyDerotation) this.#rotateBack(camRotation);
  }

  /** Neighbours of each pixel. */
  get neighbors(): Neighbors {
    if (typeof this.#neighbors !== 'object') this.#neighbors = this.#neighbors?.() ?? this.calcPixelNeighbors();
    return this.#neighbors;
  }

  /** Returns the neighbours as a dense matrix of shape (nPixels, nPixels); a new array at each call. */
  neighborMatrix(): Uint8Array {
    return neighborMatrix(this.neighbors);
  }

  /**
   * Computes the neighbours from the distances between pixels.
   *
   * @param options - `diagonal`: on a square grid, include pixels that share a corner only
   * @throws CherenkitError CAMERA_WITHOUT_NEIGHBORS for an irregular grid, whose neighbours must be given
   */
  calcPixelNeighbors({ diagonal = false } = {}): Neighbors {
    if (this.gridType === 'irregular') {
      throw new CherenkitError(
        'CAMERA_WITHOUT_NEIGHBORS',
        ExitCode.BAD_INPUT,
        `Camera ${this.name} has an irregular pixel grid, so its neighbours cannot be computed: its description must list them.`,
      );
    }
    return findNeighbors(this.#pixelLookup, neighborRule(this.gridType, this.pixType, diagonal));
  }

  /** Width of each pixel, in the unit of pixX: flat-to-flat of a hexagon, edge of a square, diameter of a circle. */
  get pixelWidth(): Float64Array {
    return (this.#pixelWidth ??= this.pixArea.map((area) => pixelWidth(this.pixType, area)));
  }

  /** Returns a mask of the outermost `width` rows of pixels. */
  borderPixelMask(width = 1): Uint8Array {
    let mask = this.#borders.get(width);
    if (mask === undefined) {
      mask = borderPixelMask(this.neighbors, width);
      this.#borders.set(width, mask);
    }
    return mask;
  }

  /** Returns the radius of the camera: mean distance of the border pixels from the centre, in the unit of pixX. */
  guessRadius(): number {
    return (this.#radius ??= meanRadius(this.pixX, this.pixY, this.borderPixelMask()));
  }

  /**
   * Returns a geometry with the pixels of a mask. Neighbours among them stay the same.
   *
   * @param mask - nPixels entries; pixels with an entry other than 0 are kept
   * @throws RangeError for a mask of another length
   */
  select(mask: Uint8Array): CameraGeometry<F> {
    if (mask.length !== this.nPixels) {
      throw new RangeError(`Camera ${this.name}: expected a mask of ${this.nPixels} entries, found ${mask.length}.`);
    }
    const isSelected = (_: number, pixel: number): boolean => mask[pixel] !== 0;
    return this.#with({
      name: `${this.name} sliced`,
      pixId: this.pixId.filter(isSelected),
      pixX: this.pixX.filter(isSelected),
      pixY: this.pixY.filter(isSelected),
      pixArea: this.pixArea.filter(isSelected),
      neighbors: () => selectNeighbors(this.neighbors, mask),
      frame: this.frame,
    });
  }

  /**
   * Projects the camera to the telescope frame: pixX becomes fov_lon, pixY fov_lat, both in rad.
   *
   * The axes are swapped, so the image is mirrored and rotation angles run in the opposite direction. Source: ctapipe 0.32
   * `CameraGeometry.transform_to`.
   *
   * @param focalLength - default: focal length of the camera frame
   */
  toTelescopeFrame(focalLength?: Metres): CameraGeometry<TelescopeFrame> {
    if (isInTelescopeFrame(this)) return this;
    const frame = this.frame as CameraFrame;
    if (focalLength === undefined) return (this.#telescopeFrame ??= this.#project(frame));
    return this.#project(cameraFrame(focalLength, frame.rotation));
  }

  /** Returns the index of the pixel that contains a position, in the unit of pixX; -1 for a position outside of all pixels. */
  positionToPixIndex(x: number, y: number): number {
    const circumradius = pixelCircumradius(this.pixType, this.pixArea[0] ?? NaN);
    const pixel = nearestPixel(this.#pixelLookup, x, y, circumradius);
    const border = this.borderPixelMask();
    const inner = border.indexOf(0);
    if (pixel < 0 || border[pixel] === 0 || inner < 0) return pixel;
    // Positions beyond a border pixel are nearest to it as well. Whether it contains the position is decided by an inner pixel,
    // which is bounded by neighbours on all sides.
    const shiftedX = x + (this.pixX[inner] ?? NaN) - (this.pixX[pixel] ?? NaN);
    const shiftedY = y + (this.pixY[inner] ?? NaN) - (this.pixY[pixel] ?? NaN);
    return nearestPixel(this.#pixelLookup, shiftedX, shiftedY, circumradius) === inner ? pixel : -1;
  }

  /** Whether name, pixel shape and rotation are equal, and all pixel positions to a relative tolerance of 1e-5. */
  equals(other: CameraGeometry): boolean {
    if (this === other) return true;
    return (
      this.name === other.name &&
      this.nPixels === other.nPixels &&
      this.pixType === other.pixType &&
      isClose(this.pixRotation, other.pixRotation) &&
      areClose(this.pixX, other.pixX) &&
      areClose(this.pixY, other.pixY)
    );
  }

  toString(): string {
    return this.name;
  }

  /** Used by `console.log` in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const degrees = (angle: Radians): string => ((angle * 180) / Math.PI).toFixed(3);
    return (
      `CameraGeometry(name=${this.name}, pixType=${this.pixType}, nPixels=${this.nPixels}, ` +
      `camRotation=${degrees(this.camRotation)} deg, pixRotation=${degrees(this.pixRotation)} deg, frame=${this.frame.name})`
    );
  }

  /** Makes a rectangular camera with square pixels and a focal length of 1 m, for tests and demonstrations. */
  static makeRectangular(
    nPixX = 40,
    nPixY = 40,
    rangeX: readonly [Metres, Metres] = [-0.5, 0.5],
    rangeY: readonly [Metres, Metres] = [-0.5, 0.5],
  ): CameraGeometry<CameraFrame> {
    const nPixels = nPixX * nPixY;
    const stepX = (rangeX[1] - rangeX[0]) / (nPixX - 1);
    const stepY = (rangeY[1] - rangeY[0]) / (nPixY - 1);
    return new CameraGeometry({
      name: 'RectangularCamera',
      pixX: Float64Array.from({ length: nPixels }, (_, i) => rangeX[0] + (i % nPixX) * stepX),
      pixY: Float64Array.from({ length: nPixels }, (_, i) => rangeY[0] + Math.floor(i / nPixX) * stepY),
      pixArea: new Float64Array(nPixels).fill(stepX * stepX),
      pixType: 'square',
      frame: cameraFrame(1),
    });
  }

  get #pixelLookup(): PixelLookup {
    return (this.#lookup ??= buildPixelLookup(this.pixX, this.pixY));
  }

  #project(frame: CameraFrame): CameraGeometry<TelescopeFrame> {
    const { fovLon, fovLat } = pixelsToTelescope(this.pixX, this.pixY, frame);
    const scale = 1 / frame.focalLength;
    return this.#with({
      pixX: fovLon,
      pixY: fovLat,
      pixArea: this.pixArea.map((area) => area * scale * scale),
      pixRotation: Math.PI / 2 + frame.rotation - this.pixRotation,
      camRotation: -this.camRotation,
      neighbors: () => this.neighbors,
      frame: TELESCOPE_FRAME,
    });
  }

  #with<G extends CameraFrame | TelescopeFrame>(
    changes: Partial<CameraGeometryOptions> & { readonly frame: G },
  ): CameraGeometry<G> {
    return new CameraGeometry({ ...this, applyDerotation: false, ...changes });
  }

  #check(): void {
    const lengths = [this.pixId, this.pixX, this.pixY, this.pixArea].map((values) => values.length);
    const fault = lengths.some((length) => length !== this.nPixels)
      ? `expected one entry per pixel in pixId, pixX, pixY and pixArea, found ${lengths.join(', ')} entries`
      : ![this.pixX, this.pixY, this.pixArea].every((values) => areFinite(values))
        ? 'a pixel position or area is not a finite number'
        : undefined;
    if (fault !== undefined) {
      throw new CherenkitError(
        'CAMERA_GEOMETRY_INVALID',
        ExitCode.BAD_INPUT,
        `Camera ${this.name}: ${fault}. Its description cannot be used.`,
      );
    }
  }

  #rotateBack(angle: Radians): void {
    const { pixX, pixY } = this;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    for (let i = 0; i < this.nPixels; i++) {
      const x = pixX[i] ?? NaN;
      const y = pixY[i] ?? NaN;
      pixX[i] = x * cos + y * sin;
      pixY[i] = y * cos - x * sin;
    }
  }
}

function isInTelescopeFrame(geometry: CameraGeometry): geometry is CameraGeometry<TelescopeFrame> {
  return geometry.frame.name === 'TelescopeFrame';
}

function areFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function areClose(values: Float64Array, references: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!isClose(values[i] ?? NaN, references[i] ?? NaN)) return false;
  return true;
}

function isClose(value: number, reference: number): boolean {
  return Math.abs(value - reference) <= RELATIVE_TOLERANCE * Math.abs(reference);
}
