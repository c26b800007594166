export { MonitoringSource, type MonitoringType } from './monitoring-source.js';
