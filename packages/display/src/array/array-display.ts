import type { SubarrayDescription } from '@cherenkit/core';
import type { GroundPoint } from '@cherenkit/kernels';
import { cssColor } from '../color/css-color.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { legendBelow, legendHeight, type LegendEntry } from '../layout/legend.js';
import { markerMark } from '../layout/marker-marks.js';
import { objectLabels, type PlacedObject } from '../layout/object-labels.js';
import { arrow, pointMarks } from '../layout/point-marks.js';
import { themeOf, type Theme } from '../layout/theme.js';
import { AxisTransform, limitsAround, pointsNear, type AxisLimits } from '../scene/axis-transform.js';
import { ChangingPicture } from '../scene/picture.js';
import { line, rectangle, type Mark, type MarkStyle, type Rectangle, type Scene } from '../scene/scene.js';
import { arrayFrame, type ArrayFrame } from './array-frame.js';
import type {
  ArrayDisplayOptions,
  ContourOptions,
  LineOptions,
  PerTelescope,
  ScatterOptions,
  VectorOptions,
} from './array-display-options.js';
import { compass, contourMarks, rings } from './array-marks.js';
import { hillasVectors } from './hillas-vectors.js';
import { imageAxes, segmentOf, type ImageAxis } from './image-axes.js';
import { TelescopeColors } from './telescope-colors.js';

const MARGIN = 0.06;
/** Space around what `setViewAround` shows, in units of its size. */
const VIEW_MARGIN = 0.4;
/** Smallest part of the array that `setViewAround` shows, m: more than a large telescope as it is drawn. */
const SMALLEST_VIEW = 200;
/** Smallest radius of a telescope, CSS pixels: large arrays have small telescopes. */
const SMALLEST_RADIUS = 2.5;
/** Half the size of what is shown around a single telescope, m. */
const SMALLEST_EXTENT = 20;
/** Points farther from the middle of the array than this many times its radius do not make the picture wider. */
const FARTHEST = 2;
/** Default size of a point, CSS pixels. */
const POINT_SIZE = 16;

type Place = readonly [x: number, y: number];

type Part = (transform: AxisTransform) => Mark[];

/**
 * An array of telescopes, seen from above. Names and defaults are those of ctapipe 0.32 `ArrayDisplay`. The colours of the
 * telescopes depend on their types alone; lines of images go through their telescopes in all frames.
 *
 * @example
 * ```ts
 * for await (const { dl1, simulation } of source) {
 *   const display = new ArrayDisplay(source.subarray, { frame: 'EastingNorthingFrame' }).addLabels();
 *   const corePsi = new Map([...dl1.tel].map(([telId, { parameters }]) => [telId, parameters?.core.psi ?? NaN]));
 *   display.setLineHillas(dl1.tel, corePsi, 300);
 *   const { coreX = NaN, coreY = NaN } = simulation?.shower ?? {};
 *   display.scatter([{ x: coreX, y: coreY, z: 0 }], { label: 'true impact', marker: 'x' });
 *   await writePicture('array.svg', display);
 * }
 * ```
 */
export class ArrayDisplay extends ChangingPicture {
  readonly subarray: SubarrayDescription;
  /** Radius of each telescope in the picture, by index, m. */
  readonly radii: Float64Array;
  readonly #options: ArrayDisplayOptions;
  readonly #theme: Theme;
  readonly #frame: ArrayFrame;
  /** Positions of the telescopes in the frame, by index. */
  readonly #places: readonly Place[];
  readonly #colors: TelescopeColors;
  #gridSpacing = 100;
  #labels: ReadonlyMap<number, string> = new Map();
  #view: { readonly x: AxisLimits; readonly y: AxisLimits } | undefined;
  #hasLegend = true;
  #axes: readonly ImageAxis[] = [];
  #axisOptions: LineOptions = {};
  #vectors: Part | undefined;
  #background: Part | undefined;
  readonly #points: (ScatterOptions & { readonly places: readonly Place[] })[] = [];

  /** @throws RangeError for values or radii of another number than the telescopes, or the tilted frame without pointing */
  constructor(subarray: SubarrayDescription, options: ArrayDisplayOptions = {}) {
    super();
    const { frame = 'GroundFrame', pointing, telScale = 2, radius, theme = 'light' } = options;
    this.subarray = subarray;
    this.#options = options;
    this.#theme = themeOf(theme);
    this.#frame = arrayFrame(frame, pointing);
    this.#places = subarray.telIds.map((telId) => this.#frame.place(subarray.position(telId)));
    this.radii =
      radius === undefined
        ? Float64Array.from(subarray.telIds, (id) => Math.sqrt(subarray.telescope(id).optics.mirrorArea) * telScale)
        : this.#perTelescope(radius, 'radius');
    this.#colors = new TelescopeColors(subarray, this.#theme, options.cmap);
    if (options.values) this.values = options.values;
  }

