import type { ArrayEvent, SubarrayDescription } from '@cherenkit/core';
import { AxesDisplay, telescopeTypeColors, type Picture, type Theme } from '@cherenkit/display';

/** Bins of the logarithm of the charge, per decade. */
const PER_DECADE = 5;

/** Charges of the images of a run, counted in logarithmic bins by telescope type, so that long runs need no more memory. */
export class ChargeHistograms {
  /** Number of images by bin, by telescope type. */
  readonly #counts = new Map<string, Map<number, number>>();

  /** @param unit - of the charges */
  constructor(
    readonly subarray: SubarrayDescription,
    private readonly unit: string,
  ) {}

  /** Counts the images of an event that have parameters. */
  add({ dl1 }: ArrayEvent): void {
    for (const [telId, { parameters }] of dl1.tel) {
      const bin = Math.floor(Math.log10(parameters?.hillas.intensity ?? NaN) * PER_DECADE);
      if (!Number.isFinite(bin)) continue;
      const type = this.subarray.typeOf(telId);
      const counts = this.#counts.get(type) ?? new Map<number, number>();
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
      this.#counts.set(type, counts);
    }
  }

  /** The distributions as lines of steps, one per telescope type; undefined without images. */
  picture(options: { readonly width: number; readonly height: number; readonly theme: Theme }): Picture | undefined {
    if (this.#counts.size === 0) return undefined;
    const axes = new AxesDisplay({
      title: 'Charges of the images',
      xLabel: `log10(intensity / ${this.unit})`,
      yLabel: 'images',
      ...options,
    });
    for (const [type, color] of telescopeTypeColors(this.subarray)) {
      const counts = this.#counts.get(type);
      if (counts) axes.line(steps(counts), { color, label: type });
    }
    return axes;
  }
}

/** A line of steps through all bins from the first to the last one, from 0 to 0. */
function steps(counts: ReadonlyMap<number, number>): [x: number, y: number][] {
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  const points: [number, number][] = [[first / PER_DECADE, 0]];
  for (let bin = first; bin <= last; bin++) {
    const count = counts.get(bin) ?? 0;
    points.push([bin / PER_DECADE, count], [(bin + 1) / PER_DECADE, count]);
  }
  return [...points, [(last + 1) / PER_DECADE, 0]];
}
