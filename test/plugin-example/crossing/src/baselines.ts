import { serviceToken, type SubarrayDescription } from '@cherenkit/core';

export const BASELINES = serviceToken<Baselines>('crossing.Baselines');

/** The distances between telescopes, computed once for all components of a run. */
export class Baselines {
  private readonly distances = new Map<string, number>();

  constructor({ positions }: SubarrayDescription) {
    for (const [one, a] of positions) {
      for (const [other, b] of positions) {
        this.distances.set(`${one} ${other}`, Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
      }
    }
  }

  /** The distance between two telescopes in metres. */
  between(one: number, other: number): number {
    return this.distances.get(`${one} ${other}`) ?? NaN;
  }
}
