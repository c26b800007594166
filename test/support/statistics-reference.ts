import { readCheckedIn } from './ctapipe-reference.js';

/** Statistics of each pixel; null for NaN. */
export interface StatisticsCase {
  readonly n_events: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly median: readonly (number | null)[];
  readonly std: readonly (number | null)[];
}

interface StatisticsReference {
  readonly statistics: Readonly<
    Record<
      'float32' | 'float64',
      {
        readonly plain: StatisticsCase;
        readonly clipped: readonly (StatisticsCase & { readonly maxSigma: number; readonly iterations: number })[];
      }
    >
  >;
  readonly histograms: readonly {
    readonly axis: {
      readonly class_name: string;
      readonly bins?: number;
      readonly start?: number;
      readonly stop?: number;
      readonly edges?: readonly number[];
      readonly underflow?: boolean;
      readonly overflow?: boolean;
    };
    readonly n_events: readonly number[];
    /** By bin and pixel. */
    readonly histogram: readonly (readonly number[])[];
    readonly edges: readonly number[];
    readonly centers: readonly number[];
  }[];
  readonly detectors: readonly {
    readonly dtype: 'float32' | 'float64';
    readonly detector: string;
    readonly limits: readonly [number, number];
    readonly outliers: readonly number[];
  }[];
}

/** Statistics and histograms of ctapipe of {@link referenceValues}, written by make_statistics_reference.py. */
export const REFERENCE = readCheckedIn('statistics.json') as StatisticsReference;

const N_EVENTS = 37;
const N_PIXELS = 24;

/** The values of 24 pixels in 37 events of make_statistics_reference.py. */
export function referenceValues(dtype: 'float32' | 'float64'): Float32Array | Float64Array {
  const values = Float32Array.from({ length: N_EVENTS * N_PIXELS }, (_, i) => {
    const [row, pixel] = [Math.floor(i / N_PIXELS), i % N_PIXELS];
    if (pixel === 3 || (pixel === 4 && row >= 5 && row < 12) || (pixel === 7 && row > 0)) return NaN;
    if (pixel === 5 && row === 2) return Infinity;
    if (pixel === 5 && row === 9) return -Infinity;
    if (pixel === 6) return 2.5;
    return ((row * row * 7 + pixel * 13 + row * pixel * 3) % 101) / 10 + (row % 9 === pixel % 9 ? 40 : 0);
  });
  return dtype === 'float32' ? values : Float64Array.from(values);
}

/** The statistics of two cameras of make_statistics_reference.py, whose outliers are found. */
export function referenceCameras(dtype: 'float32' | 'float64'): Float32Array | Float64Array {
  const values = Float32Array.from({ length: 80 }, (_, k) => ((k * 17) % 43) + (k % 31 === 0 ? 60 : 0));
  return dtype === 'float32' ? values : Float64Array.from(values);
}
