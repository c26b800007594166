import type { AxisTransform } from './axis-transform.js';
import type { PixelLayout } from './pixel-layout.js';

/** Which pixel of a camera lies under each dot of a picture. */
export interface IndexRaster {
  /** Of the upper left dot, in dots from that of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Row by row from the top: index of the pixel + 1; 0 where there is none. */
  readonly pixels: Uint16Array | Uint32Array;
}

/**
 * Finds the pixel under each dot of a picture: dots whose centre is in the outline of a pixel.
 *
 * @param ratio - dots per CSS pixel
 */
export function indexRaster(layout: PixelLayout, transform: AxisTransform, ratio = 1): IndexRaster {
  const { area } = transform;
  const [left, top] = [Math.floor(area.x * ratio), Math.floor(area.y * ratio)];
  const width = Math.max(0, Math.ceil((area.x + area.width) * ratio) - left);
  const height = Math.max(0, Math.ceil((area.y + area.height) * ratio) - top);
  const { nPixels, nCorners, corners } = layout;
  const pixels = nPixels < 65535 ? new Uint16Array(width * height) : new Uint32Array(width * height);
  const [scaleX, scaleY] = [transform.scaleX * ratio, transform.scaleY * ratio];
  const [originX, originY] = [transform.x(0) * ratio - left - 0.5, transform.y(0) * ratio - top - 0.5];
  const x = new Float64Array(nCorners);
  const y = new Float64Array(nCorners);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    let [lowest, highest] = [Infinity, -Infinity];
    for (let k = 0, at = 2 * pixel * nCorners; k < nCorners; k++) {
      x[k] = originX + scaleX * corners[at++];
      y[k] = originY + scaleY * corners[at++];
      lowest = Math.min(lowest, y[k]);
      highest = Math.max(highest, y[k]);
    }
    const last = Math.min(height - 1, Math.floor(highest));
    for (let row = Math.max(0, Math.ceil(lowest)); row <= last; row++) {
      // The outlines are convex: a row crosses them once on each side.
      let [start, end] = [Infinity, -Infinity];
      for (let k = 0, from = nCorners - 1; k < nCorners; from = k++) {
        if (y[from] > row === y[k] > row) continue;
        const crossing = x[from] + ((row - y[from]) / (y[k] - y[from])) * (x[k] - x[from]);
        start = Math.min(start, crossing);
        end = Math.max(end, crossing);
      }
      const first = Math.max(0, Math.ceil(start));
      const stop = Math.min(width - 1, Math.floor(end));
      if (first <= stop) pixels.fill(pixel + 1, row * width + first, row * width + stop + 1);
    }
  }
  return { x: left, y: top, width, height, pixels };
}
