import type { Radians } from '../units.js';
import { DelaunayCells } from './delaunay-cells.js';
import { GridCells } from './grid-cells.js';
import { LatticeCells } from './lattice-cells.js';
import { KEY_SIZE, type TemplateCells } from './template-cells.js';
import { triangulate } from './triangulate.js';

/** Positions of the nodes of templates: x along the image axis, from the source away from the core, and y across. */
export interface TemplateAxes {
  readonly xMin: Radians;
  readonly xMax: Radians;
  readonly nX: number;
  readonly yMin: Radians;
  readonly yMax: Radians;
  readonly nY: number;
}

/** Templates of one camera, for several directions of the telescope. */
export interface TemplateOptions {
  readonly axes: TemplateAxes;
  /** Zenith and azimuth (degrees), energy (TeV), impact distance (m), depth difference (g/cm2); shape (n, 5). */
  readonly keys: Float64Array;
  /** Expected p.e. per pixel at each node, shape (nX, nY) each. */
  readonly images: readonly Float32Array[];
  /** Mean and standard deviation of the time gradient, ns/deg; shape (n, 2). */
  readonly timeGradients?: Float32Array | undefined;
  /** Indices of the corners of cells, shape (m, 4), if all templates have one direction. */
  readonly simplices?: Int32Array | undefined;
}

/** Templates of one direction: those at the corners of a cell are interpolated. */
export interface DirectionTemplates {
  readonly cells: TemplateCells;
  /** Number of each template of the direction in the library. */
  readonly templates: Int32Array;
}

/** Templates of a direction, with the weight of the direction. */
export interface WeightedTemplates extends DirectionTemplates {
  readonly weight: number;
}

const FULL_TURN = 360;
const DIRECTION_SIZE = 2;
const ROW_SIZE = DIRECTION_SIZE + KEY_SIZE;

/**
 * Expected images of gamma-ray showers, interpolated between templates.
 *
 * Between energy, impact distance and depth of the maximum, interpolation is linear: in the given cells; else, for keys that form
 * a grid, in each parameter; else in the cells of a Delaunay triangulation. Outside of the keys, the image at the boundary is
 * taken. Between zenith angles and azimuths it is linear, too.
 */
export class TemplateLibrary {
  readonly axes: TemplateAxes;
  readonly images: readonly Float32Array[];
  readonly timeGradients: Float32Array | undefined;
  /** Energies of templates, TeV, ascending. */
  readonly energies: readonly number[];
  /** By zenith angle and azimuth, degrees. */
  readonly #directions = new Map<number, Map<number, DirectionTemplates>>();

  /** @throws RangeError for templates of different sizes, and for keys that cannot be interpolated */
  constructor({ axes, keys, images, timeGradients, simplices }: TemplateOptions) {
    const n = images.length;
    if (n === 0 || keys.length !== n * ROW_SIZE) {
      throw new RangeError(
        `expected ${ROW_SIZE} numbers per template as keys, found ${keys.length} for ${n} templates`,
      );
    }
    const notFinite = keys.findIndex((value) => !Number.isFinite(value));
    if (notFinite >= 0) throw new RangeError(`the key of template ${Math.floor(notFinite / ROW_SIZE)} is not finite`);
    const size = axes.nX * axes.nY;
    const wrong = images.findIndex(({ length }) => length !== size);
    if (wrong >= 0) throw new RangeError(`template ${wrong} has ${images[wrong].length} nodes, expected ${size}`);
    if (!(axes.nX > 1 && axes.nY > 1 && axes.xMax > axes.xMin && axes.yMax > axes.yMin)) {
      throw new RangeError(`templates have ${axes.nX} x ${axes.nY} nodes, expected 2 x 2 or more, in increasing order`);
    }
    if (timeGradients && timeGradients.length !== 2 * n) {
      throw new RangeError(`expected 2 time gradients per template, found ${timeGradients.length} for ${n} templates`);
    }
    this.axes = axes;
    this.images = images;
    this.timeGradients = timeGradients;
    const energies = new Set<number>();
    for (let i = 0; i < n; i++) energies.add(keys[i * ROW_SIZE + DIRECTION_SIZE]);
    this.energies = [...energies].sort((a, b) => a - b);
    if (!(this.energies[0] > 0)) throw new RangeError(`a template has the energy ${this.energies[0]} TeV`);
    this.#groupByDirection(keys, simplices);
  }

