import { trait } from '@cherenkit/core';

/** Samples of pixels that the data volume reduction left out. */
export const fillTrait = trait.boolean({
  default: false,
  help: 'Fill the samples of pixels that are not stored with NaN instead of 0.',
});

/** The subarray of LST-1 alone. */
export const DEFAULT_SUBARRAY = 1;

/** Subarray whose telescopes are described. */
export const subarrayIdTrait = trait.integer({
  default: DEFAULT_SUBARRAY,
  minimum: 0,
  help: 'Number of the subarray, for the description of the telescopes: 1 is LST-1, 2 are the four LSTs.',
});
