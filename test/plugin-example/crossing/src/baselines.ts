import { serviceToken, type SubarrayDescription } from '@cherenkit/core';

export const BASELINES = serviceToken<Baselines>('crossing.Baselines');

/** Distances between telescopes, computed once for all components of a run. */
export class Baselines {
  private readonly distances = new Map<string, number>();

  constructor({ positions }: SubarrayDescription) {
    for (const [one, a] of positions) {
      for (const [other, b] of positions) {
        this.distances.set(`${one} ${other}`, Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
      }
    }
  }

  /** Distance of two telescopes, m. */
  between(one: number, other: number): number {
    return this.distances.get(`${one} ${other}`) ?? NaN;
  }
}
