import { linearEdges, positionAngle, degrees, wrapAtTwoPi, type HistogramAxis } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { fieldOfView } from '../events/event-table.js';
import { offsetAxis, type ResultAxis } from '../responses/binned-result.js';
import { fovOffsetEdges, fovPhiEdges, type FovOffsetTraits } from './fov-bins.js';

/** Cells of the field of view in two coordinates, and the true directions of events in them. */
export interface FovCells {
  /** The coordinates as axes of a response; the first is the faster one in memory. */
  readonly axes: readonly [ResultAxis, ResultAxis];
  /** The coordinates as axes of a histogram, the slower one first. */
  readonly histogramAxes: readonly [HistogramAxis, HistogramAxis];
  /** Number of cells. */
  readonly count: number;
}

/** Edges of square cells in longitude and in latitude, deg. */
export function lonLatEdges({
  fovLonLatMax: max,
  fovLonLatNBins: n,
}: {
  readonly fovLonLatMax: number;
  readonly fovLonLatNBins: number;
}): Float64Array {
  return linearEdges(-max, max, n);
}

/** Cells in longitude and latitude. Longitude grows with decreasing azimuth. */
export function lonLatCells(events: Table, edges: Float64Array): FovCells {
  const { az, alt, pointingAz, pointingAlt } = directionsOf(events);
  const { lon, lat } = fieldOfView(az, alt, pointingAz, pointingAlt);
  return cells([
    { axis: { name: 'DETX', unit: 'deg', edges }, values: lon },
    { axis: { name: 'DETY', unit: 'deg', edges }, values: lat },
  ]);
}

/**
 * Cells in the angle to the pointing and in the position angle around it, from north through decreasing azimuth. Source: pyirf 0.15
 * `gadf_fov_coords_theta_phi`.
 *
 * @param component - for messages
 * @throws CherenkitError IRF_REFUSED (2)
 */
export function polarCells(
  events: Table,
  component: string,
  traits: FovOffsetTraits & { readonly fovPhiNBins: number },
): FovCells {
  const { az, alt, pointingAz, pointingAlt } = directionsOf(events);
  const angles = az.map((_, i) => degrees(wrapAtTwoPi(-positionAngle(pointingAz[i], pointingAlt[i], az[i], alt[i]))));
  return cells([
    {
      axis: offsetAxis(fovOffsetEdges(component, traits)),
      values: events.numbers('true_source_fov_offset', 'deg'),
    },
    { axis: { name: 'PHI', unit: 'deg', edges: fovPhiEdges(traits) }, values: angles },
  ]);
}

interface Coordinate {
  readonly axis: ResultAxis;
  /** In the unit of the axis, one per event. */
  readonly values: Float64Array;
}

function cells([fast, slow]: readonly [Coordinate, Coordinate]): FovCells {
  const histogramAxis = ({ axis: { edges }, values }: Coordinate): HistogramAxis => ({ values, edges });
  return {
    axes: [fast.axis, slow.axis],
    histogramAxes: [histogramAxis(slow), histogramAxis(fast)],
    count: (fast.axis.edges.length - 1) * (slow.axis.edges.length - 1),
  };
}

/** True directions and the pointing, rad. */
function directionsOf(events: Table): Record<'az' | 'alt' | 'pointingAz' | 'pointingAlt', Float64Array> {
  return {
    az: events.numbers('true_az', 'rad'),
    alt: events.numbers('true_alt', 'rad'),
    pointingAz: events.numbers('pointing_az', 'rad'),
    pointingAlt: events.numbers('pointing_alt', 'rad'),
  };
}
