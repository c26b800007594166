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

/** The mean intersection of all pairs of image axes, weighted with the sine of the angle between them. */
export class CrossingReconstructor extends Reconstructor.withTraits({
  minIntensity: trait.perTelescope(
    trait.number({ default: 50, minimum: 0, unit: 'pe', help: 'Minimum intensity of an image.' }),
  ),
  minBaseline: trait.number({
    default: 0,
    minimum: 0,
    unit: 'm',
    help: 'Minimum distance between the telescopes of a pair.',
  }),
}) {
  static override readonly help = 'Direction and core from pairwise intersections of image axes.';

  private readonly baselines: Baselines;

  constructor(context: ComponentContext) {
    super(context);
    this.baselines = context.service(BASELINES);
  }

  override reconstruct(event: ArrayEvent): void {
    event.dl2.stereo.geometry.set(this.name, this.geometryOf(event));
  }

  private geometryOf({ dl1, monitoring }: ArrayEvent): ReconstructedGeometryContainer {
    const images = [...dl1.tel].flatMap(([telId, { parameters }]): Image[] => {
      const hillas = parameters?.hillas;
      const isGood = hillas && 'fovLon' in hillas && hillas.intensity >= this.traits.minIntensity.for(telId);
      return isGood ? [{ telId, hillas }] : [];
    });
    const pairs = images.flatMap((one, i) => images.slice(i + 1).map((other) => [one, other] as const));
    const used = pairs.filter(([a, b]) => this.baselines.between(a.telId, b.telId) >= this.traits.minBaseline);
    if (used.length === 0)
      return new ReconstructedGeometryContainer({ reason: `no pair among ${images.length} images` });

    const pointing = { alt: monitoring.pointing.arrayAltitude, az: monitoring.pointing.arrayAzimuth };
    const inSky = ({ hillas }: Image): Line => ({ x: hillas.fovLon, y: hillas.fovLat, angle: hillas.psi });
    const onGround = ({ telId, hillas }: Image): Line => ({
      ...groundToTilted(this.context.subarray.position(telId), pointing),
      angle: Math.PI / 2 - hillas.psi, // tilted x is along fov_lat, tilted y along fov_lon
    });
    const source = meanCrossing(used.map(([a, b]) => [inSky(a), inSky(b)]));
    const core = meanCrossing(used.map(([a, b]) => [onGround(a), onGround(b)]));

    const { alt, az } = telescopeToAltAz({ fovLon: source.x, fovLat: source.y }, pointing);
    const { x: coreX, y: coreY } = projectToGround({ ...core, z: 0 }, pointing);
    if (![alt, az, coreX, coreY].every(Number.isFinite)) {
      return new ReconstructedGeometryContainer({ reason: 'the axes of the images do not cross' });
    }
    const telescopes = images.map(({ telId }) => telId);
    return new ReconstructedGeometryContainer({ alt, az, coreX, coreY, telescopes, isValid: true });
  }
}

/** The weighted mean of the intersections; not finite if all lines are parallel. */
function meanCrossing(pairs: readonly (readonly [Line, Line])[]): { x: number; y: number } {
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
