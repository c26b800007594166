import type { Templates } from './templates.js';
import { corruptTemplates } from './template-defect.js';

/** Part of the largest value of all templates, up to which negative values are taken for fluctuations of averages. */
const FLUCTUATION = 0.01;

/** Templates that can be used, and what is unusual about them. */
export interface CheckedTemplates {
  readonly templates: Templates;
  /** For the user; without the path. */
  readonly warnings: readonly string[];
}

/**
 * Checks the values of templates. Nodes without a number are taken as dark, as in ctapipe.
 *
 * @param path - of the file, for messages
 * @throws CherenkitError TEMPLATES_CORRUPT (65) for infinite values, and if no template has light
 */
export function checkTemplates(path: string, templates: Templates): CheckedTemplates {
  const images: Float32Array[] = [];
  let [highest, lowest, nUndefined, nDark] = [0, 0, 0, 0];
  for (const [i, image] of templates.images.entries()) {
    const [least, most] = rangeOf(image);
    if (!Number.isFinite(most - least)) throw corruptTemplates(path, `template ${i} has an infinite value`);
    const isUndefined = image.some((value) => Number.isNaN(value));
    if (isUndefined) nUndefined++;
    if (most <= 0) nDark++;
    [lowest, highest] = [Math.min(lowest, least), Math.max(highest, most)];
    images.push(isUndefined ? image.map((value) => (Number.isNaN(value) ? 0 : value)) : image);
  }
  const n = images.length;
  if (nDark === n) throw corruptTemplates(path, `none of the ${n} templates has a positive value`);
  const warnings: string[] = [];
  if (nUndefined > 0)
    warnings.push(`${nUndefined} of ${n} templates have nodes without a number, which are taken as dark`);
  if (nDark > 0) warnings.push(`${nDark} of ${n} templates have no positive value, so that they match no image`);
  if (lowest < -FLUCTUATION * highest) {
    warnings.push(`the lowest value is ${lowest.toPrecision(3)} p.e.; negative values are taken as dark`);
  }
  return { templates: { ...templates, images }, warnings };
}

/** Lowest and highest number of an image; 0 if there are none beyond. */
function rangeOf(image: Float32Array): readonly [number, number] {
  let [least, most] = [0, 0];
  for (const value of image) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
