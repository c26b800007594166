import type { CameraGeometry, HillasParametersContainer } from '@cherenkit/core';
import { altAzToNominal, degrees, telescopeToAltAz, type AltAz } from '@cherenkit/kernels';
import { colorMap } from '../color/color-map.js';
import { ColorNorm, limitsOf } from '../color/color-norm.js';
import { cssColor } from '../color/css-color.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { legendBelow, legendHeight, type LegendEntry } from '../layout/legend.js';
import type { MarkerName } from '../layout/marker-marks.js';
import { objectLabels, type PlacedObject, type Segment } from '../layout/object-labels.js';
import { pointMarks } from '../layout/point-marks.js';
import { themeOf, type Theme, type ThemeName } from '../layout/theme.js';
import { AxisTransform, limitsAround, pointsNear, type AxisLimits } from '../scene/axis-transform.js';
import { PixelLayout } from '../scene/pixel-layout.js';
import { ChangingPicture } from '../scene/picture.js';
import { line, rectangle, type Mark, type Rectangle, type Scene } from '../scene/scene.js';

/** Options of {@link SkyDisplay}. */
export interface SkyDisplayOptions {
  /** Where the array points, rad: the centre of the picture. */
  readonly pointing: AltAz;
  /** Half the width of the picture, rad. Default: such that all centroids and points are visible. */
  readonly radius?: number | undefined;
  readonly title?: string;
  readonly theme?: ThemeName | Theme;
  /** Size of the picture, CSS pixels. Default: 600 x 600. */
  readonly width?: number;
  readonly height?: number;
}

/** The image of a telescope in the sky. */
export interface SkyImage {
  readonly telId: number;
  /** In the telescope frame. */
  readonly hillas: Pick<HillasParametersContainer, 'fovLon' | 'fovLat' | 'length' | 'width' | 'psi'>;
  /** Where the telescope points. Default: where the array does. */
  readonly pointing?: AltAz | undefined;
  /** Default: the next one of tab10. */
  readonly color?: string | undefined;
  /** Name of the colour in the legend: the telescope type. Default: not in the legend. */
  readonly label?: string | undefined;
  /** Whether the reconstruction has used the image. Default: true; others are drawn in grey. */
  readonly isUsed?: boolean;
}

/** A camera image to be added to others, see `SkyDisplay.addSummedImage`. */
export interface SummedImage {
  /** In the telescope frame. */
  readonly geometry: CameraGeometry;
  readonly image: ArrayLike<number>;
  /** Pixels to be added. Default: all. */
  readonly mask?: ArrayLike<number> | undefined;
}

interface SkyPoint {
  readonly x: number;
  readonly y: number;
  readonly marker: MarkerName;
  readonly color: string;
  readonly label: string | undefined;
}

interface SkyEllipse {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly width: number;
  readonly psi: number;
  readonly color: string;
  readonly label: string | undefined;
  readonly telId: number;
  readonly isUsed: boolean;
}

const MARGIN = 0.1;
const GRID_SIDE = 240;
/** Factor by which the points of the grid are widened, so that no gaps show between them. */
const OVERLAP = 1.05;
/** Points farther from the middle of the images than this many times their extent do not make the picture wider. */
const FARTHEST = 3;
/** Size of a marked direction, CSS pixels. */
const POINT_SIZE = 16;

/**
 * The images of all telescopes in the sky around the pointing of the array: ellipses with their axes, which meet at the
 * direction of the shower.
 *
 * @example
 * ```ts
 * for await (const { dl1, monitoring, simulation } of source) {
 *   const { arrayAltitude, arrayAzimuth } = monitoring.pointing;
 *   const sky = new SkyDisplay({ pointing: { alt: arrayAltitude, az: arrayAzimuth } });
 *   for (const [telId, { parameters }] of dl1.tel) {
 *     if (parameters?.frame === 'TelescopeFrame') sky.addImage({ telId, hillas: parameters.hillas });
 *   }
 *   if (simulation?.shower) sky.addPoint(simulation.shower, { label: 'true', marker: '*' });
 * }
 * ```
 */
export class SkyDisplay extends ChangingPicture {
  readonly #options: SkyDisplayOptions;
  readonly #theme: Theme;
  readonly #images: SkyEllipse[] = [];
  readonly #points: SkyPoint[] = [];
  #summed: { readonly images: readonly SummedImage[]; readonly cmap: string } | undefined;

  constructor(options: SkyDisplayOptions) {
    super();
    this.#options = options;
    this.#theme = themeOf(options.theme ?? 'light');
  }

