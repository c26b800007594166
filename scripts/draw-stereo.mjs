// Draws the stereo reconstruction of docs/algorithms with the kernels.
//
// usage: node scripts/draw-stereo.mjs   (after npm run build)
import './set-up.mjs';
import { Panel, savePlot } from './plot.mjs';

const kernels = await import('@cherenkit/kernels');
const { degrees, radians, RandomStream } = kernels;

const COLOURS = ['#06c', '#090', '#f90', '#909'];
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
const axes = images.map(({ first, second }) => kernels.imageAxis(first, second, pointing, pointing));
const hillas = kernels.reconstructGeometry(axes, weights, telescopes, pointing);
const found = kernels.altAzToNominal(hillas, pointing);
drawGeometry('hillas-reconstructor', found, hillas, undefined);

const crossed = kernels.intersectInNominal(images, telescopes, pointing);
drawGeometry('hillas-intersection', crossed.source, crossed, [crossed.coreTiltedErrorX, crossed.coreTiltedErrorY]);

drawMeans();

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
function drawGeometry(name, source, { coreTiltedX, coreTiltedY }, coreErrors) {
  const sky = new Panel({
    title: 'in the sky',
    x: [-1, 2],
    y: [-1, 2],
    xLabel: 'fov_lon, deg',
    yLabel: 'fov_lat, deg',
  });
  const ground = new Panel({ title: 'on the ground', x: [-150, 150], y: [-150, 150], xLabel: 'y tilted, m', yLabel: 'x tilted, m' }); // prettier-ignore
  images.forEach(({ fovLon, fovLat, psi, length }, i) => {
    const colour = COLOURS[i];
    const along = (distance) => [
      degrees(fovLon) + distance * Math.cos(psi),
      degrees(fovLat) + distance * Math.sin(psi),
    ];
    const half = degrees(length);
    sky.line([along(-4), along(4)], { colour, width: 1 }).line([along(-half), along(half)], { colour, width: 7 });
    const tilted = kernels.groundToTilted(telescopes[i], pointing);
    const from = (distance) => [tilted.y + distance * Math.cos(psi), tilted.x + distance * Math.sin(psi)];
    ground.line([from(-400), from(400)], { colour, width: 1 }).point([tilted.y, tilted.x], { colour, radius: 6 });
  });
  const red = { colour: '#d22', radius: 6, isEmpty: true };
  sky.point([degrees(source.fovLon), degrees(source.fovLat)], red);
  ground.point([coreTiltedY, coreTiltedX], red);
  if (coreErrors) ground.ellipse([coreTiltedY, coreTiltedX], [coreErrors[1], coreErrors[0]], { dashes: '3 2' });
  savePlot(name, [sky, ground]);
}

/** Draws the energies and directions predicted by four telescopes. */
function drawMeans() {
  const energies = [1.15, 0.9, 1.5, 0.6];
  const { mean, standardDeviation } = kernels.weightedMean(energies, weights);
  const energy = new Panel({ title: 'energy, weight intensity', x: [0, 1000], y: [0, 2], xLabel: 'weight', yLabel: 'energy, TeV' }); // prettier-ignore
  energies.forEach((value, i) => energy.point([weights[i], value], { colour: COLOURS[i], radius: 6 }));
  energy.line([[0, mean], [1000, mean]], { colour: '#d22', width: 2 }); // prettier-ignore
  for (const side of [-1, 1]) {
    const limit = mean + side * standardDeviation;
    energy.line([[0, limit], [1000, limit]], { colour: '#d22', dashes: '4 3' }); // prettier-ignore
  }

  const random = new RandomStream(3, 1);
  const offset = () => radians(0.25 * (random.uniform() - 0.5));
  const truth = kernels.altAzToNominal(shower, pointing);
  const places = COLOURS.map(() => ({ fovLon: truth.fovLon + offset(), fovLat: truth.fovLat + offset() }));
  const { alt, az, spread } = kernels.meanDirection(
    places.map((place) => kernels.nominalToAltAz(place, pointing)),
    weights,
  );
  const { fovLon, fovLat } = kernels.altAzToNominal({ alt, az }, pointing);
  const sky = new Panel({ title: 'direction, weight intensity', x: [0.3, 0.9], y: [0.1, 0.7], xLabel: 'fov_lon, deg', yLabel: 'fov_lat, deg' }); // prettier-ignore
  places.forEach((place, i) => {
    const radius = 3 + weights[i] / 120;
    sky.point([degrees(place.fovLon), degrees(place.fovLat)], { colour: COLOURS[i], radius });
  });
  const center = [degrees(fovLon), degrees(fovLat)];
  sky.point(center, { colour: '#d22', radius: 6, isEmpty: true });
  sky.ellipse(center, [degrees(spread), degrees(spread)], { dashes: '4 3' });
  savePlot('stereo-mean-combiner', [energy, sky]);
}
