/** Errors with a known cause: each has a code, and names the place, the value found, the expected value and the remedy. */
export { checkOptions, optionRules, type OptionRule } from './check-options.js';
export { CherenkitError, ExitCode, messageOf } from './cherenkit-error.js';
export { counted } from './counted.js';
export { nameSome } from './name-some.js';
export { printable, printableLines } from './printable.js';
export { readingReason, systemReason } from './system-reason.js';
export { exitCodeOf, isOutOfMemory, isTemporary } from './temporary-failure.js';
export { didYouMean, nearestName } from './did-you-mean.js';
