/** Circle fitted to points, in their unit; NaN if the fit fails. */
export interface CircleFit {
  readonly radius: number;
  readonly centerX: number;
  readonly centerY: number;
  readonly radiusError: number;
  readonly centerXError: number;
  readonly centerYError: number;
}

/**
 * Fits a circle by minimizing the variance of the squared distances of the points from the centre, in closed form.
 *
 * The errors are rough: they assume that radius and centre are independent and that the error of the radius is half
 * that of the centre. Source: B. B. Chaudhuri and P. Kundu, Pattern Recognition Letters 14 (1993) 1; ctapipe 0.32
 * `kundu_chaudhuri_circle_fit`.
 *
 * @param weights - one per point
 * @param selected - indices of the points to use
 */
export function kunduChaudhuriCircleFit(
  x: Float64Array,
  y: Float64Array,
  weights: ArrayLike<number>,
  selected: ArrayLike<number>,
): CircleFit {
  let sum = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    sum += weights[pixel];
    meanX += weights[pixel] * x[pixel];
    meanY += weights[pixel] * y[pixel];
  }
  meanX /= sum;
  meanY /= sum;
  let [a1, a2, b1, b2, c1, c2] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    const dx = weights[pixel] * (x[pixel] - meanX);
    const dy = weights[pixel] * (y[pixel] - meanY);
    const square = x[pixel] * x[pixel] + y[pixel] * y[pixel];
    a1 += dx * x[pixel];
    a2 += dy * x[pixel];
    b1 += dx * y[pixel];
    b2 += dy * y[pixel];
    c1 += 0.5 * dx * square;
    c2 += 0.5 * dy * square;
  }
  const centerX = (b2 * c1 - b1 * c2) / (a1 * b2 - a2 * b1);
  const centerY = (a2 * c1 - a1 * c2) / (a2 * b1 - a1 * b2);
  let squares = 0;
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    squares += weights[pixel] * ((centerX - x[pixel]) ** 2 + (centerY - y[pixel]) ** 2);
  }
  const radius = Math.sqrt(squares / sum);

  let [delta, deltaSquares, slope, slopeSquares] = [0, 0, 0, 0];
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    const square = (x[pixel] - centerX) ** 2 + (y[pixel] - centerY) ** 2;
    const difference = square - radius * radius;
    const derivative = Math.sqrt(square + (radius * radius) / 4);
    delta += weights[pixel] * difference;
    deltaSquares += weights[pixel] * difference * difference;
    slope += weights[pixel] * derivative;
    slopeSquares += weights[pixel] * derivative * derivative;
  }
  const deltaDeviation = Math.sqrt(deltaSquares / sum - (delta / sum) ** 2);
  const slopeDeviation = Math.sqrt(slopeSquares / sum - (slope / sum) ** 2);
  const error = deltaDeviation / slopeDeviation / sum / 2 / Math.SQRT2;
  return { radius, centerX, centerY, radiusError: error / 2, centerXError: error, centerYError: error };
}

/** Starting point of an iterative circle fit. */
export interface CircleGuess {
  readonly radius: number;
  readonly centerX: number;
  readonly centerY: number;
}

const ITERATIONS = 100;
/**
 * Change of the loss at one standard deviation: a square degree. Minuit, which ctapipe uses, takes the loss in this
 * unit as a chi squared.
 */
const LOSS_OF_ERRORS = (Math.PI / 180) ** 2;
const SMALLEST_STEP = 1e-13;

/**
 * Fits a circle by minimizing sum (w (d2 - r2))2 / |sum w d2|, where d are the distances of the points from the centre.
 *
 * Uses Newton's method with damped steps. The errors correspond to a change of the loss by one square degree, for
 * points in radians. Source: G. Taubin, IEEE Transactions on Pattern Analysis and Machine Intelligence 13 (1991) 1115;
 * ctapipe 0.32 `taubin_circle_fit`.
 *
 * @param weights - one per point
 * @param selected - indices of the points to use
 * @param limit - largest radius, and largest coordinate of the centre
 */
