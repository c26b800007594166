export { MuonAnalysis } from './muon-analysis.js';
