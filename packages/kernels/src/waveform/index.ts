export { calibrateAdc, calibrateSelectedAdc } from './adc-calibration.js';
export { extractAroundPeak } from './extract-around-peak.js';
export { selectGain, selectGainByThreshold } from './gain-selection.js';
export { calibrateCharge, subtractTimeShift } from './image-calibration.js';
export { applyIntegrationCorrection, integrationCorrection } from './integration-correction.js';
export { averageOverNeighbors } from './average-over-neighbors.js';
export { neighborPeaks, scalarNeighborPeaks } from './neighbor-peaks.js';
export { globalPeaks, localPeaks } from './peak-finding.js';
export { shiftWaveforms, subtractPedestal } from './waveform-correction.js';
