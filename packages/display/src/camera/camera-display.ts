import { CherenkitError, ExitCode, type CameraGeometry } from '@cherenkit/core';
import { altAzToTelescope, telescopeToCamera, type AltAz } from '@cherenkit/kernels';
import { colorMap, type ColorMap } from '../color/color-map.js';
import { ColorNorm, limitsOf, type NormName, type ValueLimits } from '../color/color-norm.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { colorBar } from '../layout/color-bar.js';
import { themeOf, type Theme } from '../layout/theme.js';
import { AxisTransform, type AxisLimits } from '../scene/axis-transform.js';
import { ChangingPicture } from '../scene/picture.js';
import { rectangle, type Mark, type PixelsMark, type Scene } from '../scene/scene.js';
import type {
  CameraDisplayOptions,
  CoordinateOptions,
  EllipsePlace,
  HighlightOptions,
  MomentsOptions,
  MuonRing,
  OverlayOptions,
} from './camera-display-options.js';
import { coordinateOverlay, ellipseOverlay, momentsOverlay, muonRingOverlay, type Overlay } from './camera-overlays.js';
import { CameraPlane } from './camera-plane.js';
import { hillasOverlay, type HillasParameters } from './hillas-overlay.js';
import { haloed, outlined, outlinesOf, strokeOf } from './overlay-marks.js';
import { pixelMask, type PixelSelection } from './pixel-mask.js';

/** Gaps between pixels that are narrower are closed, CSS pixels: they would be drawn as irregular lines. */
const SMALLEST_GAP = 0.75;
/** Pixels without gaps overlap by this factor, since corners are rounded. */
const OVERLAP = 1.01;
/** Half the size of the surroundings of an image, in units of its length. */
const SURROUNDINGS = 6;
/** Coordinates farther from the centre than this many radii of the camera do not make the picture wider. */
const FARTHEST = 2;

/**
 * A camera image. Names and defaults are those of ctapipe 0.32 `CameraDisplay`, except that limits that were set stay for
 * the next image.
 *
 * @example
 * ```ts
 * const display = new CameraDisplay(geometry, { image, cmap: 'inferno' }).addColorbar({ label: 'p.e.' });
 * const clean = tailcutsClean(geometry, image, { pictureThresh: 8, boundaryThresh: 4 });
 * display.highlightPixels(clean, { color: 'white' });
 * display.overlayMoments(hillasParameters(geometry, image, clean), { color: 'cyan' });
 * await writePicture('camera.svg', display);
 * ```
 */
export class CameraDisplay extends ChangingPicture {
  readonly geometry: CameraGeometry;
  readonly #plane: CameraPlane;
  readonly #options: CameraDisplayOptions;
  readonly #theme: Theme;
  #image: ArrayLike<number>;
  #title: string;
  #cmap: ColorMap;
  #norm: NormName;
  #autoscale: boolean;
  #limits: ValueLimits;
  #colorbar: { readonly label?: string | undefined } | undefined;
  #highlights: Overlay[] = [];
  #overlays: Overlay[] = [];
  #view: { readonly x: AxisLimits; readonly y: AxisLimits } | undefined;

  /** @throws RangeError for an image of another length; CherenkitError COLOR_MAP_UNKNOWN */
  constructor(geometry: CameraGeometry, options: CameraDisplayOptions = {}) {
    super();
    const { cmap = 'inferno', norm = 'lin', autoscale = true, title = geometry.name, theme = 'light' } = options;
    this.geometry = geometry;
    this.#options = options;
    this.#plane = CameraPlane.of(geometry, options.frame, options.nMirrors);
    this.#theme = themeOf(theme);
    this.#cmap = typeof cmap === 'string' ? colorMap(cmap) : cmap;
    this.#norm = norm;
    this.#autoscale = autoscale;
    this.#title = title;
    this.#image = this.#checked(options.image ?? new Float32Array(geometry.nPixels));
    this.#limits = limitsOf(this.#image, norm);
  }

  /** The value of each pixel. */
  get image(): ArrayLike<number> {
    return this.#image;
  }

  /** @throws RangeError for an image of another length than the camera */
  set image(image: ArrayLike<number>) {
    this.#image = this.#checked(image);
    this.#rescale();
  }

