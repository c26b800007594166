import {
  ReconstructedGeometryContainer,
  Reconstructor,
  trait,
  type ArrayEvent,
  type HillasParametersContainer,
} from '@cherenkit/core';
import { groundToTilted, projectToGround, telescopeToAltAz } from '@cherenkit/kernels';

/** Image used for the reconstruction. */
interface Image {
  readonly telId: number;
  readonly hillas: HillasParametersContainer;
}

/** Line in a plane: a point on it and its angle to the x axis. */
interface Line {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/**
 * Reconstructs the direction and the core position of a shower: the points nearest to the axes of all images, in the field
 * of view and in the tilted ground frame. All telescopes must have the same pointing. Angles are in rad, lengths in m.
 */
export class TemplateComponent extends Reconstructor.withTraits({
  minTelescopes: trait.integer({ default: 2, minimum: 2, help: 'Minimum number of images.' }),
  minIntensity: trait.perTelescope(
    trait.number({ default: 50, minimum: 0, unit: 'pe', help: 'Minimum intensity of an image.' }),
  ),
}) {
  static override readonly help = 'Reconstructs direction and core as the points nearest to all image axes.';

  override reconstruct(event: ArrayEvent): void {
    event.dl2.stereo.geometry.set(this.name, this.reconstructGeometry(event));
  }

  private reconstructGeometry(event: ArrayEvent): ReconstructedGeometryContainer {
    const images = this.selectImages(event);
    const { minTelescopes } = this.traits;
    if (images.length < minTelescopes) return invalid(`${images.length} images, at least ${minTelescopes} are needed`);

    const { arrayAltitude, arrayAzimuth } = event.monitoring.pointing;
    const pointing = { alt: arrayAltitude, az: arrayAzimuth };
    const weights = images.map(({ hillas }) => (hillas.intensity * hillas.length) / hillas.width);
    const axes = images.map(({ hillas }) => ({ x: hillas.fovLon, y: hillas.fovLat, angle: hillas.psi }));
    const source = nearestPoint(axes, weights);
    const { alt, az } = telescopeToAltAz({ fovLon: source.x, fovLat: source.y }, pointing);

    // The x axis of the tilted ground frame is parallel to fovLat, its y axis to fovLon.
    const tilted = images.map(({ telId, hillas }) => ({
      ...groundToTilted(this.context.subarray.position(telId), pointing),
      angle: Math.PI / 2 - hillas.psi,
    }));
    const { x: coreX, y: coreY } = projectToGround({ ...nearestPoint(tilted, weights), z: 0 }, pointing);
    if (![alt, az, coreX, coreY].every(Number.isFinite)) return invalid('the image axes are parallel');
    const telescopes = images.map(({ telId }) => telId);
    return new ReconstructedGeometryContainer({ alt, az, coreX, coreY, telescopes, isValid: true });
  }

  private selectImages({ dl1 }: ArrayEvent): Image[] {
    const images: Image[] = [];
    for (const [telId, { parameters }] of dl1.tel) {
      const hillas = parameters?.hillas;
      if (hillas?.frame !== 'TelescopeFrame' || !(hillas.width > 0)) continue;
      if (hillas.intensity >= this.traits.minIntensity.for(telId)) images.push({ telId, hillas });
    }
    return images;
  }
}

function invalid(reason: string): ReconstructedGeometryContainer {
  return new ReconstructedGeometryContainer({ isValid: false, reason });
}

/** Point with the smallest weighted sum of squared distances from lines; not finite if the lines are parallel. */
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