  /** Colour of each telescope type, sorted by type. */
  get typeColors(): ReadonlyMap<string, string> {
    return this.#colors.byType;
  }

  /** The value of each telescope, by index; undefined while telescopes have the colours of their types. */
  get values(): ArrayLike<number> | undefined {
    return this.#colors.values;
  }

  /** @throws RangeError for another number of values than telescopes */
  set values(values: ArrayLike<number> | undefined) {
    this.#colors.values = values && this.#perTelescope(values, 'values');
    this.changed();
  }

  /** Sets the limits of the colours of the values. Default: smallest and largest value. */
  setLimitsMinmax(min: number, max: number): this {
    this.#colors.limits = [min, max];
    this.changed();
    return this;
  }

  /** Sets the part of the array that is shown, in m in the frame. Undefined: all. */
  setView(view: { readonly x: AxisLimits; readonly y: AxisLimits } | undefined): this {
    this.#view = view;
    this.changed();
    return this;
  }

  /** Shows the surroundings of telescopes and of all points, without those that took no part. */
  setViewAround(telIds: Iterable<number>): this {
    const places = [
      ...[...this.subarray.telIdsToIndices(telIds)].map((index) => this.#places[index]),
      ...this.#points.flatMap((each) => each.places),
    ];
    const limits = (axis: 0 | 1): AxisLimits => {
      const found = places.map((place) => place[axis]);
      const [low, high] = limitsAround(found, VIEW_MARGIN, 100);
      const missing = Math.max(0, SMALLEST_VIEW - (high - low)) / 2;
      return [low - missing, high + missing];
    };
    return this.setView(places.length === 0 ? undefined : { x: limits(0), y: limits(1) });
  }

  /** Writes the id of each telescope, or other texts by telescope id, beside it. */
  addLabels(labels?: ReadonlyMap<number, string>): this {
    this.#labels = labels ?? new Map(this.subarray.telIds.map((telId) => [telId, String(telId)]));
    this.changed();
    return this;
  }

  removeLabels(): this {
    return this.addLabels(new Map());
  }

  /** Draws telescopes in grey, by their ids: those that did not take part. */
  greyOut(telIds: Iterable<number>): this {
    this.#colors.greyed = new Set(telIds);
    this.changed();
    return this;
  }

  /** Shows or hides the legend of types and points. */
  legend(isShown = true): this {
    this.#hasLegend = isShown;
    this.changed();
    return this;
  }

  /** Draws rings around the origin, every 100 m by default; 0 for none. */
  addRadialGrid(spacing = 100): this {
    this.#gridSpacing = spacing;
    this.changed();
    return this;
  }

  /** Radii of the rings, m: one more than the array has. Source: ctapipe 0.32 `ArrayDisplay.add_radial_grid`. */
  get radialGrid(): readonly number[] {
    const spacing = this.#gridSpacing;
    if (!(spacing > 0)) return [];
    const count = Math.min(100, Math.round(Math.sqrt(this.subarray.footprint / Math.PI) / spacing) + 1);
    return Array.from({ length: count }, (_, i) => (i + 1) * spacing);
  }

  /**
   * Draws a vector at each telescope.
   *
   * @param u - x components in the frame, m
   * @param v - y components
   */
  setVectorUv(u: PerTelescope, v: PerTelescope, options: VectorOptions = {}): this {
    const [us, vs] = [this.#perTelescope(u, 'u'), this.#perTelescope(v, 'v')];
    const { color } = options;
    this.#vectors = (transform) =>
      this.#places.flatMap(([x, y], i) => {
        const own = color === undefined ? this.#colors.of(i) : cssColor(typeof color === 'string' ? color : color[i]);
        return arrow(transform.x(x), transform.y(y), transform.x(x + us[i]), transform.y(y + vs[i]), own);
      });
    this.changed();
    return this;
  }