  /** Adds the ellipse and the axis of an image. Parameters without a value are not drawn. */
  addImage({ telId, hillas, pointing, color, label, isUsed = true }: SkyImage): this {
    const { fovLon, fovLat, length, width, psi } = hillas;
    if (![fovLon, fovLat, length, width, psi].every(Number.isFinite)) return this;
    const [x, y] = this.#place(fovLon, fovLat, pointing);
    const [alongX, alongY] = this.#place(fovLon + length * Math.cos(psi), fovLat + length * Math.sin(psi), pointing);
    const palette = colorMap('tab10').colors;
    this.#images.push({
      x,
      y,
      length: degrees(length),
      width: degrees(width),
      psi: Math.atan2(alongY - y, alongX - x),
      color: isUsed ? cssColor(color ?? palette[this.#images.length % palette.length]) : this.#theme.bad,
      label,
      telId,
      isUsed,
    });
    this.changed();
    return this;
  }

  /** Marks a direction, rad. */
  addPoint(
    direction: AltAz,
    {
      label,
      marker = 'x',
      color,
    }: { readonly label?: string; readonly marker?: MarkerName; readonly color?: string } = {},
  ): this {
    const { fovLon, fovLat } = altAzToNominal(direction, this.#options.pointing);
    if (!Number.isFinite(fovLon) || !Number.isFinite(fovLat)) return this;
    const point = { x: degrees(fovLon), y: degrees(fovLat), marker, label };
    this.#points.push({ ...point, color: cssColor(color ?? this.#theme.text) });
    this.changed();
    return this;
  }

  /**
   * Shows the sum of the images of several telescopes, per solid angle, behind the ellipses.
   *
   * @param options - `cmap`: default: shades of grey, those of small sums close to the background
   */
  addSummedImage(
    images: readonly SummedImage[],
    { cmap = this.#theme.isDark ? 'Greys_r' : 'Greys' }: { readonly cmap?: string } = {},
  ): this {
    this.#summed = { images, cmap };
    this.changed();
    return this;
  }

  /** Relation between the axes, deg, and the picture. */
  get transform(): AxisTransform {
    const { radius } = this.#options;
    if (radius !== undefined) {
      const limits: AxisLimits = [-degrees(radius), degrees(radius)];
      return AxisTransform.withEqualScales(this.#area, limits, limits);
    }
    const images = [
      [0, 0] as const,
      ...this.#images.flatMap(({ x, y, length }): (readonly [number, number])[] => [
        [x - 2 * length, y - 2 * length],
        [x + 2 * length, y + 2 * length],
      ]),
    ];
    const points = this.#points.map(({ x, y }) => [x, y] as const);
    const extent = [...images, ...(this.#images.length === 0 ? points : pointsNear(images, points, FARTHEST))];
    const limits = (axis: 0 | 1): AxisLimits =>
      limitsAround(
        extent.map((place) => place[axis]),
        MARGIN,
        0.5,
      );
    return AxisTransform.withEqualScales(this.#area, limits(0), limits(1));
  }

  protected override draw(): Scene {
    const { title = 'Sky', width = 600, height = 600 } = this.#options;
    const theme = this.#theme;
    const { transform } = this;
    const { area } = transform;
    const legend = this.#legend();
    const used = this.#images.filter(({ isUsed }) => isUsed).map(({ telId }) => telId);
    return {
      width,
      height,
      background: theme.background,
      title,
      description: `Images of the telescopes ${used.join(', ') || '(none)'} in the sky, with their axes.`,
      marks: [
        rectangle(area, { fill: theme.panel }),
        {
          kind: 'group',
          clip: area,
          label: 'images',
          marks: [
            ...this.#summedMarks(transform),
            // Images that were not used first, so that they do not cover the others.
            ...[false, true].flatMap((wanted) =>
              this.#images
                .filter(({ isUsed }) => isUsed === wanted)
                .flatMap((image) => this.#imageMarks(image, transform)),
            ),
            ...this.#labelMarks(transform),
            ...this.#points.flatMap(({ x, y, marker, color }) =>
              pointMarks([x, y], transform, { marker, size: POINT_SIZE, color, outline: theme.text }),
            ),
          ],
        },
        ...axesFrame(
          transform,
          { title, xLabel: 'fov_lon  (deg)', yLabel: 'fov_lat  (deg)', note: 'NominalFrame' },
          theme,
        ),
        ...legendBelow(legend, area, height, theme),
      ],
    };
  }

  #imageMarks(image: SkyEllipse, transform: AxisTransform): Mark[] {
    const { x, y, length, width, psi, color } = image;
    const scale = transform.scaleX;
    return [
      line(...axisOf(image, transform), { stroke: color, strokeWidth: 1.25, dash: [6, 4], opacity: 0.8 }),
      {
        kind: 'ellipse',
        x: transform.x(x),
        y: transform.y(y),
        radiusX: length * scale,
        radiusY: width * scale,
        rotation: (-psi * 180) / Math.PI,
        stroke: color,
        strokeWidth: 2,
      },
    ];
  }

  /** The ids of the telescopes, beside their ellipses. */
  #labelMarks(transform: AxisTransform): Mark[] {
    const ellipses = this.#images.map((image) => extentOf(image, transform));
    const labels = this.#images.map(({ telId, color }, i) => ({ text: String(telId), color, of: ellipses[i] }));
    const points = this.#points.map(({ x, y }) => {
      return { x: transform.x(x), y: transform.y(y), radiusX: POINT_SIZE / 2, radiusY: POINT_SIZE / 2 };
    });
    const lines = this.#images.map((image) => axisOf(image, transform));
    return objectLabels(labels, { objects: [...ellipses, ...points], lines, area: transform.area }, this.#theme);
  }

  /** Values at the points of a grid over the picture, as square pixels. */
  #summedMarks(transform: AxisTransform): Mark[] {
    if (!this.#summed) return [];
    const { xLimits, yLimits } = transform;
    const step = (xLimits[1] - xLimits[0]) / GRID_SIDE;
    const nRows = Math.ceil((yLimits[1] - yLimits[0]) / step);
    const n = GRID_SIDE * nRows;
    const x = Float64Array.from({ length: n }, (_, i) => xLimits[0] + ((i % GRID_SIDE) + 0.5) * step);
    const y = Float64Array.from({ length: n }, (_, i) => yLimits[0] + (Math.floor(i / GRID_SIDE) + 0.5) * step);
    const sum = new Float64Array(n);
    for (const { geometry, image, mask } of this.#summed.images) {
      for (let i = 0; i < n; i++) {
        const pixel = geometry.positionToPixIndex((x[i] * Math.PI) / 180, (y[i] * Math.PI) / 180);
        if (pixel < 0 || mask?.[pixel] === 0 || !(image[pixel] > 0)) continue;
        sum[i] += image[pixel] / geometry.pixArea[pixel];
      }
    }
    const map = colorMap(this.#summed.cmap);
    const norm = new ColorNorm('lin', [0, limitsOf(sum, 'lin')[1]]);
    const indices = Int16Array.from(sum, (value) => (value > 0 ? map.indexOf(norm.partOf(value)) : -1));
    const layout = new PixelLayout('square', x, y, new Float64Array(n).fill(step), 0);
    return [{ kind: 'pixels', layout, transform, indices, colors: map.table, widening: OVERLAP }];
  }

  get #area(): Rectangle {
    const { width = 600, height = 600 } = this.#options;
    const legend = this.#legend();
    return axesArea(width, height, {
      isCompact: this.#theme.isCompact,
      below: (axesWidth) => legendHeight(legend, axesWidth),
    });
  }

  #legend(): LegendEntry[] {
    const types = new Map(
      this.#images.flatMap(({ label, color, isUsed }) => (label !== undefined && isUsed ? [[label, color]] : [])),
    );
    return [
      ...[...types].sort().map(([label, color]): LegendEntry => ({ label, marker: '.', color })),
      ...this.#points.flatMap(({ label, marker, color }) => (label === undefined ? [] : [{ label, marker, color }])),
    ];
  }