  get norm(): NormName {
    return this.#norm;
  }

  set norm(norm: NormName) {
    this.#norm = norm;
    this.#rescale();
  }

  get cmap(): ColorMap {
    return this.#cmap;
  }

  /** @throws CherenkitError COLOR_MAP_UNKNOWN */
  set cmap(cmap: string | ColorMap) {
    this.#cmap = typeof cmap === 'string' ? colorMap(cmap) : cmap;
    this.changed();
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    this.changed();
  }

  /** Whether the limits of the colours follow the image. Set to true to release limits that were set. */
  get autoscale(): boolean {
    return this.#autoscale;
  }

  set autoscale(autoscale: boolean) {
    this.#autoscale = autoscale;
    this.#rescale();
  }

  /** The limits of the colours. */
  get limits(): ValueLimits {
    return this.#limits;
  }

  /** Sets the limits of the colours. They stay until they are set again, or until `autoscale` is set to true. */
  setLimitsMinmax(min: number, max: number): this {
    this.#limits = [min, max];
    this.#autoscale = false;
    this.changed();
    return this;
  }

  /** Sets the limits such that the upper one is below the largest value, by a part of the range. */
  setLimitsPercent(percent = 95): this {
    const [min, max] = limitsOf(this.#image, this.#norm);
    return this.setLimitsMinmax(min, max - (1 - percent / 100) * (max - min));
  }

  /** Sets the part of the camera that is shown, in the unit of the axes: m or deg. Undefined: all. */
  setView(view: { readonly x: AxisLimits; readonly y: AxisLimits } | undefined): this {
    this.#view = view;
    this.changed();
    return this;
  }

  /**
   * Shows the surroundings of an image: six times its length on either side of its centroid, or all for parameters without a
   * value.
   *
   * @throws CherenkitError DISPLAY_FRAMES_DIFFER for parameters of another frame than the camera
   */
  setViewAround(hillas: HillasParameters): this {
    this.#checkFrame(hillas);
    const { x, y, length } = hillasOverlay(hillas, this.#plane);
    const half = SURROUNDINGS * length;
    const limits = (center: number): AxisLimits => [center - half, center + half];
    return this.setView(half > 0 && Number.isFinite(x + y) ? { x: limits(x), y: limits(y) } : undefined);
  }

  /** Shows the colours with their values at the right of the camera. */
  addColorbar(options: { readonly label?: string | undefined } = {}): this {
    this.#colorbar = options;
    this.changed();
    return this;
  }

  /**
   * Draws an outline around pixels.
   *
   * @param pixels - indices, or a mask with one entry per pixel of type Uint8Array or boolean[]
   * @throws RangeError for a mask of another length than the camera, or an index outside of it
   */
  highlightPixels(pixels: PixelSelection, options: HighlightOptions = {}): this {
    const { style = 'contour', keepOld = false } = options;
    const mask = pixelMask(pixels, this.geometry);
    const { layout, cells } = this.#plane;
    const lines = style === 'contour' ? cells.contour(mask) : outlinesOf(layout.corners, layout.nCorners, mask);
    if (!keepOld) this.#highlights = [];
    this.#highlights.push({
      marks: (transform) => outlined(lines, transform, strokeOf({ linewidth: 1.5, ...options })),
    });
    this.changed();
    return this;
  }

  /**
   * Draws the ellipse of an image with its label and wedges. Parameters without a value, of an image that was not parametrized,
   * draw the text `no parameters`.
   *
   * @throws CherenkitError DISPLAY_FRAMES_DIFFER for parameters of another frame than the camera
   */
  overlayMoments(hillas: HillasParameters, options: MomentsOptions = {}): this {
    this.#checkFrame(hillas);
    return this.#add(options, momentsOverlay(hillas, this.#plane, options, this.#theme));
  }

  /**
   * Marks a direction in the sky, or a position in the camera, with a star.
   *
   * @param coordinate - rad, or the position in the unit of the geometry, m or rad
   * @throws RangeError for a direction without `pointing`
   */
  overlayCoordinate(coordinate: AltAz | readonly [x: number, y: number], options: CoordinateOptions = {}): this {
    const position = this.#positionOf(coordinate, options.pointing);
    return this.#add(options, coordinateOverlay(position, this.#plane, options));
  }

