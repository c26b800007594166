export { ProgressBar, describeProgress, type Terminal } from './progress-bar.js';
export type { ProcessProgress, ProcessSummary } from './process-summary.js';
