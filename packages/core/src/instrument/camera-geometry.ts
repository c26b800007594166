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

/** What a {@link CameraGeometry} is made of; the arrays are copied. */
export interface CameraGeometryOptions {
  name: string;
  /** Counted from 0 when absent. */
  pixId?: ArrayLike<number>;
  pixX: ArrayLike<number>;
  pixY: ArrayLike<number>;
  pixArea: ArrayLike<number>;
  pixType: PixelShape;
  /** By default square pixels stand on a square grid and all others on a hexagonal one. */
  gridType?: PixelGridType;
  pixRotation?: Radians;
  camRotation?: Radians;
  /** Found from the distances between the pixels when absent; a function is asked when they are first needed. */
  neighbors?: Neighbors | (() => Neighbors);
  /** Turn the pixels back by camRotation, which is 0 afterwards. Default true. */
  applyDerotation?: boolean;
  frame: CameraFrame | TelescopeFrame;
}

const RELATIVE_TOLERANCE = 1e-5;

/**
 * Where the pixels of a camera are, how large they are and which ones touch.
 *
 * It never changes: what is derived (neighbours, borders, radius) is computed once, when first asked for. The arrays are
 * shared with everyone who reads them and must not be written to. Source: ctapipe 0.32 `CameraGeometry`.
 */
export class CameraGeometry {
  readonly name: string;
  readonly nPixels: number;
  readonly pixId: Int32Array;
  /** Pixel centres: metres in a camera frame, radians (fov_lon) in the telescope frame. */
  readonly pixX: Float64Array;
  /** As pixX; fov_lat in the telescope frame. */
  readonly pixY: Float64Array;
  /** Square metres or square radians. */
  readonly pixArea: Float64Array;
  readonly pixType: PixelShape;
  readonly gridType: PixelGridType;
  readonly pixRotation: Radians;
  readonly camRotation: Radians;
  readonly frame: CameraFrame | TelescopeFrame;

  #neighbors: Neighbors | (() => Neighbors) | undefined;
  #lookup: PixelLookup | undefined;
  #pixelWidth: Float64Array | undefined;
  #radius: number | undefined;
  #telescopeFrame: CameraGeometry | undefined;
  readonly #borders = new Map<number, Uint8Array>();

  /** @throws CherenkitError when the arrays differ in length or a coordinate or an area is not finite */
  constructor(options: CameraGeometryOptions) {
    const { name, pixType, pixRotation = 0, camRotation = 0, applyDerotation = true } = options;
    this.name = name;
    this.nPixels = options.pixX.length;
    this.pixId = Int32Array.from(options.pixId ?? { length: this.nPixels }, (id: number | undefined, i) => id ?? i);
    this.pixX = Float64Array.from(options.pixX);
    this.pixY = Float64Array.from(options.pixY);
    this.pixArea = Float64Array.from(options.pixArea);
    this.pixType = pixType;
    this.gridType = options.gridType ?? gridTypeOf(pixType);
    this.pixRotation = applyDerotation ? pixRotation - camRotation : pixRotation;
    this.camRotation = applyDerotation ? 0 : camRotation;
    this.frame = options.frame;
    this.#neighbors = options.neighbors;
    this.#check();
    if (applyDerotation) this.#rotateBack(camRotation);
  }

