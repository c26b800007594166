import { Container } from './container.js';
import {
  CoordinateFrameType,
  ObservationBlockState,
  ObservingMode,
  PointingMode,
  SchedulingBlockType,
} from './enumeration.js';
import { field } from './field.js';

/** A scheduling block: a planned group of observation blocks. */
export class SchedulingBlockContainer extends Container.withFields('', {
  /** Scheduling block ID. */
  sbId: field.uint64('Scheduling block ID'),
  /** Purpose. */
  sbType: field.enumeration('Purpose', 'SchedulingBlockType', SchedulingBlockType, SchedulingBlockType.UNKNOWN),
  /** Who numbered the block. */
  producerId: field.string('Who numbered the block', 'unknown'),
  /** Pattern of the pointings. */
  observingMode: field.enumeration('Pattern of the pointings', 'ObservingMode', ObservingMode, ObservingMode.UNKNOWN),
  /** Motion of the telescopes. */
  pointingMode: field.enumeration('Motion of the telescopes', 'PointingMode', PointingMode, PointingMode.UNKNOWN),
}) {}

/** An observation block: events taken with one pointing. */
export class ObservationBlockContainer extends Container.withFields('', {
  /** Observation Block ID. */
  obsId: field.uint64('Observation Block ID'),
  /** ID of the parent SchedulingBlock. */
  sbId: field.uint64('ID of the parent SchedulingBlock'),
  /** Who numbered the block. */
  producerId: field.string('Who numbered the block', 'unknown'),
  /** How it ended. */
  state: field.enumeration(
    'How it ended',
    'ObservationBlockState',
    ObservationBlockState,
    ObservationBlockState.UNKNOWN,
  ),
  /** Pointing of the array, latitude, rad. */
  subarrayPointingLat: field.float32('Pointing of the array, latitude', { unit: 'deg' }),
  /** Pointing of the array, longitude, rad. */
  subarrayPointingLon: field.float32('Pointing of the array, longitude', { unit: 'deg' }),
  /** Frame of the pointing. */
  subarrayPointingFrame: field.enumeration(
    'Frame of the pointing',
    'CoordinateFrameType',
    CoordinateFrameType,
    CoordinateFrameType.UNKNOWN,
  ),
  /** Planned duration, ns. */
  scheduledDuration: field.float64('Planned duration', { unit: 'min' }),
  /** Planned start. */
  scheduledStartTime: field.time('Planned start', 'mjd'),
  /** Start. */
  actualStartTime: field.time('Start', 'mjd'),
  /** Duration, ns. */
  actualDuration: field.float64('Duration', { unit: 'min' }),
}) {}
