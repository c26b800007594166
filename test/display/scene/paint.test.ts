import { CameraDisplay, fillDots, indexRaster, paint, type PaintContext } from '@cherenkit/display';
import { radians, type PixelShape } from '@cherenkit/kernels';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { toyCamera, toyImage } from '../../support/toy-cameras.js';

/** A canvas that lists what is called and set. */
function recorder(): { readonly context: PaintContext; readonly calls: string[] } {
  const calls: string[] = [];
  const state: Record<string, unknown> = { globalAlpha: 1 };
  const context = new Proxy(state, {
    get: (_, name: string) =>
      name in state ? state[name] : (...args: unknown[]) => void calls.push(`${name}(${args.map(String).join()})`),
    set: (_, name: string, value) => {
      state[name] = value;
      calls.push(`${name}=${String(value)}`);
      return true;
    },
  });
  return { context: context as unknown as PaintContext, calls };
}

describe('a camera on a canvas', () => {
  for (const shape of ['hexagon', 'square', 'circle'] satisfies PixelShape[]) {
    it(`has under each dot the ${shape} that contains it`, () => {
      const geometry = toyCamera(shape, radians(7));
      const display = new CameraDisplay(geometry, { image: toyImage(geometry) });
      const [{ layout, transform }] = marksOf(display.scene, 'pixels');
      for (const ratio of [1, 1.5]) {
        const raster = indexRaster(layout, transform, ratio);
        let [inside, differing] = [0, 0];
        for (let row = 0; row < raster.height; row += 3) {
          for (let column = 0; column < raster.width; column += 3) {
            const found = raster.pixels[row * raster.width + column] - 1;
            const place = [(raster.x + column + 0.5) / ratio, (raster.y + row + 0.5) / ratio] as const;
            const [x, y] = transform.toData(...place);
            const distances = Array.from(geometry.pixX, (px, i) => Math.hypot(px - x, geometry.pixY[i] - y));
            const nearest = distances.indexOf(Math.min(...distances));
            if (found >= 0) {
              inside++;
              if (found !== nearest) differing++;
            } else if (distances[nearest] < 0.45 * geometry.pixelWidth[nearest]) differing++;
          }
        }
        expect(inside).to.be.greaterThan(1000);
        expect(differing).to.equal(0);
      }
    });
  }

  it('has the colours of the pixels as dots', () => {
    const dots = new Uint32Array(4);
    fillDots(
      { pixels: Uint16Array.of(0, 1, 2, 1) },
      { indices: Int16Array.of(1, -1), colors: ['#000000', '#ff8001'] },
      dots,
    );
    expect(Array.from(new Uint8Array(dots.buffer))).to.deep.equal([
      0, 0, 0, 0, 255, 128, 1, 255, 0, 0, 0, 0, 255, 128, 1, 255,
    ]);
  });

  it('is drawn with its texts, lines and, without an off-screen canvas, polygons', () => {
    const geometry = toyCamera('hexagon');
    const display = new CameraDisplay(geometry, { image: toyImage(geometry), title: 'On canvas' }).addColorbar();
    display.highlightPixels([3, 4]).addEllipse({ centroid: [0, 0], length: 0.2, width: 0.1, angle: 0.3 });
    const { context, calls } = recorder();
    paint(display.scene, context, { ratio: 2 });
    expect(calls[1]).to.equal('setTransform(2,0,0,2,0,0)');
    expect(calls.some((call) => call.startsWith('fillText(On canvas,'))).to.equal(true);
    expect(calls.filter((call) => call.startsWith('ellipse('))).to.have.lengthOf(2);
    const brightest = display.colorOf(Array.from(display.image).indexOf(Math.max(...Array.from(display.image))));
    expect(calls).to.include(`fillStyle=${brightest}`);
    const count = (name: string): number => calls.filter((call) => call === name).length;
    expect(count('save()')).to.equal(count('restore()'));
  });
});
