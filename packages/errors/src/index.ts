/** Errors whose cause is known: each names the place, what was found, what was expected and the remedy, and has a code. */
export { CherenkitError, ExitCode } from './cherenkit-error.js';
export { didYouMean, nearestName } from './did-you-mean.js';
