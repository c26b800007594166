import { CameraHillasParametersContainer, CherenkitError, hillasParameters } from '@cherenkit/core';
import { CameraDisplay, type MomentsOptions, type PathMark, type TextMark } from '@cherenkit/display';
import { cameraToEngineering, radians } from '@cherenkit/kernels';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { toyCamera, toyImage } from '../../support/toy-cameras.js';

const geometry = toyCamera('hexagon', radians(10));
const image = toyImage(geometry);
const bright = Uint8Array.from(image, (value) => (value > 5 ? 1 : 0));

function pathWith(display: CameraDisplay, stroke: string): PathMark {
  const [found] = marksOf(display.scene, 'path').filter((mark) => mark.stroke === stroke);
  return found;
}

describe('CameraDisplay', () => {
  it('adapts the limits of the colours to each image, until they are set', () => {
    const display = new CameraDisplay(geometry, { image });
    expect(display.limits).to.deep.equal([Math.min(...image), Math.max(...image)]);
    display.image = image.map((value) => 2 * value);
    expect(display.limits[1]).to.equal(2 * Math.max(...image));
    display.setLimitsMinmax(-5, 5);
    display.image = image;
    display.norm = 'symlog';
    expect(display.limits).to.deep.equal([-5, 5]);
    display.autoscale = true;
    expect(display.limits[1]).to.equal(Math.max(...image));
    display.setLimitsPercent(90);
    const [min, max] = [Math.min(...image), Math.max(...image)];
    expect(display.limits).to.deep.equal([min, max - (1 - 0.9) * (max - min)]);
  });

  it('draws values that the scale does not have in grey', () => {
    const values = image.slice();
    values[4] = NaN;
    const display = new CameraDisplay(geometry, { image: values });
    const [{ indices, colors }] = marksOf(display.scene, 'pixels');
    expect(colors[indices[4]]).to.equal('#c4c4c4');
    expect(display.colorOf(4)).to.equal(undefined);
  });

  it('finds the pixel at a place of the picture, in all frames', () => {
    for (const frame of ['CameraFrame', 'TelescopeFrame', 'EngineeringCameraFrame'] as const) {
      for (const nMirrors of [1, 2] as const) {
        const display = new CameraDisplay(geometry, { image, frame, nMirrors });
        for (let pixel = 0; pixel < geometry.nPixels; pixel++) {
          expect(display.pixelAt(...display.placeOf(pixel)), frame).to.equal(pixel);
        }
        expect(display.pixelAt(0, 0)).to.equal(-1);
      }
    }
  });

  it('mirrors the camera for the engineering frame, with its ellipses and corners', () => {
    const hillas = hillasParameters(geometry, image, bright);
    for (const nMirrors of [1, 2] as const) {
      const plain = new CameraDisplay(geometry, { image });
      const display = new CameraDisplay(geometry, { image, frame: 'EngineeringCameraFrame', nMirrors });
      const places = [plain, display].map((each) => {
        each.overlayMoments(hillas, { psiUncertainty: false });
        const { x, y, rotation = 0, radiusX } = marksOf(each.scene, 'ellipse')[0];
        const angle = radians(-rotation);
        const scale = each.transform.scaleX;
        const [cx, cy] = each.transform.toData(x, y);
        return [cx, cy, cx + (radiusX / scale) * Math.cos(angle), cy + (radiusX / scale) * Math.sin(angle)];
      });
      const [[x, y, headX, headY], found] = places;
      const expected = [cameraToEngineering({ x, y }, nMirrors), cameraToEngineering({ x: headX, y: headY }, nMirrors)];
      expect(found[0]).to.be.closeTo(expected[0].x, 1e-12);
      expect(found[1]).to.be.closeTo(expected[0].y, 1e-12);
      expect(found[2]).to.be.closeTo(expected[1].x, 1e-12);
      expect(found[3]).to.be.closeTo(expected[1].y, 1e-12);
      // Each corner is the image of one: as sets, since the direction of rotation is reversed by a mirror.
      const corners = (each: CameraDisplay): number[][] => {
        const [{ layout }] = marksOf(each.scene, 'pixels');
        return Array.from({ length: 6 }, (_, k) => [layout.corners[2 * k], layout.corners[2 * k + 1]]);
      };
      for (const [cornerX, cornerY] of corners(plain)) {
        const corner = cameraToEngineering({ x: cornerX, y: cornerY }, nMirrors);
        const distances = corners(display).map(([otherX, otherY]) => Math.hypot(otherX - corner.x, otherY - corner.y));
        expect(Math.min(...distances)).to.be.lessThan(1e-12);
      }
    }
  });

  it('outlines a group of pixels by its border, without lines within it', () => {
    const display = new CameraDisplay(geometry, { image });
    const center =
      Array.from(geometry.pixX.keys()).find((pixel) => Math.hypot(geometry.pixX[pixel], geometry.pixY[pixel]) < 1e-9) ??
      -1;
    const { offsets, indices } = geometry.neighbors;
    const ring = Array.from(indices.subarray(offsets[center], offsets[center + 1]));
    display.highlightPixels([center, ...ring], { color: 'lime' });
    // Seven hexagons: 18 edges at the border.
    expect(pathWith(display, 'lime').lines.map(({ points }) => points.length / 2)).to.deep.equal([18]);
    // A ring has an inner border as well.
    display.highlightPixels(ring, { color: 'lime' });
    expect(
      pathWith(display, 'lime')
        .lines.map(({ points }) => points.length / 2)
        .sort(),
    ).to.deep.equal([18, 6]);
    display.highlightPixels(ring, { color: 'lime', style: 'pixels' });
    expect(pathWith(display, 'lime').lines).to.have.lengthOf(6);
    display.highlightPixels([], { color: 'lime' });
    expect(pathWith(display, 'lime')).to.equal(undefined);
  });

  it('accepts masks and indices, and refuses those of other cameras', () => {
    const display = new CameraDisplay(geometry);
    const mask = new Uint8Array(geometry.nPixels);
    mask[3] = 1;
    const paths = [mask, Array.from(mask, Boolean), [3], new Set([3])].map(
      (pixels) => pathWith(display.highlightPixels(pixels, { color: 'red' }), '#ff0000').lines,
    );
    for (const lines of paths) expect(lines).to.deep.equal(paths[0]);
    expect(() => display.highlightPixels(new Uint8Array(2))).to.throw(RangeError, /mask of 37 entries, found 2/);
    expect(() => display.highlightPixels([37])).to.throw(RangeError, /from 0 to 36, found 37/);
    expect(() => (display.image = [1, 2])).to.throw(RangeError, /image of 37 pixels, found 2/);
    expect(() => new CameraDisplay(geometry, { image: [1] })).to.throw(RangeError);
  });

  it('keeps or replaces overlays', () => {
    const display = new CameraDisplay(geometry, { image });
    const hillas = hillasParameters(geometry, image, bright);
    display.overlayMoments(hillas).overlayCoordinate([0.1, 0], { keepOld: true });
    expect(marksOf(display.scene, 'ellipse')).to.have.lengthOf(2); // with its halo
    display.overlayCoordinate([0.1, 0]);
    expect(marksOf(display.scene, 'ellipse')).to.have.lengthOf(0);
    display.addEllipse({ centroid: [0, 0], length: 0.2, width: 0.1, angle: 0 });
    display.overlayMuonRing({ centerFovLon: 0, centerFovLat: 0, radius: 0.01, width: 0.002 }, { keepOld: true });
    expect(marksOf(display.scene, 'ellipse')).to.have.lengthOf(2 + 6);
    display.clearOverlays();
    expect(marksOf(display.scene, 'ellipse')).to.have.lengthOf(0);
  });

  it('converts muon rings to the camera frame', () => {
    const ring = { centerFovLon: 0.004, centerFovLat: -0.002, radius: 0.01 };
    const plain = new CameraDisplay(geometry, { image }).overlayMuonRing(ring);
    const circle = marksOf(plain.scene, 'ellipse').at(-1);
    const { transform } = plain;
    const [x, y] = transform.toData(circle?.x ?? NaN, circle?.y ?? NaN);
    // x is along fov_lat, y along fov_lon; focal length 10 m.
    expect([x, y, (circle?.radiusX ?? NaN) / transform.scaleX].map((v) => v.toFixed(9))).to.deep.equal([
      '-0.020000000',
      '0.040000000',
      '0.100000000',
    ]);
    const none = new CameraDisplay(geometry).overlayMuonRing({ centerFovLon: NaN, centerFovLat: NaN, radius: NaN });
    expect(marksOf(none.scene, 'text').map(({ text }) => text)).to.include('no ring');
  });

  it('writes `no parameters` for parameters without a value, and refuses those of another frame', () => {
    const display = new CameraDisplay(geometry).overlayMoments(new CameraHillasParametersContainer());
    expect(marksOf(display.scene, 'text').map(({ text }) => text)).to.include('no parameters');
    const other = new CameraDisplay(geometry.toTelescopeFrame());
    expect(() => other.overlayMoments(new CameraHillasParametersContainer()))
      .to.throw(CherenkitError, /parameters are in the CameraFrame, the geometry is in the TelescopeFrame/)
      .with.property('code', 'DISPLAY_FRAMES_DIFFER');
  });

  it('closes gaps between pixels that are narrower than a dot', () => {
    const [mark] = marksOf(new CameraDisplay(geometry, { image, width: 200, height: 200 }).scene, 'pixels');
    const spacing = Math.hypot(geometry.pixX[1] - geometry.pixX[0], geometry.pixY[1] - geometry.pixY[0]);
    expect(mark.widening).to.be.closeTo((1.01 * spacing) / geometry.pixelWidth[0], 1e-6);
    expect(mark.layout.widened(mark.widening ?? 1).width[0]).to.be.closeTo(1.01 * spacing, 1e-6);
    const [large] = marksOf(new CameraDisplay(geometry, { image, width: 2000, height: 2000 }).scene, 'pixels');
    expect(large.widening).to.equal(1);
    const [round] = marksOf(new CameraDisplay(toyCamera('circle')).scene, 'pixels');
    expect(round.widening).to.equal(1);
  });

  it('writes labels beside ellipses or in the corner, with a halo that contrasts', () => {
    const hillas = hillasParameters(geometry, image, bright);
    const label = (options: MomentsOptions): TextMark | undefined => {
      const display = new CameraDisplay(geometry, { image }).overlayMoments(hillas, options);
      return marksOf(display.scene, 'text').find(({ text }) => text.includes('[w='));
    };
    expect(label({ color: 'xkcd:red' })).to.include({ halo: '#ffffff', color: '#e50000' });
    expect(label({ color: '#00e5ff' })).to.include({ halo: '#000000', anchor: 'middle' });
    const { area } = new CameraDisplay(geometry, { image }).transform;
    expect(label({ labelPlace: 'corner' })).to.include({ x: area.x + 4, y: area.y + area.height - 4 });
    expect(label({ withLabel: false })).to.equal(undefined);
  });

  it('shows the surroundings of an image', () => {
    const hillas = hillasParameters(geometry, image, bright);
    const display = new CameraDisplay(geometry, { image, width: 400, height: 400 }).setViewAround(hillas);
    const { yLimits } = display.transform;
    expect((yLimits[0] + yLimits[1]) / 2).to.be.closeTo(hillas.y, 1e-9);
    expect(yLimits[1] - yLimits[0]).to.be.at.least(12 * hillas.length - 1e-9);
    const whole = new CameraDisplay(geometry, { image }).transform;
    const none = new CameraDisplay(geometry, { image }).setViewAround(new CameraHillasParametersContainer());
    expect(none.transform.xLimits).to.deep.equal(whole.xLimits);
    expect(() => new CameraDisplay(geometry.toTelescopeFrame()).setViewAround(hillas)).to.throw(CherenkitError);
  });

  it('shows a part of the camera, with equal scales', () => {
    const display = new CameraDisplay(geometry, { image }).setView({ x: [0, 0.1], y: [0, 0.1] });
    const { scaleX, scaleY, yLimits } = display.transform;
    expect(scaleX).to.be.closeTo(-scaleY, 1e-9);
    expect(yLimits[0]).to.be.closeTo(0, 1e-12);
    display.setView(undefined);
    expect(display.transform.xLimits[0]).to.be.lessThan(-0.15);
  });
});