  /** Adds an ellipse. */
  addEllipse(ellipse: EllipsePlace, options: OverlayOptions = {}): this {
    return this.#add({ keepOld: true, ...options }, ellipseOverlay(ellipse, this.#plane, options));
  }

  /**
   * Draws a muon ring and, dashed, its width to either side.
   *
   * @param ring - rad; a ring of a camera in the camera frame is converted with its focal length
   */
  overlayMuonRing(ring: MuonRing, options: OverlayOptions = {}): this {
    return this.#add(options, muonRingOverlay(ring, this.geometry, this.#plane, options, this.#theme));
  }

  /** Removes ellipses, rings and coordinates; highlighted pixels stay. */
  clearOverlays(): this {
    this.#overlays = [];
    this.changed();
    return this;
  }

  /** Index of the pixel at a position of the picture, CSS pixels from its upper left; -1 if there is none. */
  pixelAt(x: number, y: number): number {
    const { area } = this.transform;
    const isInside = x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;
    return isInside ? this.#plane.pixelAt(...this.transform.toData(x, y)) : -1;
  }

  /** Position of the centre of a pixel in the picture, CSS pixels from its upper left. */
  placeOf(pixel: number): readonly [x: number, y: number] {
    const { layout } = this.#plane;
    return [this.transform.x(layout.x[pixel]), this.transform.y(layout.y[pixel])];
  }

  /** Colour of a pixel, `#rrggbb`; undefined for a value that the scale does not have. */
  colorOf(pixel: number): string | undefined {
    const index = this.#cmap.indexOf(new ColorNorm(this.#norm, this.#limits).partOf(this.#image[pixel]));
    return index < 0 ? undefined : this.#cmap.table[index];
  }

