// Draws the figures of docs/algorithms with the kernels.
//
// usage: node scripts/draw-algorithms.mjs   (after npm run build)
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs', 'algorithms');
const kernels = await import(join(root, 'packages', 'kernels', 'dist', 'index.js'));
const { RandomStream, selectedPixels } = kernels;

/** Camera of hexagonal pixels, in units of the pixel width. */
const camera = hexagonalCamera(9);
const { pixX, pixY, neighbors } = camera;
const nPixels = pixX.length;

/** Shower image with a time gradient, late light far from it, and night-sky background. */
const axis = { x: 1, y: -0.6, psi: 0.6, length: 3.2, width: 1.1 };
const random = new RandomStream(7, 1);
const image = new Float32Array(nPixels);
const peakTime = new Float32Array(nPixels);
for (let pixel = 0; pixel < nPixels; pixel++) {
  const dx = pixX[pixel] - axis.x;
  const dy = pixY[pixel] - axis.y;
  const along = dx * Math.cos(axis.psi) + dy * Math.sin(axis.psi);
  const across = dy * Math.cos(axis.psi) - dx * Math.sin(axis.psi);
  const light = 32 * Math.exp(-0.5 * ((along / axis.length) ** 2 + (across / axis.width) ** 2));
  const late = 15 * Math.exp(-0.5 * ((pixX[pixel] + 5) ** 2 + (pixY[pixel] - 4) ** 2));
  image[pixel] = random.poisson(light) + random.poisson(late) + random.poisson(2) - 2;
  const spread = 0.5 + 6 / (1 + Math.max(0, image[pixel]));
  peakTime[pixel] = (late > light ? 34 : 20 + 0.9 * along) + spread * (random.poisson(8) - 8) * 0.2;
}
// Pixel illuminated by a star.
const star = nearest(5.5, -6);
image[star] = 11;

const PICTURE = 8;
const BOUNDARY = 4;
const empty = () => new Uint8Array(nPixels);

const cleanings = {
  tailcuts: (mask) => kernels.tailcutsClean(neighbors, image, PICTURE, BOUNDARY, { minPictureNeighbors: 2 }, mask),
  mars: (mask) => kernels.marsCleaning_1stPass(neighbors, image, PICTURE, BOUNDARY, { minPictureNeighbors: 2 }, mask),
  fact: (mask) =>
    kernels.factImageCleaning(
      neighbors,
      image,
      peakTime,
      PICTURE,
      BOUNDARY,
      { minPictureNeighbors: 2, timeLimit: 2 },
      mask,
    ),
  'time-constrained': (mask) => {
    const limits = { minPictureNeighbors: 1, timeLimitCore: 4.5, timeLimitBoundary: 1.5 };
    return kernels.timeConstrainedClean(neighbors, image, peakTime, PICTURE, BOUNDARY, limits, mask);
  },
  nsb: (mask) => {
    const std = new Float64Array(nPixels).fill(2).map((deviation, pixel) => (pixel === star ? 8 : deviation));
    const thresholds = kernels.pictureAboveNoise(std, 2.5, PICTURE);
    const timeDelta = { peakTime, minNeighbors: 1, timeLimit: 2 };
    const options = { minPictureNeighbors: 2, timeDelta, largestIslandOnly: true };
    return kernels.nsbImageCleaning(neighbors, image, thresholds, BOUNDARY, options, mask);
  },
};

mkdirSync(folder, { recursive: true });
const masks = {};
for (const [name, clean] of Object.entries(cleanings)) {
  masks[name] = empty();
  const count = clean(masks[name]);
  save(`cleaning-${name}`, [
    panel('charge, p.e.', cells(image)),
    panel('peak time, ns', cells(times(peakTime, image))),
    panel(`${count} pixels are kept`, cells(image, masks[name])),
  ]);
}

const noise = { transitionCharge: 8, levelDim: 3, levelBright: 3, biasDim: 0, correctBias: true };
const smeared = kernels.smearImage(neighbors, image, 0.4, new RandomStream(1337, 1));
const noisy = smeared.slice();
kernels.addNoise(noisy, noise, new RandomStream(1337, 2));
save('image-modifier', [
  panel('as simulated', cells(image)),
  panel('smeared, psf_smear_factor 0.4', cells(smeared)),
  panel('and noise of 3 p.e.', cells(noisy)),
]);

