import { ArrayDisplay, contourLines, SkyDisplay, subplots, WaveformDisplay } from '@cherenkit/display';
import { altAzToNominal, degrees, radians } from '@cherenkit/kernels';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { arrayOf } from '../../support/test-array.js';
import { toyCamera, toyImage } from '../../support/toy-cameras.js';

const subarray = arrayOf({ 1: 'MST_C_D', 2: 'LST_A_B', 3: 'MST_C_D' });

describe('ArrayDisplay', () => {
  it('has the colours of the sorted types, whatever the order of the telescopes', () => {
    const colors = Object.fromEntries(new ArrayDisplay(subarray).typeColors);
    expect(colors).to.deep.equal({ LST_A_B: '#1f77b4', MST_C_D: '#ff7f0e' });
    const reversed = arrayOf({ 1: 'LST_A_B', 2: 'MST_C_D' });
    expect(Object.fromEntries(new ArrayDisplay(reversed).typeColors)).to.deep.equal(colors);
  });

  it('shows values, greys out telescopes, and hides what is not wanted', () => {
    const display = new ArrayDisplay(subarray, { values: [1, NaN, 3], valuesLabel: 'p.e.' }).legend(false);
    const fills = (): unknown[] => marksOf(display.scene, 'ellipse').flatMap(({ fill }) => fill ?? []);
    expect(fills()).to.deep.equal(['#440154', '#c4c4c4', '#fde725']);
    display.setLimitsMinmax(3, 5);
    expect(fills()[2]).to.equal('#440154');
    display.values = undefined;
    display.greyOut([1]);
    expect(fills()).to.deep.equal(['#c4c4c4', '#1f77b4', '#ff7f0e']);
    display.addRadialGrid(0);
    expect(marksOf(display.scene, 'ellipse')).to.have.lengthOf(3);
    expect(marksOf(display.addLabels().removeLabels().scene, 'text').map(({ text }) => text)).not.to.include('2');
  });

  it('shows more around a single telescope than the telescope', () => {
    const { transform } = new ArrayDisplay(subarray).setViewAround([1]);
    const { x, width, height } = transform.area;
    const [[left], [right]] = [transform.toData(x, 0), transform.toData(x + Math.min(width, height), 0)];
    expect(right - left).to.be.closeTo(200, 1e-6);
  });

  it('draws vectors of a length and a direction', () => {
    const display = new ArrayDisplay(subarray, { radius: 10 }).addRadialGrid(0);
    const arrows = (): number[][] =>
      marksOf(display.scene, 'path')
        .filter(({ lines, strokeWidth }) => lines.length === 1 && lines[0].points.length === 4 && strokeWidth === 2)
        .map(({ lines: [{ points: p }] }) => {
          const [x, y] = display.transform.toData(p[0], p[1]);
          const [toX, toY] = display.transform.toData(p[2], p[3]);
          return [toX - x, toY - y].map((value) => Math.round(1e6 * value) / 1e6);
        })
        .slice(0, 3);
    expect(arrows.call(display.setVectorUv([5, 6, 7], 10))).to.deep.equal([
      [5, 10],
      [6, 10],
      [7, 10],
    ]);
    display.setVectorRhoPhi(10, [0, Math.PI / 2, Math.PI]);
    expect(arrows().map((each) => each.map((v) => v + 0))).to.deep.equal([
      [10, 0],
      [0, 10],
      [-10, 0],
    ]);
    // None for a gradient of about 0, reversed for a positive one.
    const ids = new Map([
      [1, {}],
      [2, {}],
      [3, {}],
    ]);
    const psi = new Map([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    display.setVectorHillas(
      ids,
      psi,
      10,
      new Map([
        [1, 5],
        [2, -5],
        [3, 0.001],
      ]),
      0,
    );
    expect(
      arrows()
        .slice(0, 2)
        .map((each) => each.map((v) => v + 0)),
    ).to.deep.equal([
      [-10, 0],
      [10, 0],
    ]);
  });

  it('refuses other numbers of values, and the tilted frame without pointing', () => {
    expect(() => new ArrayDisplay(subarray, { values: [1] })).to.throw(
      RangeError,
      /expected 3 entries of values.*found 1/,
    );
    expect(() => new ArrayDisplay(subarray, { radius: [1, 2] })).to.throw(RangeError);
    expect(() => new ArrayDisplay(subarray, { frame: 'TiltedGroundFrame' })).to.throw(RangeError, /pointing/);
  });
});

describe('points far away', () => {
  const outside = (display: ArrayDisplay | SkyDisplay): number[] => {
    const { area } = display.transform;
    // The tip of the arrow.
    const [head] = marksOf(display.scene, 'path').filter(
      ({ lines, stroke }) => stroke === '#ff0000' && lines[0].points.length === 6,
    );
    const { points } = head.lines[0];
    return [(points[2] - area.x) / area.width, (points[3] - area.y) / area.height];
  };

  it('are arrows at the frame, and do not make the array small', () => {
    const display = new ArrayDisplay(subarray);
    const { scaleX } = display.transform;
    display.scatter([{ x: 5e4, y: 0, z: 0 }], { color: 'r' });
    expect(display.transform.scaleX).to.be.closeTo(scaleX, 1e-9);
    const [right, down] = outside(display);
    expect(right).to.be.within(0.98, 1);
    expect(down).to.be.closeTo(0.5, 0.05);
  });

  it('are arrows in the sky as well; without images all points are shown', () => {
    const pointing = { alt: radians(70), az: 0 };
    const far = { alt: radians(60), az: 0 };
    const sky = new SkyDisplay({ pointing }).addPoint(far, { color: 'r' });
    expect(sky.transform.yLimits[0]).to.be.lessThan(-10);
    const hillas = { fovLon: 0, fovLat: 0, length: radians(0.3), width: radians(0.1), psi: 0 };
    sky.addImage({ telId: 1, hillas });
    expect(sky.transform.yLimits[0]).to.be.greaterThan(-3);
    expect(outside(sky)[1]).to.be.within(0.98, 1);
  });
});

describe('contour lines', () => {
  it('are where the function has the value', () => {
    const axis = Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
    const values = axis.flatMap((y) => axis.map((x) => Math.hypot(x, y)));
    const lines = contourLines(axis, axis, values, 1.003);
    const ends = lines.flatMap(({ points: p }) => [
      [p[0], p[1]],
      [p[2], p[3]],
    ]);
    for (const [x, y] of ends) expect(Math.hypot(x, y)).to.be.closeTo(1.003, 0.01);
    // A closed line: each end belongs to two pieces.
    const counts = new Map<string, number>();
    for (const end of ends)
      counts.set(end.map((v) => v.toFixed(9)).join(), (counts.get(end.map((v) => v.toFixed(9)).join()) ?? 0) + 1);
    expect([...new Set(counts.values())]).to.deep.equal([2]);
    expect(contourLines([0, 1], [0, 1], [NaN, 1, 1, 1], 0.5)).to.deep.equal([]);
  });
});

describe('SkyDisplay', () => {
  const pointing = { alt: radians(70), az: radians(180) };
  const hillas = {
    fovLon: radians(1),
    fovLat: radians(0.5),
    length: radians(0.3),
    width: radians(0.1),
    psi: radians(30),
  };

  it('has ellipses and points in the sky around the pointing of the array', () => {
    const source = { alt: radians(70.4), az: radians(181) };
    const sky = new SkyDisplay({ pointing }).addImage({ telId: 4, hillas }).addPoint(source, { label: 'true' });
    const { transform, scene } = sky;
    const [ellipse] = marksOf(scene, 'ellipse');
    const [x, y] = transform.toData(ellipse.x, ellipse.y);
    expect(
      [x, y, -(ellipse.rotation ?? 0), ellipse.radiusX / transform.scaleX].map((v) => Number(v.toFixed(9))),
    ).to.deep.equal([1, 0.5, 30, 0.3]);
    const cross = marksOf(scene, 'path').find(({ lines }) => lines.length === 2);
    const [p, q] = (cross?.lines ?? []).map(({ points }) => [(points[0] + points[2]) / 2, (points[1] + points[3]) / 2]);
    expect(p).to.deep.equal(q);
    const expected = altAzToNominal(source, pointing);
    const found = transform.toData(p[0], p[1]);
    expect(found[0]).to.be.closeTo(degrees(expected.fovLon), 1e-9);
    expect(found[1]).to.be.closeTo(degrees(expected.fovLat), 1e-9);
    expect(marksOf(scene, 'text').map(({ text }) => text)).to.include.members(['4', 'true', 'NominalFrame']);
  });

  it('shifts images of telescopes that point elsewhere, and greys out those not used', () => {
    const shifted = new SkyDisplay({ pointing });
    shifted.addImage({ telId: 1, hillas, pointing: { alt: radians(71), az: radians(180) }, isUsed: false });
    const [ellipse] = marksOf(shifted.scene, 'ellipse');
    const [, y] = shifted.transform.toData(ellipse.x, ellipse.y);
    expect(y).to.be.closeTo(1.5, 0.01);
    expect(ellipse.stroke).to.equal('#c4c4c4');
    shifted.addImage({ telId: 2, hillas: { ...hillas, psi: NaN } });
    expect(marksOf(shifted.scene, 'ellipse')).to.have.lengthOf(1);
  });

  it('sums images per solid angle', () => {
    const geometry = toyCamera('hexagon').toTelescopeFrame();
    const sky = new SkyDisplay({ pointing, radius: radians(1.2) });
    sky.addSummedImage([{ geometry, image: toyImage(geometry, 0, 0).map(() => 1) }]);
    const [{ indices }] = marksOf(sky.scene, 'pixels');
    const share = indices.filter((index) => index >= 0).length / indices.length;
    const area = geometry.pixArea.reduce((sum, each) => sum + each, 0);
    expect(share).to.be.closeTo(area / radians(2.4) ** 2, 0.12 * share + 0.02);
  });
});

describe('WaveformDisplay', () => {
  it('has steps of one sample, the window and the peak time', () => {
    const display = new WaveformDisplay([{ samples: [0, 4, NaN, 2], label: 'pixel 7', peakTime: 1 }], {
      samplingRate: 2,
      window: [1, 3],
    });
    const { transform, scene } = display;
    expect(transform.xLimits).to.deep.equal([0, 2]);
    const [steps] = marksOf(scene, 'path').filter(({ lines }) => lines[0].points.length === 16);
    const points = Array.from(steps.lines[0].points);
    expect(transform.toData(points[2], points[3]).map((v) => Number(v.toFixed(9)))).to.deep.equal([0.5, 0]);
    const shade = marksOf(scene, 'path').find(({ opacity }) => opacity === 0.6);
    const corners = Array.from(shade?.lines[0].points ?? []);
    expect([corners[0], corners[2]].map((x) => Number(transform.toData(x, 0)[0].toFixed(9)))).to.deep.equal([0.5, 1.5]);
    expect(marksOf(scene, 'text').map(({ text }) => text)).to.include('pixel 7');
    expect(
      marksOf(display.addTrace({ samples: [1], label: 'pixel 8' }).scene, 'text').map(({ text }) => text),
    ).to.include('pixel 8');
  });
});

describe('subplots', () => {
  it('places pictures in rows, with a title above', () => {
    const picture = (width: number, height: number): ArrayDisplay => new ArrayDisplay(subarray, { width, height });
    const pictures = [picture(200, 150), undefined, picture(100, 180), picture(300, 90)];
    const { scene } = subplots(2, 2, pictures, { title: 'All' });
    expect([scene.width, scene.height]).to.deep.equal([500, 34 + 150 + 180]);
    const places = scene.marks.flatMap((mark) => (mark.kind === 'group' ? [[mark.x, mark.y]] : []));
    expect(places).to.deep.equal([
      [0, 34],
      [0, 184],
      [200, 184],
    ]);
    expect(() => subplots(1, 1, pictures)).to.throw(RangeError, /at most 1 x 1 pictures, found 4/);
  });
});