export function taubinCircleFit(
  x: Float64Array,
  y: Float64Array,
  weights: ArrayLike<number>,
  selected: ArrayLike<number>,
  guess: CircleGuess,
  limit: number,
): CircleFit {
  const within = (value: number, lowest: number) => Math.min(Math.max(value, lowest), limit);
  let [a, b, r] = [within(guess.centerX, -limit), within(guess.centerY, -limit), within(guess.radius, 0)];
  let here = taubinLoss(x, y, weights, selected, a, b, r);
  let damping = 0;
  for (let i = 0; i < ITERATIONS && Number.isFinite(here.loss); i++) {
    const [xx, xy, xr, yy, yr, rr] = here.hessian;
    const scale = damping * Math.max(Math.abs(xx), Math.abs(yy), Math.abs(rr));
    const inverse = invertSymmetric(xx + scale, xy, xr, yy + scale, yr, rr + scale);
    const [gx, gy, gr] = here.gradient;
    const step = [
      -(inverse[0] * gx + inverse[1] * gy + inverse[2] * gr),
      -(inverse[1] * gx + inverse[3] * gy + inverse[4] * gr),
      -(inverse[2] * gx + inverse[4] * gy + inverse[5] * gr),
    ];
    const next = [within(a + step[0], -limit), within(b + step[1], -limit), within(r + step[2], 0)];
    const there = taubinLoss(x, y, weights, selected, next[0], next[1], next[2]);
    const size = Math.max(...step.map(Math.abs));
    if (there.loss <= here.loss) {
      [a, b, r] = next;
      here = there;
      damping = damping < 1e-6 ? 0 : damping / 10;
      if (size < SMALLEST_STEP * limit) break;
    } else {
      if (size < SMALLEST_STEP * limit) break;
      damping = damping === 0 ? 1e-4 : damping * 10;
    }
  }
  const [xx, xy, xr, yy, yr, rr] = here.hessian;
  const covariance = invertSymmetric(xx, xy, xr, yy, yr, rr);
  return {
    radius: r,
    centerX: a,
    centerY: b,
    radiusError: Math.sqrt(2 * LOSS_OF_ERRORS * covariance[5]),
    centerXError: Math.sqrt(2 * LOSS_OF_ERRORS * covariance[0]),
    centerYError: Math.sqrt(2 * LOSS_OF_ERRORS * covariance[3]),
  };
}

type SixNumbers = readonly [number, number, number, number, number, number];

interface TaubinLoss {
  readonly loss: number;
  /** Derivatives with respect to centre and radius. */
  readonly gradient: readonly [number, number, number];
  /** Second derivatives: xx, xy, xr, yy, yr, rr. */
  readonly hessian: SixNumbers;
}

function taubinLoss(
  x: Float64Array,
  y: Float64Array,
  weights: ArrayLike<number>,
  selected: ArrayLike<number>,
  a: number,
  b: number,
  r: number,
): TaubinLoss {
  let [n, nx, ny, nr, nxx, nxy, nxr, nyy, nyr, nrr] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [d, dx, dy, sum] = [0, 0, 0, 0];
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    const w = weights[pixel];
    const u = x[pixel] - a;
    const v = y[pixel] - b;
    const square = u * u + v * v;
    const e = square - r * r;
    const ww = w * w;
    n += ww * e * e;
    nx -= 4 * ww * e * u;
    ny -= 4 * ww * e * v;
    nr -= 4 * ww * e * r;
    nxx += ww * (8 * u * u + 4 * e);
    nxy += ww * 8 * u * v;
    nxr += ww * 8 * u * r;
    nyy += ww * (8 * v * v + 4 * e);
    nyr += ww * 8 * v * r;
    nrr += ww * (8 * r * r - 4 * e);
    d += w * square;
    dx -= 2 * w * u;
    dy -= 2 * w * v;
    sum += w;
  }
  if (d < 0) [d, dx, dy, sum] = [-d, -dx, -dy, -sum];
  const f = n / d;
  const fx = (nx - f * dx) / d;
  const fy = (ny - f * dy) / d;
  const fr = nr / d;
  return {
    loss: f,
    gradient: [fx, fy, fr],
    hessian: [
      (nxx - 2 * fx * dx - 2 * f * sum) / d,
      (nxy - fx * dy - fy * dx) / d,
      (nxr - fr * dx) / d,
      (nyy - 2 * fy * dy - 2 * f * sum) / d,
      (nyr - fr * dy) / d,
      nrr / d,
    ],
  };
}

/** Inverse of a symmetric 3x3 matrix; both are given as xx, xy, xz, yy, yz, zz. */
function invertSymmetric(xx: number, xy: number, xz: number, yy: number, yz: number, zz: number): SixNumbers {
  const cxx = yy * zz - yz * yz;
  const cxy = xz * yz - xy * zz;
  const cxz = xy * yz - xz * yy;
  const determinant = xx * cxx + xy * cxy + xz * cxz;
  return [
    cxx / determinant,
    cxy / determinant,
    cxz / determinant,
    (xx * zz - xz * xz) / determinant,
    (xy * xz - xx * yz) / determinant,
    (xx * yy - xy * xy) / determinant,
  ];
}
