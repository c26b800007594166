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
 * One event of the array, from raw data to reconstructed shower.
 *
 * A source fills the index, r0, r1, trigger, monitoring and simulation; each step of the flow adds its own level.
 * The event belongs to whoever got it: its arrays are not touched again by its source.
 */
export class ArrayEvent extends Container.withFields('', {
  index: field.container(EventIndexContainer, 'Which event this is'),
  r0: field.container(R0Container, 'Raw data'),
  r1: field.container(R1Container, 'Calibrated waveforms'),
  dl0: field.container(DL0Container, 'Calibrated waveforms after data volume reduction'),
  dl1: field.container(DL1Container, 'Images and their parameters'),
  dl2: field.container(DL2Container, 'Reconstructed shower'),
  simulation: field.optional(SimulatedEventContainer, 'The truth, for simulated events'),
  trigger: field.container(TriggerContainer, 'Trigger of the array and of its telescopes'),
  count: field.memory('Events that the source yielded before this one', () => 0),
  monitoring: field.container(MonitoringContainer, 'State of the array'),
  muon: field.container(MuonContainer, 'Muons that telescopes saw'),
  rejections: field.memory<Rejection[]>('What was rejected, and why', () => []),
}) {}
