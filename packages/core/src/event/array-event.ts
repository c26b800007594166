import { Container } from './container.js';
import { DL1Container } from './dl1-container.js';
import { DL2Container } from './dl2-container.js';
import { EventIndexContainer } from './event-index-container.js';
import { field } from './field.js';
import { MonitoringContainer } from './monitoring-container.js';
import { MuonContainer } from './muon-container.js';
import { R0Container } from './r0-container.js';
import { DL0Container, R1Container } from './r1-container.js';
import type { Rejection } from './rejection.js';
import { SimulatedEventContainer } from './simulation-container.js';
import { TriggerContainer } from './trigger-container.js';

/**
 * An array event with all data levels, from raw data to the reconstructed shower. Source: ctapipe 0.32
 * `SubarrayEventContainer`.
 *
 * The event source fills index, r0, r1, trigger, monitoring and simulation; each step of the processing adds its level.
 * The event belongs to its receiver: the source does not modify its arrays later, unless `reusesWaveforms` is set.
 *
 * @example
 * ```ts
 * for await (const event of source) {
 *   const { obsId, eventId } = event.index;
 *   const nSamples = event.r1.tel.get(1)?.waveform?.nSamples;
 *   const image = event.dl1.tel.get(1)?.image; // p.e. per pixel, after calibration
 *   const altitude = event.dl2.stereo.geometry.get('HillasReconstructor')?.alt; // rad
 * }
 * ```
 */
export class ArrayEvent extends Container.withFields('', {
  /** Which event this is. */
  index: field.container(EventIndexContainer, 'Which event this is'),
  /** Raw data. */
  r0: field.container(R0Container, 'Raw data'),
  /** Calibrated waveforms. */
  r1: field.container(R1Container, 'Calibrated waveforms'),
  /** Calibrated waveforms after data volume reduction. */
  dl0: field.container(DL0Container, 'Calibrated waveforms after data volume reduction'),
  /** Images and their parameters. */
  dl1: field.container(DL1Container, 'Images and their parameters'),
  /** Reconstructed shower. */
  dl2: field.container(DL2Container, 'Reconstructed shower'),
  /** The truth, for simulated events. */
  simulation: field.optional(SimulatedEventContainer, 'The truth, for simulated events'),
  /** Trigger of the array and of its telescopes. */
  trigger: field.container(TriggerContainer, 'Trigger of the array and of its telescopes'),
  /** Events that the source yielded before this one. */
  count: field.transient('Events that the source yielded before this one', () => 0),
  /** State of the array. */
  monitoring: field.container(MonitoringContainer, 'State of the array'),
  /** Muons that telescopes saw. */
  muon: field.container(MuonContainer, 'Muons that telescopes saw'),
  /** What was rejected, and why. */
  rejections: field.transient<Rejection[]>('What was rejected, and why', () => []),
}) {}
