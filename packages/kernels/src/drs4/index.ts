export { cellTimeShifts } from './cell-time-shifts.js';
export { correctReadOuts, type CorrectedSamples, type Drs4Corrections, type ReadOuts } from './correct-read-outs.js';
export { firstCells, MODULE_CHIPS, MODULE_PIXELS, PIXEL_CELLS, READ_CELLS } from './drs4-rows.js';
export { NOT_READ, ScalarReadOutFinder, VectorReadOutFinder, type ReadOutFinder } from './read-out-finder.js';
export type { SpikeCorrection } from './spikes.js';
export { LST1_TIME_LAPSE, TimeLapseCorrection, type TimeLapseCoefficients } from './time-lapse-correction.js';