  /** Who touches whom. */
  get neighbors(): Neighbors {
    if (typeof this.#neighbors !== 'object') this.#neighbors = this.#neighbors?.() ?? this.calcPixelNeighbors();
    return this.#neighbors;
  }

  /** The neighbours as a dense matrix, nPixels x nPixels, row by row; a new array at each call. */
  neighborMatrix(): Uint8Array {
    return neighborMatrix(this.neighbors);
  }

  /**
   * Find the neighbours anew from the distances between the pixels.
   *
   * @param options - diagonal: on a square grid, with the pixels that share only a corner
   * @throws CherenkitError for an irregular grid, whose neighbours have to be given
   */
  calcPixelNeighbors({ diagonal = false } = {}): Neighbors {
    if (this.gridType === 'irregular') {
      throw new CherenkitError(
        'CAMERA_WITHOUT_NEIGHBORS',
        ExitCode.BAD_INPUT,
        `Camera ${this.name} has an irregular pixel grid, from which neighbours cannot be derived: its description has to list them.`,
      );
    }
    return findNeighbors(this.#pixelLookup, neighborRule(this.gridType, this.pixType, diagonal));
  }

  /** Width of each pixel: flat to flat of a hexagon, edge of a square, diameter of a circle. */
  get pixelWidth(): Float64Array {
    return (this.#pixelWidth ??= this.pixArea.map((area) => pixelWidth(this.pixType, area)));
  }

  /** 1 for each pixel within so many rows of the camera's border. */
  borderPixelMask(width = 1): Uint8Array {
    let mask = this.#borders.get(width);
    if (mask === undefined) {
      mask = borderPixelMask(this.neighbors, width);
      this.#borders.set(width, mask);
    }
    return mask;
  }

  /** Radius of the camera: mean distance of its border pixels from its centre, in the unit of pixX. */
  guessRadius(): number {
    return (this.#radius ??= meanRadius(this.pixX, this.pixY, this.borderPixelMask()));
  }

  /**
   * The same camera with the pixels of the mask only; who touches whom stays as it was.
   *
   * @param mask - nPixels entries, not 0 where a pixel stays
   */
  select(mask: Uint8Array): CameraGeometry {
    if (mask.length !== this.nPixels) {
      throw new RangeError(
        `a mask of ${mask.length} entries cannot select from the ${this.nPixels} pixels of ${this.name}`,
      );
    }
    const isSelected = (_: number, pixel: number): boolean => mask[pixel] !== 0;
    return this.#with({
      name: `${this.name} sliced`,
      pixId: this.pixId.filter(isSelected),
      pixX: this.pixX.filter(isSelected),
      pixY: this.pixY.filter(isSelected),
      pixArea: this.pixArea.filter(isSelected),
      neighbors: () => selectNeighbors(this.neighbors, mask),
    });
  }

  /**
   * This camera projected on the sky: pixX is then fov_lon, pixY fov_lat, both in radians.
   *
   * The axes swap, so the picture is mirrored, and angles of pixels run the other way round. Source: ctapipe 0.32
   * `CameraGeometry.transform_to`.
   *
   * @param focalLength - that of the camera's frame unless given
   */
  toTelescopeFrame(focalLength?: Metres): CameraGeometry {
    if (this.frame.name === 'TelescopeFrame') return this;
    if (focalLength === undefined) return (this.#telescopeFrame ??= this.#project(this.frame));
    return this.#project(cameraFrame(focalLength, this.frame.rotation));
  }

  /** Index of the pixel that contains a place, given in the geometry's own unit; -1 for a place outside all pixels. */
  positionToPixIndex(x: number, y: number): number {
    const circumradius = pixelCircumradius(this.pixType, this.pixArea[0] ?? NaN);
    const pixel = nearestPixel(this.#pixelLookup, x, y, circumradius);
    const border = this.borderPixelMask();
    const inner = border.indexOf(0);
    if (pixel < 0 || border[pixel] === 0 || inner < 0) return pixel;
    // Beyond the border no nearer pixel takes the place, so it is asked of a pixel that has neighbours all around.
    const shiftedX = x + (this.pixX[inner] ?? NaN) - (this.pixX[pixel] ?? NaN);
    const shiftedY = y + (this.pixY[inner] ?? NaN) - (this.pixY[pixel] ?? NaN);
    return nearestPixel(this.#pixelLookup, shiftedX, shiftedY, circumradius) === inner ? pixel : -1;
  }

  /** Whether name, pixel shape and rotation agree, and all pixel positions to 1e-5. */
  equals(other: CameraGeometry): boolean {
    if (this === other) return true;
    return (
      this.name === other.name &&
      this.nPixels === other.nPixels &&
      this.pixType === other.pixType &&
      isClose(this.pixRotation, other.pixRotation) &&
      this.pixX.every((x, i) => isClose(x, other.pixX[i])) &&
      this.pixY.every((y, i) => isClose(y, other.pixY[i]))
    );
  }

  toString(): string {
    return this.name;
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const degrees = (angle: Radians): string => ((angle * 180) / Math.PI).toFixed(3);
    return (
      `CameraGeometry(name=${this.name}, pixType=${this.pixType}, nPixels=${this.nPixels}, ` +
      `camRotation=${degrees(this.camRotation)} deg, pixRotation=${degrees(this.pixRotation)} deg, frame=${this.frame.name})`
    );
  }

  /** A grid of square pixels that fill a rectangle, for tests and demonstrations; focal length 1 m. */
  static makeRectangular(
    nPixX = 40,
    nPixY = 40,
    rangeX: readonly [Metres, Metres] = [-0.5, 0.5],
    rangeY: readonly [Metres, Metres] = [-0.5, 0.5],
  ): CameraGeometry {
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

  #project(frame: CameraFrame): CameraGeometry {
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

  #with(changes: Partial<CameraGeometryOptions>): CameraGeometry {
    return new CameraGeometry({ ...this, applyDerotation: false, ...changes });
  }

  #check(): void {
    const lengths = [this.pixId, this.pixX, this.pixY, this.pixArea].map((values) => values.length);
    const isFinite = (value: number): boolean => Number.isFinite(value);
    const fault = lengths.some((length) => length !== this.nPixels)
      ? `pixId, pixX, pixY and pixArea have ${lengths.join(', ')} entries, one per pixel is expected`
      : ![this.pixX, this.pixY, this.pixArea].every((values) => values.every(isFinite))
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

function isClose(value: number, reference: number | undefined): boolean {
  return reference !== undefined && Math.abs(value - reference) <= RELATIVE_TOLERANCE * Math.abs(reference);
}
