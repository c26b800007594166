import { CameraGeometry } from '@cherenkit/core';
import { cameraFrame, type CameraFrame } from '@cherenkit/kernels';

import { readCheckedIn } from './ctapipe-reference.js';
import { unpack, type PackedArray } from './packed-array.js';

type Values = Record<string, number | null>;
export type LengthUnit = 'metres' | 'degrees';

interface Parametrized {
  readonly hillas: Values;
  readonly timing: Values | null;
  readonly concentration: Values;
  /** For each query, whether the image meets each criterion. */
  readonly passes: boolean[][];
}

export interface ReferenceImage {
  readonly name: string;
  readonly camera: string;
  readonly image: PackedArray;
  readonly peakTime: PackedArray | null;
  readonly mask: PackedArray;
  readonly leakage: Values;
  readonly morphology: Values;
  readonly labels: PackedArray;
  readonly largest: PackedArray;
  readonly brightest: PackedArray;
  readonly intensity: Values;
  readonly peakTimes: Values | null;
  /** Null if ctapipe raises an exception. */
  readonly metres: Parametrized | null;
  readonly degrees: Parametrized | null;
}

interface Counts {
  readonly criteria: string[];
  readonly counts: number[];
  readonly cumulative_counts: number[];
  readonly func: string[];
}

interface ImageParameterReference {
  readonly cameras: Record<
    string,
    Record<LengthUnit, Record<'pixX' | 'pixY' | 'pixArea' | 'pixelWidth', PackedArray>> &
      Record<'offsets' | 'indices' | 'border1' | 'border2', PackedArray> & {
        pixType: 'hexagon' | 'square';
        focalLength: number;
      }
  >;
  readonly images: ReferenceImage[];
  readonly criteria: Record<LengthUnit, [string, string][]>;
  /** Of the default query of stereo reconstruction and of the criteria above, after all images. */
  readonly counts: Record<LengthUnit, [Counts, Counts]>;
}

/** Written by make_image_parameter_reference.py. */
export const REFERENCE = readCheckedIn('image-parameters.json') as ImageParameterReference;

/** The charges of an image, or the numbers of photo-electrons of a true image. */
export function imageOf({ image }: ReferenceImage): Float32Array | Int32Array {
  return image.dtype === 'i4' ? unpack('i4', image) : unpack('f4', image);
}

/** The geometry of a reference camera in the camera frame. */
export function referenceGeometry(name: string): CameraGeometry<CameraFrame> {
  const { metres, pixType, focalLength } = REFERENCE.cameras[name];
  return new CameraGeometry({
    name,
    pixX: unpack('f8', metres.pixX),
    pixY: unpack('f8', metres.pixY),
    pixArea: unpack('f8', metres.pixArea),
    pixType,
    frame: cameraFrame(focalLength),
  });
}
