import {
  ReconstructedGeometryContainer,
  Reconstructor,
  trait,
  type ArrayEvent,
  type ComponentContext,
  type HillasParametersContainer,
} from '@cherenkit/core';
import { groundToTilted, projectToGround, telescopeToAltAz } from '@cherenkit/kernels';
import { BASELINES, type Baselines } from './baselines.js';

interface Image {
  readonly telId: number;
  readonly hillas: HillasParametersContainer;
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** Intersects the image axes of all pairs of telescopes. The result is the mean, weighted by the sine of the angle between the axes. */
export class CrossingReconstructor extends Reconstructor.withTraits({
  minIntensity: trait.perTelescope(
    trait.number({ default: 50, minimum: 0, unit: 'pe', help: 'Minimum intensity of an image.' }),
  ),
  minBaseline: trait.number({
    default: 0,
    minimum: 0,
    unit: 'm',
    help: 'Minimum distance of the telescopes of a pair.',
  }),
}) {
  static override readonly help = 'Reconstructs direction and core from pairwise intersections of image axes.';

  private readonly baselines: Baselines;

  constructor(context: ComponentContext) {
    super(context);
    this.baselines = context.service(BASELINES);
  }

  override reconstruct(event: ArrayEvent): void {
    event.dl2.stereo.geometry.set(this.name, this.reconstructGeometry(event));
  }

  private reconstructGeometry({ dl1, monitoring }: ArrayEvent): ReconstructedGeometryContainer {
    const images = [...dl1.tel].flatMap(([telId, { parameters }]): Image[] => {
      const hillas = parameters?.hillas;
      const isGood = hillas?.frame === 'TelescopeFrame' && hillas.intensity >= this.traits.minIntensity.for(telId);
      return isGood ? [{ telId, hillas }] : [];
    });
    const pairs = images.flatMap((one, i) => images.slice(i + 1).map((other) => [one, other] as const));
    const used = pairs.filter(([a, b]) => this.baselines.between(a.telId, b.telId) >= this.traits.minBaseline);
    if (used.length === 0)
      return new ReconstructedGeometryContainer({ reason: `no pair among ${images.length} images` });

    const pointing = { alt: monitoring.pointing.arrayAltitude, az: monitoring.pointing.arrayAzimuth };
    const axisInSky = ({ hillas }: Image): Line => ({ x: hillas.fovLon, y: hillas.fovLat, angle: hillas.psi });
    const axisOnGround = ({ telId, hillas }: Image): Line => ({
      ...groundToTilted(this.context.subarray.position(telId), pointing),
      angle: Math.PI / 2 - hillas.psi, // the x axis of the tilted frame is parallel to fovLat, its y axis to fovLon
    });
    const source = meanIntersection(used.map(([a, b]) => [axisInSky(a), axisInSky(b)]));
    const core = meanIntersection(used.map(([a, b]) => [axisOnGround(a), axisOnGround(b)]));

    const { alt, az } = telescopeToAltAz({ fovLon: source.x, fovLat: source.y }, pointing);
    const { x: coreX, y: coreY } = projectToGround({ ...core, z: 0 }, pointing);
    if (![alt, az, coreX, coreY].every(Number.isFinite)) {
      return new ReconstructedGeometryContainer({ reason: 'the image axes are parallel' });
    }
    const telescopes = images.map(({ telId }) => telId);
    return new ReconstructedGeometryContainer({ alt, az, coreX, coreY, telescopes, isValid: true });
  }
}

/** Weighted mean of the intersections of pairs of lines; not finite if all lines are parallel. */
function meanIntersection(pairs: readonly (readonly [Line, Line])[]): { x: number; y: number } {
  let [x, y, weights] = [0, 0, 0];
  for (const [a, b] of pairs) {
    const sine = Math.sin(b.angle - a.angle);
    if (sine === 0) continue;
    // Distance of the intersection along a.
    const along = ((b.x - a.x) * Math.sin(b.angle) - (b.y - a.y) * Math.cos(b.angle)) / sine;
    x += Math.abs(sine) * (a.x + along * Math.cos(a.angle));
    y += Math.abs(sine) * (a.y + along * Math.sin(a.angle));
    weights += Math.abs(sine);
  }
  return { x: x / weights, y: y / weights };
}