  /** Relation between the axes, in m or deg, and the picture. */
  get transform(): AxisTransform {
    const { width = 600, height = 500, showAxes = true } = this.#options;
    const area = showAxes
      ? axesArea(width, height, { isCompact: this.#theme.isCompact, hasColorBar: this.#colorbar !== undefined })
      : { x: 0, y: 0, width, height };
    const { x, y } = this.#view ?? this.#extent();
    return AxisTransform.withEqualScales(area, x, y);
  }

  protected override draw(): Scene {
    const { width = 600, height = 500, showFrame = true, showAxes = true } = this.#options;
    const { transform } = this;
    const { area } = transform;
    const theme = this.#theme;
    const norm = new ColorNorm(this.#norm, this.#limits);
    const plane = this.#plane;
    const overlays = this.#overlays.flatMap(({ marks }) => marks(transform));
    const content: Mark[] = [
      ...outlined(plane.cells.outline, transform, { fill: this.#cmap.backdrop }),
      this.#pixels(norm, transform),
      ...this.#highlights.flatMap(({ marks }) => haloed(marks(transform))),
      ...overlays.filter(({ kind }) => kind !== 'text'),
    ];
    const texts = {
      title: this.#title,
      xLabel: `${plane.xName}  (${plane.unit})`,
      yLabel: `${plane.yName}  (${plane.unit})`,
      note: showFrame ? plane.frame : undefined,
    };
    return {
      width,
      height,
      background: theme.background,
      title: this.#title,
      description: this.#describe(),
      marks: [
        rectangle(area, { fill: theme.panel }),
        { kind: 'group', clip: area, marks: content, label: 'pixels' },
        ...(showAxes ? axesFrame(transform, texts, theme) : []),
        // Labels may be wider than the axes.
        ...overlays.filter(({ kind }) => kind === 'text'),
        ...(this.#colorbar && showAxes ? colorBar(area, this.#cmap, norm, this.#colorbar.label, theme) : []),
      ],
    };
  }

  #pixels(norm: ColorNorm, transform: AxisTransform): PixelsMark {
    const { layout } = this.#plane;
    const colors = [...this.#cmap.table, this.#theme.bad];
    const indices = new Int16Array(layout.nPixels);
    for (let pixel = 0; pixel < indices.length; pixel++) {
      const index = this.#cmap.indexOf(norm.partOf(this.#image[pixel]));
      indices[pixel] = index < 0 ? colors.length - 1 : index;
    }
    return { kind: 'pixels', layout, transform, indices, colors, widening: this.#wideningOf(transform) };
  }

  /** Factor by which pixels are drawn wider, if the gaps between them are narrow. Round pixels never touch. */
  #wideningOf({ scaleX }: AxisTransform): number {
    const { layout, cells } = this.#plane;
    const gap = (cells.widening - 1) * layout.width[0] * scaleX;
    return layout.outline !== 'circle' && gap < SMALLEST_GAP ? OVERLAP * cells.widening : 1;
  }

  #describe(): string {
    const { nPixels } = this.geometry;
    const [min, max] = limitsOf(this.#image, 'lin');
    let brightest = 0;
    for (let pixel = 1; pixel < nPixels; pixel++) if (this.#image[pixel] > this.#image[brightest]) brightest = pixel;
    const values = `values from ${Number(min.toPrecision(4))} to ${Number(max.toPrecision(4))}`;
    return `Camera ${this.geometry.name} with ${nPixels} pixels in the ${this.#plane.frame}, ${values}, brightest pixel ${brightest}.`;
  }

  /** Limits of the camera and of coordinates beside it. */
  #extent(): { readonly x: AxisLimits; readonly y: AxisLimits } {
    const { x, y } = this.#plane.extent;
    const radius = Math.max(...x.map(Math.abs), ...y.map(Math.abs));
    const places = this.#overlays.flatMap(({ place }) => (place ? [place] : []));
    const near = places.filter(([px, py]) => Math.hypot(px, py) < FARTHEST * radius);
    const include = ([low, high]: AxisLimits, axis: 0 | 1): AxisLimits => {
      const values = near.map((place) => place[axis]);
      const margin = 0.05 * radius;
      return [Math.min(low, ...values.map((v) => v - margin)), Math.max(high, ...values.map((v) => v + margin))];
    };
    return { x: include(x, 0), y: include(y, 1) };
  }

  #add({ keepOld = false }: OverlayOptions, overlay: Overlay): this {
    if (!keepOld) this.#overlays = [];
    this.#overlays.push(overlay);
    this.changed();
    return this;
  }

  #positionOf(coordinate: AltAz | readonly [number, number], pointing: AltAz | undefined): readonly [number, number] {
    if (!('alt' in coordinate)) return coordinate;
    if (pointing === undefined) {
      throw new RangeError(
        'overlayCoordinate: a direction in the sky requires the option `pointing` of the telescope.',
      );
    }
    const point = altAzToTelescope(coordinate, pointing);
    const { frame } = this.geometry;
    if (frame.name === 'TelescopeFrame') return [point.fovLon, point.fovLat];
    const { x, y } = telescopeToCamera(point, frame);
    return [x, y];
  }

  #checkFrame(hillas: HillasParameters): void {
    const isAngular = this.geometry.frame.name === 'TelescopeFrame';
    if ('fovLon' in hillas !== isAngular) throw framesDiffer(this.geometry, 'fovLon' in hillas);
  }

  #rescale(): void {
    if (this.#autoscale) this.#limits = limitsOf(this.#image, this.#norm);
    this.changed();
  }

  #checked(image: ArrayLike<number>): ArrayLike<number> {
    if (image.length === this.geometry.nPixels) return image;
    const { name, nPixels } = this.geometry;
    throw new RangeError(`Camera ${name}: expected an image of ${nPixels} pixels, found ${image.length}.`);
  }
}

function framesDiffer(geometry: CameraGeometry, isAngular: boolean): CherenkitError {
  const [found, expected] = isAngular ? ['TelescopeFrame', 'CameraFrame'] : ['CameraFrame', 'TelescopeFrame'];
  const remedy = isAngular ? 'Draw geometry.toTelescopeFrame()' : 'Draw the geometry in the CameraFrame';
  return new CherenkitError(
    'DISPLAY_FRAMES_DIFFER',
    ExitCode.USAGE,
    `Camera ${geometry.name}: the Hillas parameters are in the ${found}, the geometry is in the ${expected}. ${remedy}, or compute the parameters in its frame.`,
  );
}
