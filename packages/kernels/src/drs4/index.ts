export { cellTimeShifts } from './cell-time-shifts.js';
export { firstCells, READ_CELLS, type Drs4Waveforms } from './drs4-rows.js';
export { removeSpikes, type SpikeCorrection } from './spikes.js';
export { subtractCellBaseline } from './subtract-cell-baseline.js';
export { LST1_TIME_LAPSE, TimeLapseCorrection, type TimeLapseCoefficients } from './time-lapse-correction.js';
