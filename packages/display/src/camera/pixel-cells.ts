import type { CameraGeometry } from '@cherenkit/core';
import { PixelLayout } from '../scene/pixel-layout.js';
import type { Polyline } from '../scene/scene.js';

/** How far a neighbour may be from its regular place, in units of the distance between pixels. */
const TOLERANCE = 0.25;

/**
 * The cells of the grid of a camera: outlines of the pixels, widened so that neighbours touch. Groups of pixels have an outline
 * that consists of the edges without neighbour in the group.
 */
export class PixelCells {
  readonly #layout: PixelLayout;
  /** For each edge of each pixel, the pixel on its other side, or -1. Edge k is that from corner k to k + 1. */
  readonly #across: Int32Array;
  #outline: readonly Polyline[] | undefined;
  /** Factor by which pixels are widened to their cells. */
  readonly widening: number;

  constructor(pixels: PixelLayout, geometry: CameraGeometry) {
    const { offsets, indices } = neighborsOf(geometry);
    const { x, y, width, nPixels } = pixels;
    const nearest = (pixel: number): number => {
      let [best, found] = [Infinity, -1];
      for (let k = offsets[pixel]; k < offsets[pixel + 1]; k++) {
        const distance = Math.hypot(x[indices[k]] - x[pixel], y[indices[k]] - y[pixel]);
        if (distance < best) [best, found] = [distance, indices[k]];
      }
      return found;
    };
    const distances: number[] = [];
    let direction: number | undefined;
    for (let pixel = 0; pixel < nPixels; pixel++) {
      const other = nearest(pixel);
      if (other < 0) continue;
      const [dx, dy] = [x[other] - x[pixel], y[other] - y[pixel]];
      distances.push(Math.hypot(dx, dy) / width[pixel]);
      direction ??= Math.atan2(dy, dx);
    }
    const widening = Math.max(1, distances.sort((a, b) => a - b)[distances.length >> 1] ?? 1);
    const outline =
      pixels.outline === 'circle' ? (geometry.gridType === 'square' ? 'square' : 'hexagon') : pixels.outline;
    const rotation = pixels.outline === 'circle' ? (direction ?? 0) : pixels.rotation;
    const widths = width.map((each) => each * widening);
    this.#layout = new PixelLayout(outline, x, y, widths, rotation);
    this.widening = widening;
    this.#across = new Int32Array(nPixels * this.#layout.nCorners).fill(-1);
    this.#connect(offsets, indices);
  }

  /** Outline of the whole camera. */
  get outline(): readonly Polyline[] {
    return (this.#outline ??= this.contour(new Uint8Array(this.#layout.nPixels).fill(1)));
  }

  /** Outline of a group of pixels, in the unit of the layout: closed lines, counter-clockwise around the group. */
  contour(mask: ArrayLike<number>): Polyline[] {
    const { nPixels, nCorners: n, corners } = this.#layout;
    const across = this.#across;
    const seen = new Uint8Array(nPixels * n);
    const isEdge = (edge: number): boolean => across[edge] < 0 || mask[across[edge]] === 0;
    const lines: Polyline[] = [];
    for (let first = 0; first < nPixels * n; first++) {
      if (seen[first] || mask[Math.floor(first / n)] === 0 || !isEdge(first)) continue;
      const points: number[] = [];
      for (let edge = first; !seen[edge];) {
        seen[edge] = 1;
        points.push(corners[2 * edge], corners[2 * edge + 1]);
        // Around the end of the edge: the next edge of the same pixel, or of those behind it.
        let next = nextEdge(edge, n);
        for (let turns = 0; !isEdge(next) && turns < n; turns++) {
          next = nextEdge(across[next] * n + (((next % n) + n / 2) % n), n);
        }
        edge = next;
      }
      lines.push({ points, isClosed: true });
    }
    return lines;
  }

  #connect(offsets: ArrayLike<number>, indices: ArrayLike<number>): void {
    const { nPixels, nCorners: n, corners, x, y } = this.#layout;
    for (let pixel = 0; pixel < nPixels; pixel++) {
      for (let k = 0; k < n; k++) {
        const edge = pixel * n + k;
        const end = nextEdge(edge, n);
        // The regular place of the neighbour: the centre, reflected at the edge.
        const placeX = corners[2 * edge] + corners[2 * end] - x[pixel];
        const placeY = corners[2 * edge + 1] + corners[2 * end + 1] - y[pixel];
        const tolerance = TOLERANCE * Math.hypot(placeX - x[pixel], placeY - y[pixel]);
        for (let i = offsets[pixel]; i < offsets[pixel + 1]; i++) {
          const other = indices[i];
          if (Math.hypot(x[other] - placeX, y[other] - placeY) < tolerance) this.#across[edge] = other;
        }
      }
    }
  }
}

function nextEdge(edge: number, n: number): number {
  return edge % n === n - 1 ? edge - n + 1 : edge + 1;
}

/** The neighbours of all pixels; none for an irregular camera whose description does not list them. */
function neighborsOf(geometry: CameraGeometry): CameraGeometry['neighbors'] {
  try {
    return geometry.neighbors;
  } catch {
    return { offsets: new Int32Array(geometry.nPixels + 1), indices: new Int32Array(0) };
  }
}
