/** Limits and first steps of the parameters of a function. */
export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly steps: Float64Array;
}

/** Options of {@link minimizeSimplex}. */
export interface SimplexOptions {
  /** Largest difference of the values at the corners of the simplex at the minimum. Default: 0.001. */
  readonly tolerance?: number;
  /** Limit of the number of evaluations. Default: 2000. */
  readonly maxCalls?: number;
  /** Number of times that the search starts again at the minimum, with a third of the steps, while this improves it. Default: 3. */
  readonly maxRestarts?: number;
}

/** The lowest point that a minimization found. */
export interface Minimum {
  readonly parameters: Float64Array;
  readonly value: number;
  readonly nCalls: number;
  /** Whether the search ended before the limit of the number of evaluations. */
  readonly isConverged: boolean;
}

const STEP_OF_RESTART = 1 / 3;

/**
 * Finds a minimum of a function of several parameters within limits, without derivatives: also of functions with kinks.
 *
 * A simplex moves by reflection, expansion, contraction and shrinking. Limits are kept by the transformation of each parameter
 * to an angle, whose sine is 1 at the upper limit and -1 at the lower one. Source: J. A. Nelder and R. Mead, Comput. J. 7
 * (1965) 308; F. James and M. Roos, Comput. Phys. Commun. 10 (1975) 343, section 3.
 *
 * @param evaluate - the function; the array is reused and must not be kept
 * @param start - within the limits
 */
export function minimizeSimplex(
  evaluate: (parameters: Float64Array) => number,
  start: Float64Array,
  bounds: Bounds,
  { tolerance = 1e-3, maxCalls = 2000, maxRestarts = 3 }: SimplexOptions = {},
): Minimum {
  const search = new SimplexSearch(evaluate, bounds, maxCalls);
  search.run(start, 1, tolerance);
  for (let restart = 0, scale = -STEP_OF_RESTART; restart < maxRestarts; restart++, scale *= -STEP_OF_RESTART) {
    if (search.nCalls >= maxCalls) break;
    const before = search.lowest;
    search.run(search.parameters(), scale, tolerance);
    if (!(before - search.lowest > tolerance)) break;
  }
  return {
    parameters: search.parameters(),
    value: search.lowest,
    nCalls: search.nCalls,
    isConverged: search.nCalls < maxCalls,
  };
}

class SimplexSearch {
  nCalls = 0;
  readonly #evaluate: (parameters: Float64Array) => number;
  readonly #bounds: Bounds;
  readonly #maxCalls: number;
  readonly #n: number;
  /** Corners of the simplex, as angles; sorted by their values. */
  readonly #corners: Float64Array[];
  readonly #values: Float64Array;
  readonly #centre: Float64Array;
  readonly #tried: Float64Array;
  readonly #farther: Float64Array;
  readonly #parameters: Float64Array;

  constructor(evaluate: (parameters: Float64Array) => number, bounds: Bounds, maxCalls: number) {
    const n = bounds.steps.length;
    this.#evaluate = evaluate;
    this.#bounds = bounds;
    this.#maxCalls = maxCalls;
    this.#n = n;
    this.#corners = Array.from({ length: n + 1 }, () => new Float64Array(n));
    this.#values = new Float64Array(n + 1);
    this.#centre = new Float64Array(n);
    this.#tried = new Float64Array(n);
    this.#farther = new Float64Array(n);
    this.#parameters = new Float64Array(n);
  }

  /** Lowest value. */
  get lowest(): number {
    return this.#values[0];
  }

  /** Parameters of the lowest value. */
  parameters(): Float64Array {
    return this.#fromAngles(this.#corners[0]).slice();
  }

  /** Starts with a simplex of steps of a scale, and moves it until the values at its corners agree. */
  run(start: Float64Array, scale: number, tolerance: number): void {
    const n = this.#n;
    for (let k = 0; k <= n; k++) {
      for (let i = 0; i < n; i++) this.#corners[k][i] = this.#angleOf(start[i], i);
      if (k > 0) this.#corners[k][k - 1] = this.#angleOf(this.#stepped(start[k - 1], k - 1, scale), k - 1);
      this.#values[k] = this.#valueAt(this.#corners[k]);
    }
    this.#sort();
    while (this.nCalls < this.#maxCalls && this.#values[n] - this.#values[0] > tolerance) this.#move();
  }

  #move(): void {
    const n = this.#n;
    this.#centre.fill(0);
    for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) this.#centre[i] += this.#corners[k][i] / n;
    const reflected = this.#try(this.#tried, -1);
    if (reflected < this.#values[0]) {
      const expanded = this.#try(this.#farther, -2);
      if (expanded < reflected) this.#replaceLast(this.#farther, expanded);
      else this.#replaceLast(this.#tried, reflected);
    } else if (reflected < this.#values[n - 1]) {
      this.#replaceLast(this.#tried, reflected);
    } else {
      const isOutside = reflected < this.#values[n];
      const contracted = this.#try(this.#farther, isOutside ? -0.5 : 0.5);
      if (contracted < (isOutside ? reflected : this.#values[n])) this.#replaceLast(this.#farther, contracted);
      else this.#shrink();
    }
  }

  /** Evaluates a point on the line through the centre and the highest corner. */
  #try(point: Float64Array, factor: number): number {
    const last = this.#corners[this.#n];
    for (let i = 0; i < this.#n; i++) point[i] = this.#centre[i] + factor * (last[i] - this.#centre[i]);
    return this.#valueAt(point);
  }

  #replaceLast(point: Float64Array, value: number): void {
    this.#corners[this.#n].set(point);
    this.#values[this.#n] = value;
    this.#sort();
  }

  #shrink(): void {
    const [best] = this.#corners;
    for (let k = 1; k <= this.#n; k++) {
      const corner = this.#corners[k];
      for (let i = 0; i < this.#n; i++) corner[i] = (corner[i] + best[i]) / 2;
      this.#values[k] = this.#valueAt(corner);
    }
    this.#sort();
  }

  /** Sorts corners by insertion: most are in order. */
  #sort(): void {
    for (let k = 1; k <= this.#n; k++) {
      const value = this.#values[k];
      const corner = this.#corners[k];
      let place = k;
      for (; place > 0 && this.#values[place - 1] > value; place--) {
        this.#values[place] = this.#values[place - 1];
        this.#corners[place] = this.#corners[place - 1];
      }
      this.#values[place] = value;
      this.#corners[place] = corner;
    }
  }

  #valueAt(angles: Float64Array): number {
    this.nCalls++;
    const value = this.#evaluate(this.#fromAngles(angles));
    return Number.isNaN(value) ? Infinity : value;
  }

  #fromAngles(angles: Float64Array): Float64Array {
    const { lower, upper } = this.#bounds;
    for (let i = 0; i < this.#n; i++) {
      this.#parameters[i] = lower[i] + ((upper[i] - lower[i]) / 2) * (Math.sin(angles[i]) + 1);
    }
    return this.#parameters;
  }

  #angleOf(value: number, i: number): number {
    const { lower, upper } = this.#bounds;
    return Math.asin(Math.min(Math.max((2 * (value - lower[i])) / (upper[i] - lower[i]) - 1, -1), 1));
  }

  /** A step, in the other direction near a limit. */
  #stepped(value: number, i: number, scale: number): number {
    const { lower, upper, steps } = this.#bounds;
    const stepped = value + scale * steps[i];
    return stepped >= lower[i] && stepped <= upper[i] ? stepped : value - scale * steps[i];
  }
}
