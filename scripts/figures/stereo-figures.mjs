// Figures of docs/algorithms: stereo reconstruction, computed by the kernels.
import { AxesDisplay, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

const { degrees, radians, RandomStream } = kernels;

const COLOURS = ['#1f77b4', '#2ca02c', '#ff7f0e', '#9467bd'];
const RED = { color: '#d62728' };
const FOUND = { ...RED, marker: 'o', size: 14 };
const SKY = { xLabel: 'fov_lon (deg)', yLabel: 'fov_lat (deg)', hasEqualScales: true };
const pointing = { alt: radians(70), az: 0 };
const shower = kernels.nominalToAltAz({ fovLon: radians(0.6), fovLat: radians(0.4) }, pointing);
const core = { x: 30, y: -25, z: 0 };
const telescopes = [
  { x: -70, y: -90, z: 0, intensity: 900 },
  { x: 95, y: -60, z: 0, intensity: 600 },
  { x: 110, y: 80, z: 0, intensity: 350 },
  { x: -80, y: 100, z: 0, intensity: 250 },
];
/** Errors of the image axes, so that they do not intersect in a single point. */
const TURNS = [0.02, -0.03, 0.05, -0.07];
const images = telescopes.map(imageOf);

const weights = images.map(({ intensity }) => intensity);

export function stereoFigures() {
  const axes = images.map(({ first, second }) => kernels.imageAxis(first, second, pointing, pointing));
  const hillas = kernels.reconstructGeometry(axes, weights, telescopes, pointing);
  const found = kernels.altAzToNominal(hillas, pointing);
  const crossed = kernels.intersectInNominal(images, telescopes, pointing);
  const errors = [crossed.coreTiltedErrorX, crossed.coreTiltedErrorY];
  return {
    'algorithms/hillas-reconstructor.svg': geometryFigure(found, hillas, undefined),
    'algorithms/hillas-intersection.svg': geometryFigure(crossed.source, crossed, errors),
    'algorithms/stereo-mean-combiner.svg': meansFigure(),
  };
}

/** Image of the light between two heights of the shower, with its axis rotated about the centroid by an error. */
function imageOf({ intensity, ...telescope }, i) {
  const [low, high] = [7000, 12000].map((distance) => {
    const { x, y, z } = kernels.altAzToCartesian(shower);
    const at = [core.x + distance * x - telescope.x, core.y + distance * y - telescope.y, distance * z - telescope.z];
    return kernels.altAzToNominal(kernels.cartesianToAltAz({ x: at[0], y: at[1], z: at[2] }), pointing);
  });
  const fovLon = (low.fovLon + high.fovLon) / 2;
  const fovLat = (low.fovLat + high.fovLat) / 2;
  const psi = Math.atan2(high.fovLat - low.fovLat, high.fovLon - low.fovLon) + TURNS[i];
  const step = radians(0.5);
  const second = { fovLon: fovLon + step * Math.cos(psi), fovLat: fovLat + step * Math.sin(psi) };
  const length = Math.hypot(high.fovLon - low.fovLon, high.fovLat - low.fovLat) / 2;
  return { fovLon, fovLat, psi, intensity, length, first: { fovLon, fovLat }, second };
}

/** Draws images and their axes on the sky, and the axes in the tilted ground frame. */
function geometryFigure(source, { coreTiltedX, coreTiltedY }, coreErrors) {
  const sky = new AxesDisplay({ ...SKY, title: 'in the sky', xLimits: [-1, 2], yLimits: [-1, 2] });
  const ground = new AxesDisplay({
    title: 'on the ground',
    xLimits: [-150, 150],
    yLimits: [-150, 150],
    xLabel: 'y tilted (m)',
    yLabel: 'x tilted (m)',
    hasEqualScales: true,
  });
  images.forEach(({ fovLon, fovLat, psi, length }, i) => {
    const color = COLOURS[i];
    const along = (distance) => [
      degrees(fovLon) + distance * Math.cos(psi),
      degrees(fovLat) + distance * Math.sin(psi),
    ];
    const half = degrees(length);
    sky.line([along(-4), along(4)], { color, linewidth: 1 });
    sky.line([along(-half), along(half)], { color, linewidth: 7 });
    const tilted = kernels.groundToTilted(telescopes[i], pointing);
    const from = (distance) => [tilted.y + distance * Math.cos(psi), tilted.x + distance * Math.sin(psi)];
    ground.line([from(-400), from(400)], { color, linewidth: 1 });
    ground.scatter([[tilted.y, tilted.x]], { color, size: 12 });
  });
  sky.scatter([[degrees(source.fovLon), degrees(source.fovLat)]], FOUND);
  ground.scatter([[coreTiltedY, coreTiltedX]], FOUND);
  if (coreErrors) ground.ellipse([coreTiltedY, coreTiltedX], coreErrors.toReversed(), { ...RED, dash: [3, 2] });
  return subplots(1, 2, [sky, ground]).toSvg();
}

/** Energies and directions predicted by four telescopes. */
function meansFigure() {
  const energies = [1.15, 0.9, 1.5, 0.6];
  const { mean, standardDeviation } = kernels.weightedMean(energies, weights);
  const energy = new AxesDisplay({
    title: 'energy, weight intensity',
    xLimits: [0, 1000],
    yLimits: [0, 2],
    xLabel: 'weight (p.e.)',
    yLabel: 'energy (TeV)',
  });
  energies.forEach((value, i) => energy.scatter([[weights[i], value]], { color: COLOURS[i], size: 12 }));
  energy.rule({ y: mean }, { ...RED, linewidth: 2 });
  for (const side of [-1, 1]) energy.rule({ y: mean + side * standardDeviation }, { ...RED, dash: [4, 3] });

  const random = new RandomStream(3, 1);
  const offset = () => radians(0.25 * (random.uniform() - 0.5));
  const truth = kernels.altAzToNominal(shower, pointing);
  const places = COLOURS.map(() => ({ fovLon: truth.fovLon + offset(), fovLat: truth.fovLat + offset() }));
  const { alt, az, spread } = kernels.meanDirection(
    places.map((place) => kernels.nominalToAltAz(place, pointing)),
    weights,
  );
  const { fovLon, fovLat } = kernels.altAzToNominal({ alt, az }, pointing);
  const title = 'direction, weight intensity';
  const sky = new AxesDisplay({ ...SKY, title, xLimits: [0.3, 0.9], yLimits: [0.1, 0.7] });
  places.forEach((place, i) => {
    const size = 6 + weights[i] / 60;
    sky.scatter([[degrees(place.fovLon), degrees(place.fovLat)]], { color: COLOURS[i], size });
  });
  const center = [degrees(fovLon), degrees(fovLat)];
  sky.scatter([center], FOUND).ellipse(center, [degrees(spread), degrees(spread)], { ...RED, dash: [4, 3] });
  return subplots(1, 2, [energy, sky]).toSvg();
}
