import type { ArrayEvent } from '../event/index.js';
import { Component } from '../framework/component/index.js';

/** Types of monitoring data, named as in ctapipe 0.32 `MonitoringType`. */
export type MonitoringType = 'PIXEL_STATISTICS' | 'CAMERA_COEFFICIENTS' | 'TELESCOPE_POINTINGS';

/** All types of monitoring data. */
export const MONITORING_TYPES: readonly MonitoringType[] = [
  'PIXEL_STATISTICS',
  'CAMERA_COEFFICIENTS',
  'TELESCOPE_POINTINGS',
];

/**
 * Adds monitoring data to events: calibration coefficients and pixel statistics of cameras, pointings of telescopes. Source:
 * ctapipe 0.32 `MonitoringSource`.
 *
 * Several sources of a run fill events one after the other. A source sets what it has for the time of the event, and leaves
 * everything else as the event source or an earlier monitoring source has set it.
 *
 * @example
 * ```ts
 * class FactorMonitoringSource extends MonitoringSource.withTraits({
 *   factor: trait.number({ default: 1.02, help: 'Factor of all charges.' }),
 * }) {
 *   static override readonly help = 'Corrects the charges of all pixels by one factor.';
 *   readonly monitoringTypes = ['CAMERA_COEFFICIENTS'] as const;
 *
 *   override fill(event: ArrayEvent): void {
 *     for (const [telId, { waveform }] of event.r1.tel) {
 *       const { nChannels, nPixels } = this.context.subarray.telescope(telId).camera.readout;
 *       if (waveform === undefined) continue;
 *       const monitoring = event.monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
 *       monitoring.camera.coefficients.factor = new Float32Array(nChannels * nPixels).fill(this.traits.factor);
 *       event.monitoring.tel.set(telId, monitoring);
 *     }
 *   }
 * }
 * ```
 */
export abstract class MonitoringSource extends Component {
  static override readonly kind: string = 'MonitoringSource';
  static override readonly methods: readonly string[] = ['fill'];

  /** Types of data that the source provides; final after `prepare`. */
  abstract readonly monitoringTypes: readonly MonitoringType[];

  /** Reads the data, for sources that read files. Called once, before the first event. */
  prepare?(): Promise<void>;

  /**
   * Fills `event.monitoring` for the telescopes of an event, by the time of its trigger. The result must not depend on other
   * events or their order.
   *
   * A telescope whose waveforms cannot be calibrated at this time is rejected: `event.rejections.push({ level: 'image', ... })`.
   */
  abstract fill(event: ArrayEvent): void;
}