  /** Returns the templates of the directions nearest to one, with weights whose sum is 1. */
  directionsAt(zenith: Radians, azimuth: Radians): WeightedTemplates[] {
    const zeniths = [...this.#directions.keys()].sort((a, b) => a - b);
    return bracket(zeniths, (zenith * 180) / Math.PI).flatMap(([near, weight]) => {
      const atZenith = this.#directions.get(near) ?? new Map<number, DirectionTemplates>();
      return bracketOnCircle([...atZenith.keys()], (azimuth * 180) / Math.PI).flatMap(([each, weightOfAzimuth]) => {
        const templates = atZenith.get(each);
        return templates ? [{ ...templates, weight: weight * weightOfAzimuth }] : [];
      });
    });
  }

  #groupByDirection(keys: Float64Array, simplices: Int32Array | undefined): void {
    const groups = new Map<string, number[]>();
    for (let i = 0; i < this.images.length; i++) {
      const direction = keys.subarray(i * ROW_SIZE, i * ROW_SIZE + DIRECTION_SIZE).join();
      const group = groups.get(direction);
      if (group) group.push(i);
      else groups.set(direction, [i]);
    }
    if (simplices && groups.size > 1) {
      throw new RangeError(`there are cells for templates of ${groups.size} directions, expected one direction`);
    }
    for (const group of groups.values()) {
      const templates = Int32Array.from(group);
      const within = new Float64Array(KEY_SIZE * group.length);
      group.forEach((template, i) => {
        const start = template * ROW_SIZE + DIRECTION_SIZE;
        within.set(keys.subarray(start, start + KEY_SIZE), KEY_SIZE * i);
      });
      const [zenith, azimuth] = keys.subarray(templates[0] * ROW_SIZE);
      const atZenith = this.#directions.get(zenith) ?? new Map<number, DirectionTemplates>();
      this.#directions.set(zenith, atZenith);
      atZenith.set(azimuth, { cells: cellsOf(within, simplices), templates });
    }
  }
}

/** Returns the cells between keys, shape (n, 3). */
function cellsOf(keys: Float64Array, simplices: Int32Array | undefined): TemplateCells {
  if (simplices) return new DelaunayCells(keys, simplices);
  const ofGrid = GridCells.of(keys) ?? LatticeCells.of(keys);
  if (ofGrid) return ofGrid;
  const triangulation = triangulate(keys);
  return new DelaunayCells(triangulation.points, triangulation.simplices);
}

/** The values on both sides of a point, ascending, with their weights; the outermost value beyond it. */
function bracket(values: readonly number[], at: number): [value: number, weight: number][] {
  const upper = values.findIndex((value) => value >= at);
  if (upper === 0) return [[values[0], 1]];
  if (upper < 0) return [[values[values.length - 1], 1]];
  const [low, high] = [values[upper - 1], values[upper]];
  const fraction = (at - low) / (high - low);
  return fraction === 1 ? [[high, 1]] : [[low, 1 - fraction], [high, fraction]]; // prettier-ignore
}

/** {@link bracket} on a circle, degrees. */
function bracketOnCircle(values: readonly number[], at: number): [value: number, weight: number][] {
  if (values.length === 1) return [[values[0], 1]];
  const wrap = (angle: number): number => ((angle % FULL_TURN) + FULL_TURN) % FULL_TURN;
  const ahead = values.map((value) => [value, wrap(value - at)] as const);
  const [next, distance] = ahead.reduce((nearest, each) => (each[1] < nearest[1] ? each : nearest));
  if (distance === 0) return [[next, 1]];
  const [last, most] = ahead.reduce((farthest, each) => (each[1] > farthest[1] ? each : farthest));
  const behind = FULL_TURN - most;
  return [
    [last, distance / (behind + distance)],
    [next, behind / (behind + distance)],
  ];
}
