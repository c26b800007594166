// Draws the atmospheric profiles of docs/algorithms with the kernels.
//
// usage: node scripts/draw-atmosphere.mjs   (after npm run build)
import './set-up.mjs';
import { Panel, savePlot } from './plot.mjs';

const kernels = await import('@cherenkit/kernels');
const { radians } = kernels;

/** CORSIKA's parametrization of the U.S. standard atmosphere (Linsley): lower height in cm, a and b in g/cm2, c in cm. */
const LINSLEY = [
  [0, -186.5562, 1222.6562, 994186.38],
  [4e5, -94.919, 1144.9069, 878153.55],
  [10e5, 0.61289, 1305.5948, 636143.04],
  [40e5, 0, 540.1778, 772170.16],
  [100e5, 0.01128292, 1, 1e9],
];
const layers = LINSLEY.map(([height, a, b, c]) => ({ height: height / 100, a, b, c: c / 100 }));
const layered = kernels.layeredAtmosphere(layers);
const points = Array.from({ length: 21 }, (_, i) => 2000 * i);
const densities = points.map((height) => layered.density(height));
const overburdens = points.map((height) => layered.overburden(height));
const table = kernels.tableAtmosphere(points, densities, overburdens);
const exponential = kernels.exponentialAtmosphere();

const heights = Array.from({ length: 121 }, (_, i) => 250 * i);
const curve = (valueAt) => heights.map((height) => [height / 1000, valueAt(height)]);
const density = new Panel({
  title: 'density',
  x: [0, 30],
  y: [1e-5, 2e-3],
  xLabel: 'height, km',
  yLabel: 'g/cm3',
  isLogarithmic: true,
});
density.line(curve(layered.density), { colour: '#06c', width: 2 }).text([16, 1e-3], 'five layers', '#06c');
density.line(curve(exponential.density), { colour: '#f90', width: 2 }).text([16, 7e-4], 'exponential', '#f90');
for (const [i, height] of points.slice(0, 16).entries()) density.point([height / 1000, densities[i]], { radius: 3 });
density.text([16, 4.9e-4], 'rows of a table');

const depth = new Panel({
  title: 'slant depth',
  x: [0, 30],
  y: [10, 4000],
  xLabel: 'height, km',
  yLabel: 'g/cm2',
  isLogarithmic: true,
});
[0, 40, 60].forEach((zenith, i) => {
  const colour = ['#06c', '#090', '#d22'][i];
  depth.line(
    curve((height) => kernels.slantDepthFromHeight(table, height, radians(zenith))),
    { colour, width: 2 },
  );
  depth.text([17, 2800 / 1.45 ** i], `zenith angle ${zenith} deg`, colour);
});
savePlot('atmosphere', [density, depth]);
