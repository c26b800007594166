import { power, type Grammage, type Metres, type TemplateAxes, type TeV } from '@cherenkit/kernels';

/** Values at which templates are made. */
export interface TemplateGrid {
  readonly energies: readonly TeV[];
  readonly impacts: readonly Metres[];
  /** Images contribute to nodes within this difference of the impact distances. */
  readonly impactWindow: Metres;
  /** Differences of the depth of the maximum from that expected of the energy. */
  readonly depths: readonly Grammage[];
  /** Positions of the nodes of a template. */
  readonly axes: TemplateAxes;
}

/** A node near a point, and its weight. */
export interface NodeWeight {
  readonly index: number;
  readonly weight: number;
}

/** Values from a lowest to a highest one, in equal steps of their logarithm. */
export function logarithmicValues(lowest: number, highest: number, perDecade: number): number[] {
  const nSteps = Math.max(0, Math.round(perDecade * Math.log10(highest / lowest)));
  return Array.from({ length: nSteps + 1 }, (_, i) => lowest * power(10, i / perDecade));
}

/**
 * The nodes on both sides of a value, weighted by its distance from them; none for a value that is more than half a step outside.
 *
 * @param values - of the nodes, ascending
 */
export function nodesNear(values: readonly number[], value: number): NodeWeight[] {
  const last = values.length - 1;
  if (last === 0) return [{ index: 0, weight: 1 }];
  const lower = Math.min(Math.max(values.findIndex((each) => each > value) - 1, 0), last - 1);
  const index = value >= values[last] ? last - 1 : lower;
  const fraction = (value - values[index]) / (values[index + 1] - values[index]);
  if (!(fraction >= -0.5 && fraction <= 1.5)) return [];
  if (fraction <= 0) return [{ index, weight: 1 }];
  if (fraction >= 1) return [{ index: index + 1, weight: 1 }];
  return [{ index, weight: 1 - fraction }, { index: index + 1, weight: fraction }]; // prettier-ignore
}

/**
 * The nodes within a distance of a value, weighted by 1 at the value to 0 at that distance; {@link nodesNear} if these are more.
 *
 * @param values - of the nodes, ascending
 */
export function nodesWithin(values: readonly number[], value: number, window: number): NodeWeight[] {
  const near = nodesNear(values, value);
  const within = values
    .map((each, index) => ({ index, weight: 1 - Math.abs(each - value) / window }))
    .filter(({ weight }) => weight > 0);
  return within.length > near.length ? within : near;
}
