import { Container } from './container.js';
import {
  CoordinateFrameType,
  ObservationBlockState,
  ObservingMode,
  PointingMode,
  SchedulingBlockType,
} from './enumeration.js';
import { field } from './field.js';

/** What was planned: a group of observation blocks. */
export class SchedulingBlockContainer extends Container.withFields('', {
  sbId: field.uint64('Scheduling block'),
  sbType: field.enumeration('Purpose', 'SchedulingBlockType', SchedulingBlockType, SchedulingBlockType.UNKNOWN),
  producerId: field.string('Who numbered the block', 'unknown'),
  observingMode: field.enumeration('Pattern of the pointings', 'ObservingMode', ObservingMode, ObservingMode.UNKNOWN),
  pointingMode: field.enumeration('Motion of the telescopes', 'PointingMode', PointingMode, PointingMode.UNKNOWN),
}) {}

/** What was observed: events taken with one pointing. */
export class ObservationBlockContainer extends Container.withFields('', {
  obsId: field.uint64('Observation block'),
  sbId: field.uint64('The scheduling block it belongs to'),
  producerId: field.string('Who numbered the block', 'unknown'),
  state: field.enumeration(
    'How it ended',
    'ObservationBlockState',
    ObservationBlockState,
    ObservationBlockState.UNKNOWN,
  ),
  subarrayPointingLat: field.float32('Pointing of the array, latitude', { unit: 'deg' }),
  subarrayPointingLon: field.float32('Pointing of the array, longitude', { unit: 'deg' }),
  subarrayPointingFrame: field.enumeration(
    'Frame of the pointing',
    'CoordinateFrameType',
    CoordinateFrameType,
    CoordinateFrameType.UNKNOWN,
  ),
  scheduledDuration: field.float64('Planned duration', { unit: 'min' }),
  scheduledStartTime: field.time('Planned start', 'mjd'),
  actualStartTime: field.time('Start', 'mjd'),
  actualDuration: field.float64('Duration', { unit: 'min' }),
}) {}
