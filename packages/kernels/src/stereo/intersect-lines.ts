import type { Radians } from '../units.js';

/** Line in a plane. */
export interface PlaneLine {
  readonly x: number;
  readonly y: number;
  /** Direction of the line, from the x axis towards the y axis. */
  readonly angle: Radians;
  /** Weight of the line, positive. */
  readonly weight: number;
}

/** Mean intersection of several lines, and the spread of their pairwise intersections. */
export interface LineIntersection {
  readonly x: number;
  readonly y: number;
  /** Weighted standard deviation of the pairwise intersections; 0 for two lines. */
  readonly spreadX: number;
  readonly spreadY: number;
}

/**
 * Lines at a smaller sine count as parallel: there, rounding moves their intersection by a millionth of its distance.
 */
const SMALLEST_SINE = 1e-10;

/**
 * Weighted mean of the pairwise intersections of several lines; all NaN if the lines are parallel.
 *
 * The weight of a pair is w1 w2 / (w1 + w2) |sin(angle1 - angle2)|. Source: W. Hofmann et al., Astroparticle Physics 12
 * (1999) 135, algorithm 1; ctapipe 0.32 `HillasIntersection`.
 */
export function intersectLines(lines: readonly PlaneLine[]): LineIntersection {
  const crossings: { x: number; y: number; weight: number }[] = [];
  let sumOfWeights = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length; j++) {
      const crossing = intersectPair(lines[i], lines[j]);
      if (crossing === undefined) continue;
      sumOfWeights += crossing.weight;
      x += crossing.weight * crossing.x;
      y += crossing.weight * crossing.y;
      crossings.push(crossing);
    }
  }
  if (!(sumOfWeights > 0)) return { x: NaN, y: NaN, spreadX: NaN, spreadY: NaN };
  x /= sumOfWeights;
  y /= sumOfWeights;
  let squaresX = 0;
  let squaresY = 0;
  for (const crossing of crossings) {
    squaresX += crossing.weight * (crossing.x - x) ** 2;
    squaresY += crossing.weight * (crossing.y - y) ** 2;
  }
  return { x, y, spreadX: Math.sqrt(squaresX / sumOfWeights), spreadY: Math.sqrt(squaresY / sumOfWeights) };
}

function intersectPair(first: PlaneLine, second: PlaneLine): { x: number; y: number; weight: number } | undefined {
  const sine = Math.sin(second.angle - first.angle);
  if (!(Math.abs(sine) > SMALLEST_SINE)) return undefined;
  // Distance along the first line to the second.
  const dx = second.x - first.x;
  const dy = second.y - first.y;
  const along = (dx * Math.sin(second.angle) - dy * Math.cos(second.angle)) / sine;
  const weight = ((first.weight * second.weight) / (first.weight + second.weight)) * Math.abs(sine);
  return { x: first.x + along * Math.cos(first.angle), y: first.y + along * Math.sin(first.angle), weight };
}
