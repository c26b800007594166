import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CameraGeometry } from '@cherenkit/core';
import {
  buildPixelLookup,
  cameraFrame,
  findNeighbors,
  neighborRule,
  type CameraFrame,
  type ImageEllipse,
  type ImageRing,
} from '@cherenkit/kernels';
import { unpack, type PackedArray } from './packed-array.js';
import { REPOSITORY_ROOT } from './repository-root.js';

interface ToyImageReference {
  pixX: PackedArray;
  pixY: PackedArray;
  nineIslands: {
    image: PackedArray;
    found: {
      picture: number;
      boundary: number;
      minPictureNeighbors: number;
      keepIsolatedPixels: boolean;
      mask: PackedArray;
      nIslands: number;
      labels: PackedArray;
    }[];
  }[];
  /** Densities and times are given for every n-th pixel. */
  every: number;
  ellipse: ImageEllipse;
  gaussian: PackedArray;
  skewed: { skewness: number; density: PackedArray }[];
  ring: ImageRing;
  rings: { rho: number; phi0: number; density: PackedArray }[];
  gradient: number;
  intercept: number;
  time: PackedArray;
  waveform: {
    pulses: PackedArray;
    pulseSampleWidth: number;
    sampleWidth: number;
    nSamples: number;
    charge: number[];
    time: number[];
    waveforms: PackedArray;
  };
}

/** Written by make_toy_image_reference.py. */
export const TOY_IMAGES = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'toy-images.json'), 'utf8'),
) as ToyImageReference;

export const PIX_X = unpack('f8', TOY_IMAGES.pixX);
export const PIX_Y = unpack('f8', TOY_IMAGES.pixY);
export const PIX_AREA = new Float64Array(PIX_X.length).fill((0.05 * 0.05 * Math.sqrt(3)) / 2);
export const NEIGHBORS = findNeighbors(buildPixelLookup(PIX_X, PIX_Y), neighborRule('hex', 'hexagon'));

/** The camera of the images, in the camera frame. */
export function toyGeometry(): CameraGeometry<CameraFrame> {
  const frame = cameraFrame(28);
  return new CameraGeometry({ name: 'Toy', pixX: PIX_X, pixY: PIX_Y, pixArea: PIX_AREA, pixType: 'hexagon', frame });
}
