// Figure of docs/algorithms: atmospheric profiles, computed by the kernels.
import { AxesDisplay, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

/** CORSIKA's parametrization of the U.S. standard atmosphere (Linsley): lower height in cm, a and b in g/cm2, c in cm. */
const LINSLEY = [
  [0, -186.5562, 1222.6562, 994186.38],
  [4e5, -94.919, 1144.9069, 878153.55],
  [10e5, 0.61289, 1305.5948, 636143.04],
  [40e5, 0, 540.1778, 772170.16],
  [100e5, 0.01128292, 1, 1e9],
];

export function atmosphereFigure() {
  const layered = kernels.layeredAtmosphere(
    LINSLEY.map(([height, a, b, c]) => ({ height: height / 100, a, b, c: c / 100 })),
  );
  const rows = Array.from({ length: 21 }, (_, i) => 2000 * i);
  const densities = rows.map((height) => layered.density(height));
  const table = kernels.tableAtmosphere(
    rows,
    densities,
    rows.map((height) => layered.overburden(height)),
  );
  const exponential = kernels.exponentialAtmosphere();

  const heights = Array.from({ length: 121 }, (_, i) => 250 * i);
  const curve = (valueAt) => heights.map((height) => [height / 1000, Math.log10(valueAt(height))]);
  const density = new AxesDisplay({
    title: 'density',
    xLabel: 'height (km)',
    yLabel: 'log10(density / (g/cm³))',
    xLimits: [0, 30],
    yLimits: [-5, -2.7],
  })
    .line(curve(layered.density), { label: 'five layers' })
    .line(curve(exponential.density), { label: 'exponential' })
    .scatter(
      rows.slice(0, 16).map((height, i) => [height / 1000, Math.log10(densities[i])]),
      { color: 'k', size: 6, label: 'rows of a table' },
    );
  const depth = new AxesDisplay({
    title: 'slant depth',
    xLabel: 'height (km)',
    yLabel: 'log10(depth / (g/cm²))',
    xLimits: [0, 30],
    yLimits: [1, 3.6],
  });
  for (const zenith of [0, 40, 60]) {
    const depthAt = (height) => kernels.slantDepthFromHeight(table, height, kernels.radians(zenith));
    depth.line(curve(depthAt), { label: `zenith angle ${zenith}°` });
  }
  return { 'algorithms/atmosphere.svg': subplots(1, 2, [density, depth]).toSvg() };
}
