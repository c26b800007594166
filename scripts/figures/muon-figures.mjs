// Figures of docs/algorithms: a muon ring and the fit of the light along it, with the code of the plugin.
import { CameraGeometry } from '@cherenkit/core';
import { AxesDisplay, CameraDisplay, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';
import { fitMuonLight } from '@cherenkit/plugin-muon';

const { degrees, radians, RandomStream, selectedPixels } = kernels;

const RED = { color: '#d62728' };
const PIXEL = 0.1;
const SECTORS = 24;
/** Half the width of the band of pixels near the ring, in units of its radius. */
const NEAR = 0.4;
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

const geometry = camera();
const { pixX: fovLon, pixY: fovLat } = geometry;
const { distance, angle } = around(truth);
const expected = new Float64Array(fovLon.length);
kernels.predictMuonImage(optics, truth, track, distance, angle, expected);
const random = new RandomStream(11, 1);
const image = Float32Array.from(expected, (mean) => random.poisson(mean) + 0.6 * (random.poisson(3) - 3));

const cleaned = Uint8Array.from(image, (charge) => Number(charge > 5));
const first = ringOf(cleaned);
const near = kernels.pixelsNearRing({ fovLon, fovLat, image }, first, NEAR);
const ring = ringOf(near.map((isNear, pixel) => isNear & cleaned[pixel]));

export function muonFigures() {
  return { 'algorithms/muon-ring.svg': ringFigure(), 'algorithms/muon-intensity.svg': lightFigure() };
}

/** The image with the ring and, dashed, the edges of the band of pixels near it. */
function ringFigure() {
  const title = `radius ${degrees(ring.radius).toFixed(2)}°`;
  return new CameraDisplay(geometry, { title, image })
    .addColorbar({ label: 'p.e.' })
    .overlayMuonRing({ ...ring, width: NEAR * ring.radius })
    .overlayCoordinate([ring.centerFovLon, ring.centerFovLat], { keepOld: true })
    .toSvg();
}

/** Charges along the ring with the fitted light, and the chords of the mirror from the impact point. */
function lightFigure() {
  const selected = selectedPixels(near);
  const view = around(ring);
  const take = (values) => Float64Array.from(selected, (pixel) => values[pixel]);
  const along = { charge: take(image), distance: take(view.distance), angle: take(view.angle) };
  const { track: fit } = fitMuonLight(optics, ring, along, noise, radians(0.15));
  const fitted = new Float64Array(selected.length);
  kernels.predictMuonImage(optics, ring, fit, along.distance, along.angle, fitted);
  const light = new AxesDisplay({
    title: `light along the ring, efficiency ${fit.opticalEfficiency.toFixed(3)}`,
    xLabel: 'angle around the ring (deg)',
    yLabel: 'charge in 15° (p.e.)',
    xLimits: [-180, 180],
    yLimits: [0, 1.1 * Math.max(...sectors(along.angle, along.charge).map(([, sum]) => sum))],
  });
  light.scatter(sectors(along.angle, along.charge), { color: 'k', label: 'image' });
  light.line(sectors(along.angle, fitted), { ...RED, linewidth: 2, label: 'fit' });

  const { mirrorRadius } = optics;
  const { impactParameter, phi } = fit;
  const mirror = new AxesDisplay({
    title: `impact ${impactParameter.toFixed(1)} m from the centre`,
    xLabel: 'x (m)',
    yLabel: 'y (m)',
    xLimits: [-7, 7],
    yLimits: [-7, 7],
    hasEqualScales: true,
  });
  const impact = [impactParameter * Math.cos(phi), impactParameter * Math.sin(phi)];
  for (let i = 0; i < SECTORS; i++) {
    const at = (2 * Math.PI * i) / SECTORS;
    // The longest chord passes through the mirror center and corresponds to the brightest part of the ring.
    const chord = kernels.chordLength(mirrorRadius, impactParameter / mirrorRadius, at - phi);
    const end = [impact[0] - chord * Math.cos(at), impact[1] - chord * Math.sin(at)];
    mirror.line([impact, end], { color: '#99aabb', linewidth: 1 });
  }
  mirror.ellipse([0, 0], [mirrorRadius, mirrorRadius], { color: '#223355' });
  mirror.scatter([impact], { ...RED, size: 10 });
  return subplots(1, 2, [light, mirror]).toSvg();
}

/** Sums of charges in sectors of the ring: angle of the middle, deg, and sum. */
function sectors(angles, charges) {
  const sums = new Array(SECTORS).fill(0);
  charges.forEach((charge, i) => {
    sums[Math.min(SECTORS - 1, Math.floor(((angles[i] + Math.PI) / (2 * Math.PI)) * SECTORS))] += charge;
  });
  return sums.map((sum, i) => [-180 + ((i + 0.5) * 360) / SECTORS, sum]);
}

/** Hexagonal pixels in rows. */
function camera() {
  const places = [];
  for (let row = -24; row <= 24; row++) {
    for (let column = -22; column <= 22; column++) {
      const place = [PIXEL * (column + (row & 1) / 2), (PIXEL * row * Math.sqrt(3)) / 2];
      if (Math.hypot(...place) < 2) places.push(place.map(radians));
    }
  }
  return new CameraGeometry({
    name: 'camera',
    pixX: places.map(([lon]) => lon),
    pixY: places.map(([, lat]) => lat),
    pixArea: places.map(() => (radians(PIXEL) ** 2 * Math.sqrt(3)) / 2),
    pixType: 'hexagon',
    frame: kernels.TELESCOPE_FRAME,
  });
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