  #place(fovLon: number, fovLat: number, pointing: AltAz | undefined): readonly [x: number, y: number] {
    if (pointing === undefined) return [degrees(fovLon), degrees(fovLat)];
    const point = altAzToNominal(telescopeToAltAz({ fovLon, fovLat }, pointing), this.#options.pointing);
    return [degrees(point.fovLon), degrees(point.fovLat)];
  }
}

/** The axis of an image, longer than the picture. */
function axisOf({ x, y, psi }: SkyEllipse, transform: AxisTransform): Segment {
  const { xLimits, yLimits } = transform;
  const reach = 2 * Math.hypot(xLimits[1] - xLimits[0], yLimits[1] - yLimits[0]);
  const [dx, dy] = [reach * Math.cos(psi), reach * Math.sin(psi)];
  return [transform.x(x - dx), transform.y(y - dy), transform.x(x + dx), transform.y(y + dy)];
}

/** The extent of an ellipse in the picture. */
function extentOf({ x, y, length, width, psi }: SkyEllipse, transform: AxisTransform): PlacedObject {
  const scale = transform.scaleX;
  return {
    x: transform.x(x),
    y: transform.y(y),
    radiusX: scale * Math.hypot(length * Math.cos(psi), width * Math.sin(psi)),
    radiusY: scale * Math.hypot(length * Math.sin(psi), width * Math.cos(psi)),
  };
}
