import { CameraDisplay } from '@cherenkit/display';
import { expect } from 'chai';
import {
  eventOfFile,
  marksOf,
  readPictures,
  type CameraPicture,
  type CtapipePictures,
  type Point,
  type ReferencePixel,
} from '../support/ctapipe-pictures.js';
import {
  expectClose,
  expectColor,
  expectEllipse,
  expectPixel,
  expectPolygon,
  meanOf,
} from '../support/picture-expectations.js';
import { skipWithoutTestData } from '../support/test-data.js';

const CAMERAS = ['lstcam', 'nectarcam', 'flashcam', 'chec', 'pixels-40k', 'rotated-7987'] as const;

describe('camera pictures beside those of ctapipe', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);
  let reference: CtapipePictures;
  before(() => (reference = readPictures()));

  for (const camera of CAMERAS) {
    for (const frame of ['camera', 'telescope'] as const) {
      it(`${camera} in the ${frame} frame: pixels, colours, outline, ellipse, label, source`, async () => {
        const expected = reference.pictures[`${camera}-${frame}-frame`] as CameraPicture;
        const useTelescopeFrame = frame === 'telescope';
        const { event, source } = await eventOfFile(expected.file, expected.event_id, { useTelescopeFrame });
        const { camera: description } = source.subarray.telescope(expected.tel_id);
        const geometry = useTelescopeFrame ? description.geometry.toTelescopeFrame() : description.geometry;
        const dl1 = event.dl1.tel.get(expected.tel_id);
        const display = new CameraDisplay(geometry, { image: dl1?.image ?? [] });
        display.addColorbar({ label: 'p.e.' });
        display.highlightPixels(dl1?.imageMask ?? [], { color: 'lime' });
        if (dl1?.parameters) display.overlayMoments(dl1.parameters.hillas, { color: 'cyan' });
        const shower = event.simulation?.shower;
        const { altitude: alt = NaN, azimuth: az = NaN } = event.monitoring.tel.get(expected.tel_id)?.pointing ?? {};
        if (shower) display.overlayCoordinate(shower, { pointing: { alt, az }, keepOld: true });

        const texts = marksOf(display.scene, 'text').map(({ text }) => text);
        expect(texts).to.include.members([expected.title, expected.x_label, expected.y_label, expected.frame]);
        expectClose(display.limits, expected.colour_limits, 'limits of the colours');
        expectPolygon(display, expected.polygon_of_pixel_0);
        for (const pixel of Object.values(expected.pixels)) expectPixel(display, pixel);
        expect(dl1?.imageMask?.reduce((sum, value) => sum + value, 0)).to.equal(expected.pixels_highlighted);
        if (expected.hillas) expectEllipse(display, expected.hillas);
        else expect(texts).to.include('no parameters');
        if (expected.true_source) {
          const star = marksOf(display.scene, 'path').find(({ lines }) => lines[0]?.points.length === 20);
          const center = meanOf(Array.from(star?.lines[0]?.points ?? []));
          expectClose(display.transform.toData(...center), expected.true_source.data, 'true source');
        }
      });
    }
  }

  it('colours under each norm', async () => {
    for (const norm of ['lin', 'log', 'symlog'] as const) {
      const { file, event_id, tel_id, limits, pixels } = reference.pictures[`lstcam-norm-${norm}`] as NormPicture;
      const { event, source } = await eventOfFile(file, event_id);
      const image = event.dl1.tel.get(tel_id)?.image ?? [];
      const display = new CameraDisplay(source.subarray.telescope(tel_id).camera.geometry, { image, norm });
      expectClose(display.limits, limits, norm);
      for (const pixel of pixels) expectColor(display.colorOf(pixel.pixel), pixel, norm);
    }
  });
});

interface NormPicture {
  readonly file: string;
  readonly event_id: number;
  readonly tel_id: number;
  readonly limits: Point;
  readonly pixels: readonly ReferencePixel[];
}
