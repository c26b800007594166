import {
  ReconstructedGeometryContainer,
  Reconstructor,
  trait,
  type ArrayEvent,
  type HillasParametersContainer,
} from '@cherenkit/core';
import { groundToTilted, projectToGround, telescopeToAltAz } from '@cherenkit/kernels';

/** An image that takes part. */
interface Image {
  readonly telId: number;
  readonly hillas: HillasParametersContainer;
}

/** A line in a plane: a point of it and its angle. */
interface Line {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/**
 * Finds where a shower came from and where it fell: the points nearest to the axes of all images, in the field of view
 * and in the plane of the array. All telescopes have to point in one direction. Angles are in rad, lengths in m.
 */
export class TemplateComponent extends Reconstructor.withTraits({
  minTelescopes: trait.integer({ default: 2, minimum: 2, help: 'Fewest images that make a result.' }),
  minIntensity: trait.perTelescope(
    trait.number({ default: 50, minimum: 0, unit: 'pe', help: 'Images with less light are left out.' }),
  ),
}) {
  static override readonly help = 'Direction and core as the points nearest to the axes of all images.';

  override reconstruct(event: ArrayEvent): void {
    event.dl2.stereo.geometry.set(this.name, this.geometryOf(event));
  }

  private geometryOf(event: ArrayEvent): ReconstructedGeometryContainer {
    const images = this.imagesOf(event);
    const { minTelescopes } = this.traits;
    if (images.length < minTelescopes) return invalid(`${images.length} of at least ${minTelescopes} images`);

    const { arrayAltitude, arrayAzimuth } = event.monitoring.pointing;
    const pointing = { alt: arrayAltitude, az: arrayAzimuth };
    const weights = images.map(({ hillas }) => (hillas.intensity * hillas.length) / hillas.width);
    const axes = images.map(({ hillas }) => ({ x: hillas.fovLon, y: hillas.fovLat, angle: hillas.psi }));
    const source = nearestPoint(axes, weights);
    const { alt, az } = telescopeToAltAz({ fovLon: source.x, fovLat: source.y }, pointing);

    // Seen along the pointing, x of the plane of the array is the latitude of the field of view, and y its longitude.
    const tilted = images.map(({ telId, hillas }) => ({
      ...groundToTilted(this.context.subarray.position(telId), pointing),
      angle: Math.PI / 2 - hillas.psi,
    }));
    const { x: coreX, y: coreY } = projectToGround({ ...nearestPoint(tilted, weights), z: 0 }, pointing);
    if (![alt, az, coreX, coreY].every(Number.isFinite)) return invalid('the axes of the images do not cross');
    const telescopes = images.map(({ telId }) => telId);
    return new ReconstructedGeometryContainer({ alt, az, coreX, coreY, telescopes, isValid: true });
  }

  private imagesOf({ dl1 }: ArrayEvent): Image[] {
    const images: Image[] = [];
    for (const [telId, { parameters }] of dl1.tel) {
      const hillas = parameters?.hillas;
      if (!hillas || !('fovLon' in hillas) || !(hillas.width > 0)) continue;
      if (hillas.intensity >= this.traits.minIntensity.for(telId)) images.push({ telId, hillas });
    }
    return images;
  }
}

function invalid(reason: string): ReconstructedGeometryContainer {
  return new ReconstructedGeometryContainer({ isValid: false, reason });
}

/** The point with the smallest weighted sum of squared distances from lines; not finite where these are parallel. */
function nearestPoint(lines: readonly Line[], weights: readonly number[]): { x: number; y: number } {
  let [xx, xy, yy, bx, by] = [0, 0, 0, 0, 0];
  lines.forEach(({ x, y, angle }, i) => {
    const [normalX, normalY, weight] = [-Math.sin(angle), Math.cos(angle), weights[i] ?? 0];
    const distance = normalX * x + normalY * y;
    xx += weight * normalX * normalX;
    xy += weight * normalX * normalY;
    yy += weight * normalY * normalY;
    bx += weight * normalX * distance;
    by += weight * normalY * distance;
  });
  const determinant = xx * yy - xy * xy;
  return { x: (bx * yy - by * xy) / determinant, y: (by * xx - bx * xy) / determinant };
}
