import {
  hillasParameters,
  numberOfIslands,
  tailcutsClean,
  type CameraGeometry,
  type DL1CameraContainer,
} from '@cherenkit/core';
import {
  CameraDisplay,
  type AxisTransform,
  type PathMark,
  colorMap,
  histogram,
  scatterPlot,
  subplots,
  thetaSquaredPlot,
} from '@cherenkit/display';
import { angularSeparation, degrees, radians, type CameraFrame } from '@cherenkit/kernels';
import { expect } from 'chai';
import {
  eventOfFile,
  forEachEvent,
  marksOf,
  readPictures,
  type CameraPicture,
  type CtapipePictures,
  type ProcessedEvent,
} from '../support/ctapipe-pictures.js';
import { expectClose, expectEllipse, expectPixel, expectPolygon, meanOf } from '../support/picture-expectations.js';
import { skipWithoutTestData } from '../support/test-data.js';

const GAMMAS = 'gamma_diffuse_north_alpha_600.simtel.zst';
const PROTONS = 'proton_north_alpha_700.simtel.zst';
const SOUTH = 'south_lsts_v036.simtel.zst';

const CUTS = { pictureThresh: 8, boundaryThresh: 4, minNumberPictureNeighbors: 2 };

/** A display with all that the reference has of a camera picture. */
function expectPicture(display: CameraDisplay, expected: CameraPicture): void {
  const texts = marksOf(display.scene, 'text').map(({ text }) => text);
  expect(texts).to.include.members([expected.title, expected.x_label, expected.y_label, expected.frame]);
  expectClose(display.limits, expected.colour_limits, 'limits of the colours');
  expectPolygon(display, expected.polygon_of_pixel_0);
  for (const pixel of Object.values(expected.pixels)) expectPixel(display, pixel);
  // Listed maps have no name there.
  if (expected.cmap !== 'unnamed') expect(display.cmap.name).to.equal(expected.cmap);
  expect(expected.norm).to.equal('Normalize');
  expect(display.norm).to.equal('lin');
}

/** The values of the colour bar are where its colours are. */
function expectColorBar(display: CameraDisplay): void {
  const { area } = display.transform;
  const [low, high] = display.limits;
  const ticks = marksOf(display.scene, 'text').filter(
    ({ x, rotation }) => x > area.x + area.width && rotation === undefined,
  );
  expect(ticks.length).to.be.greaterThan(1);
  for (const { text, y, size } of ticks) {
    const value = Number(text.replace('\u2212', '-'));
    const part = (area.y + area.height - (y - 0.1 * size)) / area.height;
    expect(part, text).to.be.closeTo((value - low) / (high - low), 1e-9);
  }
}

/** Area within closed lines, in the square of the unit of the axes. */
function areaWithin({ lines }: PathMark, transform: AxisTransform): number {
  const twice = lines.reduce((sum, { points: p }) => {
    let own = 0;
    for (let i = 0; i < p.length; i += 2) {
      const next = (i + 2) % p.length;
      own += p[i] * p[next + 1] - p[next] * p[i + 1];
    }
    return sum + own;
  }, 0);
  return Math.abs(twice / 2 / transform.scaleX ** 2);
}

/** The pixels of a mask. */
function pixelsOf(mask: Uint8Array): number[] {
  return Array.from(mask.keys()).filter((pixel) => mask[pixel] !== 0);
}

