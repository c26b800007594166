import { groundToEastingNorthing, groundToTilted, type AltAz, type GroundPoint } from '@cherenkit/kernels';

/** Frame in which an array is drawn. */
export type ArrayViewFrame = 'GroundFrame' | 'TiltedGroundFrame' | 'EastingNorthingFrame';

/** Axes of an array picture, and the projection of positions on the ground to them. */
export interface ArrayFrame {
  readonly xLabel: string;
  readonly yLabel: string;
  /** Direction of north in the picture, if it is the same everywhere. */
  readonly north: readonly [x: number, y: number] | undefined;
  place(point: GroundPoint): readonly [x: number, y: number];
}

/**
 * Returns the axes of a frame.
 *
 * @param pointing - of the array, required for the tilted frame
 * @throws RangeError for the tilted frame without pointing
 */
export function arrayFrame(name: ArrayViewFrame, pointing: AltAz | undefined): ArrayFrame {
  switch (name) {
    case 'GroundFrame':
      return { xLabel: 'x, north  (m)', yLabel: 'y, west  (m)', north: [1, 0], place: ({ x, y }) => [x, y] };
    case 'EastingNorthingFrame':
      return {
        xLabel: 'easting  (m)',
        yLabel: 'northing  (m)',
        north: [0, 1],
        place: (point) => {
          const { easting, northing } = groundToEastingNorthing(point);
          return [easting, northing];
        },
      };
    case 'TiltedGroundFrame': {
      if (pointing === undefined) {
        throw new RangeError('ArrayDisplay: the TiltedGroundFrame requires the option `pointing` of the array.');
      }
      return {
        xLabel: 'x, tilted  (m)',
        yLabel: 'y, tilted  (m)',
        north: undefined,
        place: (point) => {
          const { x, y } = groundToTilted(point, pointing);
          return [x, y];
        },
      };
    }
  }
}
