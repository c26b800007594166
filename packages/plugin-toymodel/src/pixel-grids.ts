import type { Metres } from '@cherenkit/kernels';

/** Centres of the pixels of a camera. */
export interface PixelGrid {
  readonly x: Metres[];
  readonly y: Metres[];
}

/** Number of rings of modules around the central one; the corners of the last ring are empty. */
const MODULE_RINGS = 9;

/** Number of modules in each row of a camera of square modules. */
const SQUARE_MODULES = [4, 6, 6, 6, 6, 4];
const PIXELS_ALONG_MODULE = 8;

/**
 * 1855 hexagonal pixels in 265 modules of seven, like LSTCam and NectarCam. Rows are along x.
 *
 * @param pitch - distance of adjacent pixels
 */
export function hexagonModules(pitch: Metres): PixelGrid {
  const grid: PixelGrid = { x: [], y: [] };
  const n = MODULE_RINGS;
  for (let a = -n; a <= n; a++) {
    for (let b = Math.max(-n, -n - a); b <= Math.min(n, n - a); b++) {
      const isCorner = [a, b, a + b].filter((step) => Math.abs(step) === n).length === 2;
      if (isCorner) continue;
      // The lattice of the modules has the basis (2, 1) and (-1, 3).
      addModule(grid, 2 * a - b, a + 3 * b, pitch);
    }
  }
  return grid;
}

/** Hexagonal pixels nearest to a point between three of them, like the 1764 of FlashCam. Rows are along x. */
export function roundHexagons(nPixels: number, pitch: Metres): PixelGrid {
  const reach = Math.ceil(Math.sqrt(nPixels));
  const pixels: { x: number; y: number; rank: number }[] = [];
  for (let q = -reach; q <= reach; q++) {
    for (let r = -reach; r <= reach; r++) {
      const x = (q + r / 2 - 0.5) * pitch;
      const y = (r * Math.sqrt(3) - 1 / Math.sqrt(3)) * (pitch / 2);
      // At equal distance up to rounding, order by angle.
      pixels.push({ x, y, rank: Math.round((1e6 * Math.hypot(x, y)) / pitch) + Math.atan2(y, x) / 10 });
    }
  }
  const nearest = pixels.sort((a, b) => a.rank - b.rank).slice(0, nPixels);
  return { x: nearest.map(({ x }) => x), y: nearest.map(({ y }) => y) };
}

/**
 * 2048 square pixels in 32 modules, like CHEC. The modules lie on a sphere, so that the gaps between them shrink
 * outwards.
 *
 * @param pitch - distance of adjacent pixels in a module
 * @param gap - gap between two modules at the centre, in addition to the pitch
 */
export function squareModules(pitch: Metres, gap: Metres): PixelGrid {
  const grid: PixelGrid = { x: [], y: [] };
  SQUARE_MODULES.forEach((nInRow, row) => {
    for (let column = 0; column < nInRow; column++) {
      const centreX = moduleCentre(column - (nInRow - 1) / 2, pitch, gap);
      const centreY = moduleCentre(row - (SQUARE_MODULES.length - 1) / 2, pitch, gap);
      for (let pixel = 0; pixel < PIXELS_ALONG_MODULE ** 2; pixel++) {
        const [i, j] = [pixel % PIXELS_ALONG_MODULE, Math.floor(pixel / PIXELS_ALONG_MODULE)];
        grid.x.push(centreX + (i - (PIXELS_ALONG_MODULE - 1) / 2) * pitch);
        grid.y.push(centreY + (j - (PIXELS_ALONG_MODULE - 1) / 2) * pitch);
      }
    }
  });
  return grid;
}

function addModule({ x, y }: PixelGrid, q: number, r: number, pitch: Metres): void {
  for (const [dq, dr] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [-1, 1],
    [-1, 0],
    [0, -1],
    [1, -1],
  ]) {
    x.push((q + dq + (r + dr) / 2) * pitch);
    y.push((r + dr) * (Math.sqrt(3) / 2) * pitch);
  }
}

/** Each gap is 5 % narrower than the one before it. */
function moduleCentre(place: number, pitch: Metres, gap: Metres): Metres {
  return place * (PIXELS_ALONG_MODULE * pitch + gap * (1 - Math.abs(place) / 20));
}
