import type { ImageParametersContainer } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';

/** Weights of the predictions of telescopes. Source: ctapipe 0.32 `StereoMeanCombiner.weights`. */
export const IMAGE_WEIGHTS = [
  'none',
  'intensity',
  'aspect-weighted-intensity',
  'containment-weighted-intensity',
] as const;
export type ImageWeights = (typeof IMAGE_WEIGHTS)[number];

/** Help text of traits that select weights. */
export const IMAGE_WEIGHTS_HELP =
  'Weight of the prediction of a telescope: equal weights; intensity; intensity * length / width; or ' +
  '(intensity * (1 - width / length))**2 * (1 - leakage_intensity_width_2)**4, which suppresses truncated images.';

/** Columns of which weights are computed. */
export const WEIGHT_COLUMNS: Readonly<Record<ImageWeights, readonly string[]>> = {
  none: [],
  intensity: ['hillas_intensity'],
  'aspect-weighted-intensity': ['hillas_intensity', 'hillas_length', 'hillas_width'],
  'containment-weighted-intensity': ['hillas_intensity', 'hillas_length', 'hillas_width', 'leakage_intensity_width_2'],
};

/** Weight of an image; NaN without parameters, unless weights are equal. */
export function imageWeight(weights: ImageWeights, image: ImageParametersContainer | undefined): number {
  if (weights === 'none') return 1;
  if (image === undefined) return NaN;
  const { intensity, length, width } = image.hillas;
  return weightOf(weights, intensity, length, width, image.leakage.intensityWidth_2);
}

/** Weights of the rows of a table of telescope events. */
export function tableWeights(weights: ImageWeights, table: Table): Float64Array {
  const [intensity, length, width, leakage] = WEIGHT_COLUMNS['containment-weighted-intensity'].map((name) =>
    WEIGHT_COLUMNS[weights].includes(name) ? table.numbers(name) : undefined,
  );
  return Float64Array.from({ length: table.nRows }, (_, row) =>
    weightOf(weights, intensity?.[row] ?? 1, length?.[row] ?? 1, width?.[row] ?? 1, leakage?.[row] ?? 0),
  );
}

/** Whether a prediction with this weight takes part: it may be undefined, such as for a width of 0. */
export function isUsable(weight: number): boolean {
  return weight >= 0 && weight < Infinity;
}

function weightOf(weights: ImageWeights, intensity: number, length: number, width: number, leakage: number): number {
  switch (weights) {
    case 'none':
      return 1;
    case 'intensity':
      return intensity;
    case 'aspect-weighted-intensity':
      return (intensity * length) / width;
    case 'containment-weighted-intensity':
      return (intensity * (1 - width / length)) ** 2 * (1 - leakage) ** 4;
  }
}
