// Figure of docs/algorithms: an image, its expectation, and the likelihood near the fit, computed by the kernels.
import { CameraGeometry } from '@cherenkit/core';
import { AxesDisplay, CameraDisplay, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

const { degrees, radians, RandomStream } = kernels;

const RED = { color: '#d62728' };
const PEDESTAL_WIDTH = 1.4;
const SPE_WIDTH = 0.5;
const pointing = { alt: radians(70), az: 0 };
const zenith = Math.PI / 2 - pointing.alt;
const site = { zenith, azimuth: pointing.az, height: 2200, atmosphere: kernels.exponentialAtmosphere(8400, 0.00125) };
const truth = Float64Array.of(radians(0.3), radians(0.2), 20, -30, 0.8, 1);
const telescopes = [[-60, -60], [70, -50], [60, 70], [-70, 60]]; // prettier-ignore

/** Templates of Gaussian images whose distance from the source grows with the impact distance. */
function templates() {
  const axes = { xMin: radians(-5), xMax: radians(1), nX: 121, yMin: radians(-1.5), yMax: radians(1.5), nY: 61 };
  const keys = [];
  const images = [];
  for (const energy of [0.2, 0.8, 3.2]) {
    for (const impact of [0, 50, 100, 150, 200, 300]) {
      for (const depth of [-150, 0, 200]) {
        keys.push(degrees(zenith), 0, energy, impact, depth);
        images.push(Float32Array.from({ length: axes.nX * axes.nY }, (_, i) => {
          const x = -5 + 0.05 * Math.floor(i / axes.nY) + impact * (0.0065 + depth * 6e-6);
          const y = -1.5 + 0.05 * (i % axes.nY);
          return 110 * energy * Math.exp(-impact / 180 - (x / (0.2 + impact / 900)) ** 2 / 2 - (y / 0.12) ** 2 / 2);
        })); // prettier-ignore
      }
    }
  }
  return new kernels.TemplateLibrary({ axes, keys: Float64Array.from(keys), images });
}

export function impactFigure() {
  const geometry = CameraGeometry.makeRectangular(45, 45, [-0.04, 0.04], [-0.04, 0.04]).toTelescopeFrame();
  const library = templates();
  const views = telescopes.map(([x, y]) => view(library, geometry, x, y));
  const expected = new kernels.ShowerLikelihood(views, site).expected(truth);
  const random = new RandomStream(5, 3);
  const drawn = views.map((image, i) => ({
    ...image,
    charge: expected[i].map((mean) => random.poisson(Math.max(mean, 0)) + PEDESTAL_WIDTH * random.normal()),
  }));
  const likelihood = new kernels.ShowerLikelihood(drawn, site);
  const fit = kernels.fitShower(likelihood, [truth.map((value, i) => value + [0.002, -0.001, 12, 8, -0.2, 0][i])]);
  const [found] = likelihood.expected(fit.parameters);
  const camera = (title, charges) =>
    new CameraDisplay(geometry, { title, image: Float32Array.from(charges) }).addColorbar({ label: 'p.e.' });
  const figure = subplots(2, 2, [
    camera('image', drawn[0].charge),
    camera('expectation of the fit', found),
    profile(likelihood, fit, 4, 'energy (TeV)', 1),
    profile(likelihood, fit, 0, 'fov_lon (deg)', degrees(1)),
  ]);
  return { 'algorithms/impact.svg': figure.toSvg() };
}

/** The image of a telescope with all pixels of its camera. */
function view(library, { pixX, pixY }, x, y) {
  const distance = 8000 / Math.cos(zenith);
  const peak = (source, offset) => source - offset / distance;
  return {
    x,
    y,
    peakX: peak(truth[0], y - truth[3]),
    peakY: peak(truth[1], x - truth[2]),
    pixelX: pixX,
    pixelY: pixY,
    charge: new Float64Array(pixX.length),
    pedestalWidth: PEDESTAL_WIDTH,
    speWidth: SPE_WIDTH,
    templates: library,
  };
}

/** The likelihood as a function of one parameter, with the true value and the error of the fit. */
function profile(likelihood, { parameters, value, covariance }, index, xLabel, scale) {
  const error = Math.sqrt(covariance[index * parameters.length + index]);
  const points = Array.from({ length: 81 }, (_, i) => {
    const at = parameters[index] + ((i - 40) / 20) * error;
    return [scale * at, likelihood.value(parameters.with(index, at)) - value];
  });
  const deviations = [-1, 1].map((side) => [scale * (parameters[index] + side * error), 0.5]);
  return new AxesDisplay({ title: 'negative logarithm of the likelihood', xLabel, yLabel: 'above the minimum' })
    .line(points)
    .line(deviations, { label: 'error of the fit' })
    .rule({ x: scale * truth[index] }, { ...RED, label: 'true' });
}
