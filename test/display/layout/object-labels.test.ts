import { ArrayDisplay, SkyDisplay } from '@cherenkit/display';
import { radians } from '@cherenkit/kernels';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { arrayOf } from '../../support/test-array.js';

interface Box {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** The boxes of the labels of telescopes. */
function labelsOf(display: ArrayDisplay | SkyDisplay): Box[] {
  return marksOf(display.scene, 'text')
    .filter(({ text, vertical, anchor }) => /^\d+$/.test(text) && vertical === 'middle' && anchor === 'middle')
    .map(({ text, x, y, size }) => ({ text, x, y, halfWidth: 0.3 * size * text.length, halfHeight: size / 2 }));
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight;
}

describe('labels of telescopes', () => {
  const subarray = arrayOf(Object.fromEntries(Array.from({ length: 13 }, (_, i) => [i + 1, 'MST_C_D'])));

  it('touch neither each other nor other telescopes, and are within the axes', () => {
    const display = new ArrayDisplay(subarray, { width: 480, height: 440, radius: 15 }).addLabels();
    const labels = labelsOf(display);
    expect(labels.map(({ text }) => text)).to.deep.equal(subarray.telIds.map(String));
    const { area } = display.transform;
    labels.forEach((label, i) => {
      for (const other of labels.slice(i + 1))
        expect(overlap(label, other), `${label.text}, ${other.text}`).to.equal(false);
      expect(display.telescopeAt(label.x, label.y), label.text).to.equal(undefined);
      expect(label.y + label.halfHeight).to.be.at.most(area.y + area.height);
    });
  });

  it('are beside the axes of images, and beside the core', () => {
    const display = new ArrayDisplay(arrayOf({ 1: 'MST_C_D' }), { radius: 10 }).addLabels();
    const [below] = labelsOf(display);
    const [telX, telY] = display.placeOf(1);
    expect([below.x, below.y > telY]).to.deep.equal([telX, true]);
    // A vertical axis passes below the telescope, a core is at its right.
    display.setLineHillas(new Map([[1, {}]]), new Map([[1, Math.PI / 2]]), 100);
    const [beside] = labelsOf(display);
    expect(beside.x).to.be.greaterThan(telX + 5);
    const { x, y, z } = display.subarray.position(1);
    display.scatter([{ x: x + 11, y, z }]).setView({ x: [x - 40, x + 40], y: [y - 40, y + 40] });
    const [left] = labelsOf(display);
    expect(left.x).to.be.lessThan(display.placeOf(1)[0] - 5);
  });

  it('in the sky are beside the ellipses, in their colours', () => {
    const pointing = { alt: radians(70), az: 0 };
    const sky = new SkyDisplay({ pointing });
    const hillas = { length: radians(0.3), width: radians(0.1), psi: radians(90), fovLat: 0 };
    sky.addImage({ telId: 4, hillas: { ...hillas, fovLon: 0 }, color: '#1f77b4', label: 'LST' });
    sky.addImage({ telId: 5, hillas: { ...hillas, fovLon: radians(1) }, color: '#1f77b4', label: 'LST' });
    const ellipses = marksOf(sky.scene, 'ellipse').filter(({ stroke }) => stroke === '#1f77b4');
    labelsOf(sky).forEach(({ x, y }, i) => {
      const { x: middleX, y: middleY, radiusX, radiusY } = ellipses[i];
      // The long axis is vertical.
      expect(Math.abs(x - middleX) > radiusY || Math.abs(y - middleY) > radiusX).to.equal(true);
    });
    const legend = marksOf(sky.scene, 'text').filter(({ text }) => text === 'LST');
    expect(legend).to.have.lengthOf(1);
  });
});