const mask = masks.tailcuts;
const main = kernels.largestIsland(kernels.numberOfIslands(neighbors, mask));
const selected = selectedPixels(main);
const hillas = kernels.hillasParameters(camera, image, selected);
const { x, y, psi, length, width } = hillas;
const degreesOfPsi = (-psi * 180) / Math.PI;
const ellipse = (scale, style) =>
  `<ellipse rx="${scale * length}" ry="${scale * width}" transform="translate(${x} ${-y}) rotate(${degreesOfPsi})" ${style}/>`;
const LINE = 'fill="none" stroke="#d22" stroke-width="0.12"';
const axisLine = `<line x1="${x - 6 * Math.cos(psi)}" y1="${-y + 6 * Math.sin(psi)}" x2="${x + 6 * Math.cos(psi)}" y2="${-y - 6 * Math.sin(psi)}" ${LINE} stroke-dasharray="0.3 0.2"/>`;
save('hillas', [
  panel('length and width, once and twice', `${cells(image, main)}${ellipse(1, LINE)}${ellipse(2, LINE)}${axisLine}`),
]);

const line = kernels.timingParameters(camera, peakTime, selected, hillas);
const points = [...selected].map((pixel) => {
  const along = (pixX[pixel] - x) * Math.cos(psi) + (pixY[pixel] - y) * Math.sin(psi);
  return [along, peakTime[pixel] - line.intercept];
});
const flip = (value) => -value * 1.4;
save('timing', [
  panel(
    `slope ${line.slope.toFixed(2)} ns per pixel`,
    points.map(([u, t]) => `<circle cx="${u}" cy="${flip(t)}" r="0.18" fill="#235"/>`).join('') +
      `<line x1="-7" y1="${flip(-7 * line.slope)}" x2="7" y2="${flip(7 * line.slope)}" ${LINE}/>`,
  ),
]);

const rows = [1, 2].map((thickness) => kernels.borderPixelMask(neighbors, thickness));
save('leakage', [
  panel(
    'one row of border pixels, and two',
    cells(image) +
      rows
        .toReversed()
        .map((row, i) => outlines(row, i === 0 ? '#f90' : '#d22'))
        .join(''),
  ),
]);

const around = empty().map((_, pixel) => Number(Math.hypot(pixX[pixel] - x, pixY[pixel] - y) < 1));
save('concentration', [
  panel('around the centroid, in the ellipse', `${cells(image, main)}${outlines(around, '#06c')}${ellipse(1, LINE)}`),
]);

const islands = kernels.numberOfIslands(neighbors, mask);
const colours = ['none', '#d22', '#06c', '#090', '#f90', '#909'];
save('morphology', [
  panel(
    `${islands.nIslands} islands`,
    cells(image) +
      Array.from({ length: islands.nIslands }, (_, i) =>
        outlines(
          islands.labels.map((label) => Number(label === i + 1)),
          colours[1 + (i % 5)],
        ),
      ).join(''),
  ),
]);

const statistics = kernels.descriptiveStatistics(image, selected);
const bins = new Array(12).fill(0);
for (const pixel of selected) bins[Math.min(11, Math.floor(image[pixel] / 4))]++;
const at = (charge) => -8 + (16 * charge) / 48;
save('statistics', [
  panel(
    `mean ${statistics.mean.toFixed(1)}, std ${statistics.std.toFixed(1)} p.e.`,
    bins
      .map((n, i) => `<rect x="${at(4 * i)}" y="${7 - n * 0.7}" width="1.25" height="${n * 0.7}" fill="#9ab"/>`)
      .join('') + `<line x1="${at(statistics.mean)}" y1="-8" x2="${at(statistics.mean)}" y2="7" ${LINE}/>`,
  ),
]);

const steps = [
  ['event', ''],
  ['EventTypeFilter', 'events of other types'],
  ['SoftwareTrigger', 'telescopes, events with too few'],
  ['ImageCleaner', 'images without a pixel'],
  ['ImageQualityQuery', 'images that fail a criterion'],
  ['StereoQualityQuery', 'images, for a reconstructor'],
];
const text = (u, v, content, style = '') =>
  `<text x="${u}" y="${v}" font-size="1.1" font-family="sans-serif"${style}>${content}</text>`;
