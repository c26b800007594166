import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hillasParameters, tailcutsClean } from '@cherenkit/core';
import { ArrayDisplay, CameraDisplay, subplots, WaveformDisplay, type Picture } from '@cherenkit/display';
import { toPng } from '@cherenkit/display/node';
import { radians, type PixelShape } from '@cherenkit/kernels';
import { expect } from 'chai';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { arrayOf } from '../../support/test-array.js';
import { toyCamera, toyImage } from '../../support/toy-cameras.js';

const FOLDER = join(REPOSITORY_ROOT, 'test', 'reference', 'pictures');

/** Writes the pictures instead of comparing with them. Look at them before you commit. */
const WRITES = process.env['CHERENKIT_WRITE_PICTURES'] === '1';

const SIZE = { width: 300, height: 260 };

/** Part of the dots of a PNG that may differ visibly. */
const DIFFERENT = 0.0005;

function camera(shape: PixelShape): Picture {
  const geometry = toyCamera(shape, shape === 'square' ? radians(20) : 0);
  const image = toyImage(geometry);
  image[0] = NaN;
  const clean = tailcutsClean(geometry, image, { pictureThresh: 20, boundaryThresh: 10 });
  const display = new CameraDisplay(geometry, { ...SIZE, image }).addColorbar({ label: 'p.e.' });
  display.highlightPixels(clean, { color: 'white' });
  return display.overlayMoments(hillasParameters(geometry, image, clean), { color: 'cyan' });
}

const PICTURES: Readonly<Record<string, () => Picture>> = {
  hexagons: () => camera('hexagon'),
  squares: () => camera('square'),
  circles: () => camera('circle'),
  'dark-telescope-frame': () => {
    const geometry = toyCamera('hexagon').toTelescopeFrame();
    const display = new CameraDisplay(geometry, {
      ...SIZE,
      image: toyImage(geometry, 0.005, 0),
      theme: 'dark',
      norm: 'symlog',
    });
    return display.addColorbar().overlayCoordinate([0.01, 0.01], { color: 'gold' });
  },
  array: () => {
    const display = new ArrayDisplay(arrayOf({ 1: 'LST_A_B', 2: 'MST_C_D', 3: 'MST_C_D' }), SIZE).addLabels();
    display.setLineHillas(new Map([[2, {}]]), new Map([[2, 0.5]]), 80);
    return display.scatter([{ x: 150, y: 20, z: 0 }], { label: 'core <true>', color: 'r' });
  },
  'side-by-side': () => {
    const samples = Array.from({ length: 30 }, (_, i) => 8 * Math.exp(-((i - 12) ** 2) / 8));
    const options = { ...SIZE, samplingRate: 1, window: [9, 16] as const };
    const waveform = new WaveformDisplay([{ samples, label: 'pixel 3', peakTime: 12.4 }], options);
    return subplots(1, 2, [camera('hexagon'), waveform], { title: 'Camera & waveform' });
  },
};

describe('pictures of toy cameras', function () {
  this.timeout(30_000);
  before(() => {
    if (WRITES) mkdirSync(FOLDER, { recursive: true });
  });

  for (const [name, make] of Object.entries(PICTURES)) {
    it(`${name}: the same SVG as before`, () => {
      const svg = make().toSvg();
      expect(make().toSvg()).to.equal(svg);
      const file = join(FOLDER, `${name}.svg`);
      if (WRITES) writeFileSync(file, svg);
      expect(svg).to.equal(existsSync(file) ? readFileSync(file, 'utf8') : '');
    });

    it(`${name}: the same PNG as before, by both engines`, async () => {
      const file = join(FOLDER, `${name}.png`);
      const [png, other] = [await toPng(make()), await toPng(make(), { engine: 'wasm' })];
      if (WRITES) writeFileSync(file, png);
      const expected = PNG.sync.read(readFileSync(file));
      for (const bytes of [png, other]) {
        const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
        expect([width, height]).to.deep.equal([expected.width, expected.height]);
        const different = pixelmatch(data, expected.data, undefined, width, height, { threshold: 0.1 });
        expect(different).to.be.at.most(DIFFERENT * width * height);
      }
    });
  }

  it('are larger by their scale', async () => {
    const { width, height } = PNG.sync.read(Buffer.from(await toPng(camera('square'), { scale: 2.5 })));
    expect([width, height]).to.deep.equal([750, 650]);
  });
});