  /** Draws a vector of length rho and direction phi (rad, counter-clockwise from the x axis) at each telescope. */
  setVectorRhoPhi(rho: PerTelescope, phi: PerTelescope, options?: VectorOptions): this {
    const [rhos, phis] = [this.#perTelescope(rho, 'rho'), this.#perTelescope(phi, 'phi')];
    return this.setVectorUv(
      rhos.map((r, i) => r * Math.cos(phis[i])),
      rhos.map((r, i) => r * Math.sin(phis[i])),
      options,
    );
  }

  /**
   * Draws a vector along the image axis at each telescope with an image, in the direction of its time gradient; none for a
   * gradient of about 0.
   *
   * @param images - by telescope id; only the ids are used
   * @param corePsi - direction of the image axis on the ground by telescope id, rad: `parameters.core.psi`
   * @param length - m
   * @param timeGradient - by telescope id: `parameters.timing.slope`
   * @param angleOffset - azimuth of the array pointing, rad
   */
  setVectorHillas(
    images: ReadonlyMap<number, unknown>,
    corePsi: ReadonlyMap<number, number>,
    length: number,
    timeGradient: ReadonlyMap<number, number>,
    angleOffset: number,
  ): this {
    const { rho, phi } = hillasVectors(this.subarray, images.keys(), corePsi, length, timeGradient, angleOffset);
    return this.setVectorRhoPhi(rho, phi);
  }

  /**
   * Draws the image axis of each telescope with an image, as a line through the telescope.
   *
   * @param images - by telescope id; only the ids are used
   * @param corePsi - direction of the image axis on the ground by telescope id, rad: `parameters.core.psi`
   * @param range - half the length of the lines, m
   */
  setLineHillas(
    images: ReadonlyMap<number, unknown>,
    corePsi: ReadonlyMap<number, number>,
    range: number,
    options: LineOptions = {},
  ): this {
    this.#axes = imageAxes(this.subarray, this.#frame, images.keys(), corePsi, range);
    this.#axisOptions = options;
    this.changed();
    return this;
  }

  /** Draws points that are given in the ground frame, m. */
  scatter(points: readonly GroundPoint[], options: ScatterOptions = {}): this {
    const places = points.map((point) => this.#frame.place(point)).filter((place) => place.every(Number.isFinite));
    this.#points.push({ ...options, places });
    this.changed();
    return this;
  }

  /**
   * Draws contour lines of a function behind the telescopes.
   *
   * @param x - coordinates of the columns in the frame, m
   * @param y - coordinates of the rows
   * @param background - row by row, `x.length * y.length` values
   */
  backgroundContour(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    background: ArrayLike<number>,
    options: ContourOptions = {},
  ): this {
    this.#background = contourMarks(x, y, background, options);
    this.changed();
    return this;
  }

  /** Position of a telescope in the picture, CSS pixels from its upper left. */
  placeOf(telId: number): readonly [x: number, y: number] {
    const [index] = this.subarray.telIdsToIndices([telId]);
    const [x, y] = this.#places[index];
    return [this.transform.x(x), this.transform.y(y)];
  }

  /** The telescope at a position of the picture, CSS pixels from its upper left; undefined if there is none. */
  telescopeAt(x: number, y: number): number | undefined {
    const { transform } = this;
    return this.subarray.telIds.findLast((_, i) => {
      const [telX, telY] = this.#places[i];
      return Math.hypot(x - transform.x(telX), y - transform.y(telY)) <= this.#radiusOf(i, transform);
    });
  }

  /** Relation between the axes, in m, and the picture. */
  get transform(): AxisTransform {
    const [x, y] = this.#extent();
    return AxisTransform.withEqualScales(this.#area, this.#view?.x ?? x, this.#view?.y ?? y);
  }

  protected override draw(): Scene {
    const { width = 600, height = 600, title = this.subarray.name, frame = 'GroundFrame' } = this.#options;
    const theme = this.#theme;
    const { transform } = this;
    const { area } = transform;
    const { xLabel, yLabel, north } = this.#frame;
    const content: Mark[] = [
      ...rings(transform, this.radialGrid, theme),
      ...(this.#background?.(transform) ?? []),
      ...this.#places.map((_, i) => this.#telescope(i, transform)),
      ...this.#axisMarks(transform),
      ...(this.#vectors?.(transform) ?? []),
      ...this.#labelMarks(transform),
      ...this.#points.flatMap(({ places, marker = 'x', size = POINT_SIZE, color = theme.text }) => {
        const style = { marker, size, color: cssColor(color), outline: theme.text };
        return places.flatMap((place) => pointMarks(place, transform, style));
      }),
    ];
    const types = [...this.typeColors.keys()].join(', ');
    return {
      width,
      height,
      background: theme.background,
      title,
      description: `Array ${this.subarray.name} of ${this.subarray.nTels} telescopes (${types}) in the ${frame}.`,
      marks: [
        rectangle(area, { fill: theme.panel }),
        { kind: 'group', clip: area, marks: content, label: 'telescopes' },
        ...axesFrame(transform, { title, xLabel, yLabel, note: frame }, theme),
        ...(north ? compass(area, north, theme) : []),
        ...legendBelow(this.#legend, area, height, theme),
        ...this.#colors.bar(area, this.#options.valuesLabel),
      ],
    };
  }

  get #area(): Rectangle {
    const { width = 600, height = 600 } = this.#options;
    return axesArea(width, height, {
      isCompact: this.#theme.isCompact,
      hasColorBar: this.#colors.values !== undefined,
      below: (axesWidth) => legendHeight(this.#legend, axesWidth),
    });
  }

  get #legend(): LegendEntry[] {
    if (!this.#hasLegend) return [];
    return [
      ...this.#colors.legend,
      ...this.#points.flatMap(({ label, marker = 'x', color }) =>
        label === undefined ? [] : [{ label, marker, color: cssColor(color ?? this.#theme.text) }],
      ),
    ];
  }

  #radiusOf(index: number, transform: AxisTransform): number {
    return Math.max(SMALLEST_RADIUS, this.radii[index] * transform.scaleX);
  }

  /** The circle of a telescope in the picture. */
  #circleOf(index: number, transform: AxisTransform): PlacedObject {
    const [x, y] = this.#places[index];
    const radius = this.#radiusOf(index, transform);
    return { x: transform.x(x), y: transform.y(y), radiusX: radius, radiusY: radius };
  }

  #telescope(index: number, transform: AxisTransform): Mark {
    const color = this.#colors.of(index);
    const style: MarkStyle = { fill: color, stroke: color, strokeWidth: 2, opacity: this.#options.alpha ?? 0.7 };
    return { kind: 'ellipse', ...this.#circleOf(index, transform), ...style };
  }

  #axisMarks(transform: AxisTransform): Mark[] {
    const { linewidth = 1.8, color } = this.#axisOptions;
    return this.#axes.flatMap((axis) => {
      const stroke = color === undefined ? this.#colors.ofType(axis.index) : cssColor(color);
      const { x, y } = this.#circleOf(axis.index, transform);
      const style = { stroke, strokeWidth: linewidth };
      return [line(...segmentOf(axis, transform), style), markerMark('.', x, y, 7, stroke)];
    });
  }

  #labelMarks(transform: AxisTransform): Mark[] {
    const circles = this.#places.map((_, index) => this.#circleOf(index, transform));
    const { faint, text: textColor } = this.#theme;
    const labels = [...this.#labels].flatMap(([telId, text]) => {
      const index = this.subarray.telIndex.get(telId);
      if (index === undefined) return [];
      return [{ text, of: circles[index], color: this.#colors.greyed.has(telId) ? faint : textColor }];
    });
    const points = this.#points.flatMap(({ places, size = POINT_SIZE }) =>
      places.map(([x, y]) => ({ x: transform.x(x), y: transform.y(y), radiusX: size / 2, radiusY: size / 2 })),
    );
    const lines = this.#axes.map((axis) => segmentOf(axis, transform));
    return objectLabels(labels, { objects: [...circles, ...points], lines, area: transform.area }, this.#theme);
  }

  /** Limits of telescopes and of points that are not far away, with a margin. */
  #extent(): [AxisLimits, AxisLimits] {
    const telescopes = this.#places.flatMap(([x, y], i): Place[] => {
      const r = Math.max(this.radii[i], SMALLEST_EXTENT);
      return [
        [x - r, y - r],
        [x + r, y + r],
      ];
    });
    const points = this.#points.flatMap((each) => each.places);
    const places = telescopes.length === 0 ? points : [...telescopes, ...pointsNear(telescopes, points, FARTHEST)];
    const limits = (axis: 0 | 1): AxisLimits => {
      const values = places.map((place) => place[axis]);
      return limitsAround(values.length > 0 ? values : [-100, 100], MARGIN, 10);
    };
    return [limits(0), limits(1)];
  }

  #perTelescope(value: PerTelescope, name: string): Float64Array {
    const { nTels } = this.subarray;
    if (typeof value === 'number') return new Float64Array(nTels).fill(value);
    if (value.length === nTels) return Float64Array.from(value);
    throw new RangeError(
      `Array ${this.subarray.name}: expected ${nTels} entries of ${name}, one per telescope, found ${value.length}.`,
    );
  }
}