save('selection', [
  panel(
    '',
    steps
      .map(([name, dropped], i) => {
        const top = 3.1 * i - 9;
        const arrow =
          i > 0 ? `<line x1="-5" y1="${top - 1.3}" x2="-5" y2="${top}" stroke="#235" stroke-width="0.12"/>` : '';
        const way = dropped && `<line x1="1.6" y1="${top + 0.9}" x2="2.6" y2="${top + 0.9}" ${LINE}/>`;
        const box = `<rect x="-10" y="${top}" width="11.6" height="1.8" fill="#eef" stroke="#235" stroke-width="0.08"/>`;
        return arrow + box + text(-9.6, top + 1.25, name) + way + text(2.9, top + 1.25, dropped, ' fill="#d22"');
      })
      .join(''),
  ),
  '',
]);

function hexagonalCamera(radius) {
  const x = [];
  const y = [];
  for (let q = -radius; q <= radius; q++) {
    for (let r = Math.max(-radius, -q - radius); r <= Math.min(radius, radius - q); r++) {
      x.push(q + r / 2);
      y.push((r * Math.sqrt(3)) / 2);
    }
  }
  const lists = x.map((_, i) =>
    x.flatMap((__, j) => (i !== j && Math.hypot(x[i] - x[j], y[i] - y[j]) < 1.1 ? [j] : [])),
  );
  const offsets = Int32Array.of(0, ...lists.map((_, i) => lists.slice(0, i + 1).flat().length));
  return {
    pixX: Float64Array.from(x),
    pixY: Float64Array.from(y),
    pixArea: new Float64Array(x.length).fill(Math.sqrt(3) / 2),
    neighbors: { offsets, indices: Int32Array.from(lists.flat()) },
  };
}

function nearest(u, v) {
  const distance = (pixel) => Math.hypot(pixX[pixel] - u, pixY[pixel] - v);
  return [...pixX.keys()].reduce((best, pixel) => (distance(pixel) < distance(best) ? pixel : best));
}

/** Peak times of pixels with sufficient charge, scaled to 0 to 40. */
function times(time, charge) {
  return time.map((t, pixel) => (charge[pixel] < 3 ? NaN : Math.max(1, Math.min(40, (t - 14) * 1.8))));
}

/** Outline of a pixel at the origin. */
function hexagon() {
  const corner = (k) => {
    const angle = Math.PI / 6 + (k * Math.PI) / 3;
    return `${(Math.cos(angle) / Math.sqrt(3)).toFixed(3)},${(Math.sin(angle) / Math.sqrt(3)).toFixed(3)}`;
  };
  return `<polygon id="h" points="${[0, 1, 2, 3, 4, 5].map(corner).join(' ')}"/>`;
}

function place(pixel, style = '') {
  return `<use href="#h" x="${pixX[pixel]}" y="${(-pixY[pixel]).toFixed(2)}"${style}/>`;
}

/** Pixels with brightness by value; pixels outside the mask are empty. */
function cells(values, kept) {
  const shade = (pixel) => {
    const value = kept && kept[pixel] === 0 ? NaN : values[pixel];
    if (!(value > 0)) return '';
    const part = Math.min(1, Math.sqrt(value / 40));
    const [red, green, blue] = [225, 190, 120].map((range) => Math.round(255 - range * part));
    return ` fill="rgb(${red},${green},${blue})"`;
  };
  const pixels = [...pixX.keys()].map((pixel) => place(pixel, shade(pixel)));
  return `<g fill="#fff" stroke="#ccd" stroke-width="0.04">${pixels.join('')}</g>`;
}

function outlines(mask, colour) {
  const pixels = [...selectedPixels(Uint8Array.from(mask))].map((pixel) => place(pixel));
  return `<g fill="none" stroke="${colour}" stroke-width="0.14">${pixels.join('')}</g>`;
}

function panel(title, content) {
  const label = `<text x="0" y="-9.4" font-size="1.15" text-anchor="middle" font-family="sans-serif">${title}</text>`;
  return `${label}${content}`;
}

function save(name, panels) {
  const size = 22;
  const groups = panels.map((content, i) => `<g transform="translate(${size * i} 0)">${content}</g>`).join('\n');
  const box = `${-size / 2} ${-size / 2} ${size * panels.length} ${size}`;
  const background = `<rect x="${-size / 2}" y="${-size / 2}" width="${size * panels.length}" height="${size}" fill="#fff"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${300 * panels.length}" height="300">\n<defs>${hexagon()}</defs>\n${background}\n${groups}\n</svg>\n`;
  writeFileSync(join(folder, `${name}.svg`), svg);
}

for (const name of ['extractors', 'stereo', 'muons', 'atmosphere']) await import(`./draw-${name}.mjs`);