describe('pictures of the tutorial beside those of ctapipe', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);
  let pictures: CtapipePictures['pictures'];
  let processed: ProcessedEvent;
  let geometry: CameraGeometry<CameraFrame>;
  let image: Float32Array;
  let dl1: DL1CameraContainer;
  let clean: Uint8Array;
  before(async () => {
    ({ pictures } = readPictures());
    const { event_id, tel_id } = pictures['tutorial-01-image'] as CameraPicture;
    processed = await eventOfFile(GAMMAS, event_id);
    geometry = processed.source.subarray.telescope(tel_id).camera.geometry;
    const found = processed.event.dl1.tel.get(tel_id);
    if (found?.image === undefined) throw new Error(`telescope ${tel_id} has no image`);
    [dl1, image] = [found, found.image];
    clean = tailcutsClean(geometry, image, CUTS);
  });

  it('01: image', () => {
    const display = new CameraDisplay(geometry);
    display.image = image;
    display.addColorbar();
    expectPicture(display, pictures['tutorial-01-image'] as CameraPicture);
    expectColorBar(display);
  });

  it('02: image and pulse time', () => {
    const expected = pictures['tutorial-02-image-and-time'] as {
      readonly highlighted: readonly number[];
      readonly image: CameraPicture;
      readonly time: CameraPicture;
    };
    const left = new CameraDisplay(geometry, { title: 'Image', image }).addColorbar();
    const right = new CameraDisplay(geometry, { title: 'Pulse Time', cmap: 'RdBu_r' }).addColorbar();
    right.setLimitsMinmax(-20, 20);
    const peakTime = dl1.peakTime ?? new Float32Array();
    const charge = image.reduce((sum, value) => sum + value, 0);
    const mean = image.reduce((sum, value, i) => sum + value * peakTime[i], 0) / charge;
    right.image = peakTime.map((time) => time - mean);
    left.highlightPixels(clean, { color: 'red', linewidth: 1 });
    expect(pixelsOf(clean)).to.deep.equal(expected.highlighted);
    expectPicture(left, expected.image);
    expectPicture(right, expected.time);
    expectColorBar(right);
    // The outline encloses the cells of the highlighted pixels.
    const outline = marksOf(left.scene, 'path').find(({ stroke }) => stroke === '#ff0000');
    const cell = (pixelDistance(geometry) ** 2 * Math.sqrt(3)) / 2;
    const enclosed = outline ? areaWithin(outline, left.transform) : NaN;
    expect(enclosed / cell).to.be.closeTo(expected.highlighted.length, 0.01);
    const { scene } = subplots(1, 2, [left, right]);
    expect([scene.width, scene.height]).to.deep.equal([1200, 500]);
    expect(marksOf(scene, 'pixels')).to.have.lengthOf(2);
  });

  it('03: ellipse', () => {
    const expected = pictures['tutorial-03-ellipse'] as CameraPicture;
    const display = new CameraDisplay(geometry, { image: image.map((value, i) => (clean[i] ? value : 0)) });
    display.addColorbar();
    display.overlayMoments(hillasParameters(geometry, image, clean), { color: 'xkcd:red' });
    expectPicture(display, expected);
    if (expected.hillas) expectEllipse(display, expected.hillas);
  });

  it('04: border', () => {
    const expected = pictures['tutorial-04-border'] as { border_pixels: number; first_border_pixels: number[] };
    const border = geometry.borderPixelMask(1);
    expect(pixelsOf(border)).to.have.lengthOf(expected.border_pixels);
    expect(pixelsOf(border).slice(0, 10)).to.deep.equal(expected.first_border_pixels);
    const display = new CameraDisplay(geometry, { image });
    display.highlightPixels(border, { color: 'xkcd:red', linewidth: 2, style: 'pixels' });
    const [highlight] = marksOf(display.scene, 'path').filter(({ stroke }) => stroke === '#e50000');
    expect(highlight.lines).to.have.lengthOf(expected.border_pixels);
    pixelsOf(border).forEach((pixel, i) => {
      const center = display.transform.toData(...meanOf(Array.from(highlight.lines[i].points)));
      expectClose(center, [geometry.pixX[pixel], geometry.pixY[pixel]], `outline of pixel ${pixel}`);
    });
    const area = areaWithin({ ...highlight, lines: highlight.lines.slice(0, 1) }, display.transform);
    expect(area).to.be.closeTo((geometry.pixelWidth[0] ** 2 * Math.sqrt(3)) / 2, 1e-9);
    // The outline of the border has an outer and an inner line.
    display.highlightPixels(border, { color: 'xkcd:red' });
    const [contour] = marksOf(display.scene, 'path').filter(({ stroke }) => stroke === '#e50000');
    expect(contour.lines.length).to.equal(2);
  });

  it('05: theta squared', async () => {
    const { theta_deg } = pictures['tutorial-05-theta-squared'] as { readonly theta_deg: readonly number[] };
    const thetas: number[] = [];
    for (const file of [GAMMAS, PROTONS]) {
      await forEachEvent(file, ({ event }) => {
        const { alt = NaN, az = NaN } = event.dl2.stereo.geometry.get('HillasReconstructor') ?? {};
        const shower = event.simulation?.shower;
        thetas.push(angularSeparation(az, alt, shower?.az ?? NaN, shower?.alt ?? NaN));
      });
    }
    expectClose(thetas.map(degrees), theta_deg, 'theta');
    const squared = theta_deg.map((theta) => theta ** 2);
    const { counts, outside } = histogram(squared, { bins: 25, range: [0, 0.3] });
    expect(outside).to.equal(squared.filter((value) => value > 0.3).length);
    const plot = await thetaSquaredPlot(theta_deg.map(radians));
    const bars = [...plot.toSvg().matchAll(/<rect(?=[^>]* x="([^"]+)")[^>]* width="([^"]+)" height="([^"]+)"/g)];
    // The first one is the frame: the axes from 0 to 0.3 deg².
    const [frame, ...drawn] = bars.map(([, x, width, height]) => ({ x: +x, width: +width, height: +height }));
    const largest = Math.max(...counts);
    const highest = Math.max(...drawn.map(({ height }) => height));
    drawn
      .filter(({ height }) => height > 0)
      .forEach(({ x, width, height }) => {
        const center = (x + width / 2 - frame.x) / frame.width;
        const bin = Math.floor(25 * center);
        expect(25 * center - bin).to.be.closeTo(0.5, 0.05);
        expect(height / highest).to.be.closeTo(counts[bin] / largest, 1e-4);
      });
    expect(drawn.filter(({ height }) => height > 0)).to.have.lengthOf(counts.filter((count) => count > 0).length);
  });

  it('06: array, see array-ground', () => {
    expect(pictures).to.have.property('array-ground');
  });

  it('07: energy and intensity', async () => {
    const key = 'log10_energy_tev, log10_intensity';
    const expected = (pictures['tutorial-07-energy-intensity'] as Record<string, ([number, number] | null)[]>)[key];
    const found: [number, number][] = [];
    for (const file of [GAMMAS, PROTONS, SOUTH]) {
      await forEachEvent(file, ({ event, source }) => {
        for (const [telId, { parameters }] of event.dl1.tel) {
          if (source.subarray.telescope(telId).type !== 'LST') continue;
          const energy = event.simulation?.shower?.energy ?? NaN;
          found.push([Math.log10(energy), Math.log10(parameters?.hillas.intensity ?? NaN)]);
        }
      });
    }
    expect(found).to.have.lengthOf(expected.length);
    expected.forEach((point, i) => {
      if (point) expectClose(found[i], point, `point ${i}`);
      else expect(Number.isFinite(found[i][1])).to.equal(false);
    });
    const points = expected.flatMap((point) => (point ? [point] : []));
    const x = points.map((point) => point[0]);
    const plot = await scatterPlot(
      x,
      points.map((point) => point[1]),
      { xLabel: 'log10(E / TeV)', yLabel: 'log10(intensity)' },
    );
    const circles = [...plot.toSvg().matchAll(/<circle cx="([^"]+)" cy="([^"]+)"/g)].map(([, cx, cy]) => [+cx, +cy]);
    expect(circles).to.have.lengthOf(points.length);
    const y = points.map((point) => point[1]);
    const [toX, toY] = [axisOf(plot.toSvg(), 'x'), axisOf(plot.toSvg(), 'y')];
    circles.forEach(([cx, cy], i) => {
      expect(cx, `x of point ${i}`).to.be.closeTo(toX(x[i]), 0.02);
      expect(cy, `y of point ${i}`).to.be.closeTo(toY(y[i]), 0.02);
    });
  });

  it('08 and 09: islands', () => {
    const toy = pictures['tutorial-08-toy'] as CameraPicture & { image: number[]; highlighted: number[] };
    const islands = pictures['tutorial-09-islands'] as CameraPicture & { n_islands: number; island_sizes: number[] };
    const { subarray } = processed.source;
    const lst = subarray.telIds.find((telId) => subarray.telescope(telId).type === 'LST') ?? NaN;
    const { geometry: camera } = subarray.telescope(lst).camera;
    const values = Float64Array.from(toy.image);
    const mask = tailcutsClean(camera, values, { ...CUTS, pictureThresh: 10, boundaryThresh: 5 });
    expect(pixelsOf(mask)).to.deep.equal(toy.highlighted);
    const display = new CameraDisplay(camera, { image: values }).addColorbar();
    display.highlightPixels(mask, { color: 'xkcd:red', linewidth: 1.5 });
    expectPicture(display, toy);

    const { nIslands, labels } = numberOfIslands(camera, mask);
    expect(nIslands).to.equal(islands.n_islands);
    const sizes = new Array<number>(nIslands + 1).fill(0);
    labels.forEach((label) => sizes[label]++);
    expect(sizes).to.deep.equal(islands.island_sizes);
    const second = new CameraDisplay(camera, { image: labels });
    second.cmap = colorMap('Paired').first(nIslands, { under: 'k' });
    second.setLimitsMinmax(0.5, nIslands + 0.5).addColorbar();
    expectPicture(second, islands);
    expectColorBar(second);
    // Each island has its colour, and nothing else has one.
    const colors = new Set(Array.from(labels, (label, pixel) => `${label} ${second.colorOf(pixel)}`));
    expect(colors.size).to.equal(nIslands + 1);
  });
});

/** Distance between the centres of neighbours. */
function pixelDistance({ pixX, pixY, neighbors: { indices } }: CameraGeometry): number {
  return Math.hypot(pixX[indices[0]] - pixX[0], pixY[indices[0]] - pixY[0]);
}

/** Relation between the values of an axis of a plot and the picture, from the places of its ticks. */
function axisOf(svg: string, axis: 'x' | 'y'): (value: number) => number {
  const [, group = ''] = new RegExp(`aria-label="${axis}-axis tick label"([^]*?)</g>`).exec(svg) ?? [];
  const ticks = [...group.matchAll(/translate\(([\d.]+),([\d.]+)\)">([^<]+)<\/text>/g)].map(([, x, y, text]) => ({
    value: Number(text.replace('\u2212', '-')),
    place: Number(axis === 'x' ? x : y),
  }));
  expect(ticks.length).to.be.greaterThan(1);
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const scale = (last.place - first.place) / (last.value - first.value);
  return (value) => first.place + scale * (value - first.value);
}
