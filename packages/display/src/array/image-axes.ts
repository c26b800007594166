import type { SubarrayDescription } from '@cherenkit/core';
import type { Segment } from '../layout/object-labels.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import type { ArrayFrame } from './array-frame.js';

/** The axis of an image on the ground: a line through its telescope, with its ends in the frame of the picture. */
export interface ImageAxis {
  /** Index of the telescope. */
  readonly index: number;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/**
 * The axes of images.
 *
 * @param telIds - telescopes with an image; those without a direction have no axis
 * @param corePsi - direction of the image axis on the ground by telescope id, rad
 * @param range - half the length of the lines, m
 */
export function imageAxes(
  subarray: SubarrayDescription,
  frame: ArrayFrame,
  telIds: Iterable<number>,
  corePsi: ReadonlyMap<number, number>,
  range: number,
): ImageAxis[] {
  return [...telIds].flatMap((telId): ImageAxis[] => {
    const psi = corePsi.get(telId) ?? NaN;
    if (!Number.isFinite(psi)) return [];
    const { x, y, z } = subarray.position(telId);
    const [dx, dy] = [range * Math.cos(psi), range * Math.sin(psi)];
    const [index] = subarray.telIdsToIndices([telId]);
    return [{ index, from: frame.place({ x: x - dx, y: y - dy, z }), to: frame.place({ x: x + dx, y: y + dy, z }) }];
  });
}

/** An axis in the picture. */
export function segmentOf({ from, to }: ImageAxis, transform: AxisTransform): Segment {
  return [transform.x(from[0]), transform.y(from[1]), transform.x(to[0]), transform.y(to[1])];
}
