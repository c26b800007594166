// Draws a muon ring and the fit of the light along it for docs/algorithms, with the code of the plugin.
//
// usage: node scripts/draw-muons.mjs   (after npm run build)
import './set-up.mjs';
import { Panel, savePlot } from './plot.mjs';

const kernels = await import('@cherenkit/kernels');
const { fitMuonLight } = await import('@cherenkit/plugin-muon');
const { degrees, radians, RandomStream, selectedPixels } = kernels;

const PIXEL = 0.1;
const optics = {
  mirrorRadius: 6,
  holeRadius: 0.5,
  minWavelength: 300e-9,
  maxWavelength: 600e-9,
  pixelDiameter: radians(PIXEL),
  pixelShape: 'hexagon',
  oversampling: 3,
};
const truth = { radius: radians(1.15), centerFovLon: radians(0.2), centerFovLat: radians(-0.1) };
const track = { impactParameter: 3.5, phi: 0.7, ringWidth: radians(0.05), opticalEfficiency: 0.12 };
const noise = { speWidth: 0.5, pedestal: 1.1 };

const { fovLon, fovLat } = pixels();
const { distance, angle } = around(truth);
const expected = new Float64Array(fovLon.length);
kernels.predictMuonImage(optics, truth, track, distance, angle, expected);
const random = new RandomStream(11, 1);
const image = Float32Array.from(expected, (mean) => random.poisson(mean) + 0.6 * (random.poisson(3) - 3));

const cleaned = Uint8Array.from(image, (charge) => Number(charge > 5));
const first = ringOf(cleaned);
const near = kernels.pixelsNearRing({ fovLon, fovLat, image }, first, 0.4);
const ring = ringOf(near.map((isNear, pixel) => isNear & cleaned[pixel]));

const sky = new Panel({
  title: `radius ${degrees(ring.radius).toFixed(2)} deg`,
  x: [-1.5, 1.9],
  y: [-1.8, 1.6],
  xLabel: 'fov_lon, deg',
  yLabel: 'fov_lat, deg',
});
image.forEach((charge, pixel) => {
  const part = Math.min(1, Math.sqrt(Math.max(0, charge) / 30));
  const [red, green, blue] = [225, 190, 120].map((range) => Math.round(250 - range * part));
  const colour = `rgb(${red},${green},${blue})`;
  sky.point([degrees(fovLon[pixel]), degrees(fovLat[pixel])], { colour, radius: 4 });
});
const center = [degrees(ring.centerFovLon), degrees(ring.centerFovLat)];
for (const part of [0.6, 1, 1.4]) {
  const radius = degrees(ring.radius) * part;
  sky.ellipse(center, [radius, radius], part === 1 ? {} : { colour: '#888', dashes: '4 3' });
}
savePlot('muon-ring', [sky.point(center, { colour: '#d22', radius: 3 })]);

const selected = selectedPixels(near);
const view = around(ring);
const take = (values) => Float64Array.from(selected, (pixel) => values[pixel]);
const along = { charge: take(image), distance: take(view.distance), angle: take(view.angle) };
const fit = fitMuonLight(optics, ring, along, noise, radians(0.15));
const fitted = new Float64Array(selected.length);
kernels.predictMuonImage(optics, ring, fit.track, along.distance, along.angle, fitted);

const SECTORS = 24;
const sums = (charges) => {
  const sectors = new Array(SECTORS).fill(0);
  charges.forEach((charge, i) => {
    sectors[Math.min(SECTORS - 1, Math.floor(((along.angle[i] + Math.PI) / (2 * Math.PI)) * SECTORS))] += charge;
  });
  return sectors.map((sum, i) => [-180 + ((i + 0.5) * 360) / SECTORS, sum]);
};
const top = Math.ceil(Math.max(...sums(along.charge).map(([, sum]) => sum)) / 20) * 20;
const light = new Panel({
  title: `light along the ring, efficiency ${fit.track.opticalEfficiency.toFixed(3)}`,
  x: [-180, 180],
  y: [0, top],
  xLabel: 'angle around the ring, deg',
  yLabel: 'charge in 15 deg, p.e.',
});
sums(along.charge).forEach((sum) => light.point(sum));
light.line(sums(fitted), { colour: '#d22', width: 2 });

const { mirrorRadius } = optics;
const mirror = new Panel({
  title: `impact ${fit.track.impactParameter.toFixed(1)} m from the centre`,
  x: [-7, 7],
  y: [-7, 7],
  xLabel: 'x, m',
  yLabel: 'y, m',
});
const { impactParameter, phi } = fit.track;
const impact = [impactParameter * Math.cos(phi), impactParameter * Math.sin(phi)];
for (let i = 0; i < SECTORS; i++) {
  const at = (2 * Math.PI * i) / SECTORS;
  // The longest chord passes through the mirror center and corresponds to the brightest part of the ring.
  const chord = kernels.chordLength(mirrorRadius, impactParameter / mirrorRadius, at - phi);
  const end = [impact[0] - chord * Math.cos(at), impact[1] - chord * Math.sin(at)];
  mirror.line([impact, end], { colour: '#9ab', width: 1 });
}
mirror.ellipse([0, 0], [mirrorRadius, mirrorRadius], { colour: '#235' });
savePlot('muon-intensity', [light, mirror.point(impact, { colour: '#d22', radius: 5 })]);

/** Positions of hexagonal pixels in rows. */
function pixels() {
  const places = [];
  for (let row = -24; row <= 24; row++) {
    for (let column = -22; column <= 22; column++) {
      const place = [PIXEL * (column + (row & 1) / 2), (PIXEL * row * Math.sqrt(3)) / 2];
      if (Math.hypot(...place) < 2) places.push(place.map(radians));
    }
  }
  return {
    fovLon: Float64Array.from(places, ([lon]) => lon),
    fovLat: Float64Array.from(places, ([, lat]) => lat),
  };
}

function around({ centerFovLon, centerFovLat }) {
  const lon = fovLon.map((value) => value - centerFovLon);
  const lat = fovLat.map((value) => value - centerFovLat);
  return { distance: lon.map((x, i) => Math.hypot(x, lat[i])), angle: lon.map((x, i) => Math.atan2(lat[i], x)) };
}

function ringOf(mask) {
  const chosen = selectedPixels(mask);
  const guess = kernels.kunduChaudhuriCircleFit(fovLon, fovLat, image, chosen);
  const circle = kernels.taubinCircleFit(fovLon, fovLat, image, chosen, guess, radians(2));
  return { radius: circle.radius, centerFovLon: circle.centerX, centerFovLat: circle.centerY };
}
