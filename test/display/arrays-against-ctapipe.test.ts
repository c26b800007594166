import { ArrayDisplay, type ArrayDisplayOptions, type ArrayViewFrame } from '@cherenkit/display';
import { groundToTilted, type AltAz } from '@cherenkit/kernels';
import { expect } from 'chai';
import {
  eventOfFile,
  marksOf,
  readPictures,
  type CtapipePictures,
  type Point,
  type ProcessedEvent,
} from '../support/ctapipe-pictures.js';
import { skipWithoutTestData } from '../support/test-data.js';

interface ArrayPicture {
  readonly event_id: number;
  readonly title: string;
  readonly radial_grid_m: readonly number[];
  readonly 'true impact': Point;
  readonly 'estimated impact': Point;
  readonly telescopes: Readonly<Record<string, ReferenceTelescope>>;
}

interface ReferenceTelescope {
  readonly type: string;
  readonly at: Point;
  readonly radius_m: number;
  readonly line: { readonly core_psi_deg: number; readonly ends: readonly [Point, Point] } | null;
}

const FRAMES: Readonly<Record<string, ArrayViewFrame>> = {
  ground: 'GroundFrame',
  tilted: 'TiltedGroundFrame',
  'easting-northing': 'EastingNorthingFrame',
};

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, where: string): void {
  for (let i = 0; i < found.length; i++) {
    expect(found[i], `${where} ${i}`).to.be.closeTo(expected[i], 1e-5 * Math.max(10, Math.abs(expected[i])));
  }
}

describe('array pictures beside those of ctapipe', function () {
  this.timeout(60_000);
  before(skipWithoutTestData);
  let reference: CtapipePictures;
  let processed: ProcessedEvent;
  let pointing: AltAz;
  before(async () => {
    reference = readPictures();
    processed = await eventOfFile('gamma_diffuse_north_alpha_600.simtel.zst', 2009);
    const { arrayAltitude, arrayAzimuth } = processed.event.monitoring.pointing;
    pointing = { alt: arrayAltitude, az: arrayAzimuth };
  });

  /** The picture of the event: lines of its images, true and estimated impact. */
  function displayOf(options: ArrayDisplayOptions): ArrayDisplay {
    const { event, source } = processed;
    const display = new ArrayDisplay(source.subarray, options);
    display.addLabels();
    const corePsi = new Map([...event.dl1.tel].map(([id, { parameters }]) => [id, parameters?.core.psi ?? NaN]));
    display.setLineHillas(event.dl1.tel, corePsi, 300);
    const { coreX = NaN, coreY = NaN } = event.simulation?.shower ?? {};
    display.scatter([{ x: coreX, y: coreY, z: 0 }], { label: 'true impact' });
    const stereo = event.dl2.stereo.geometry.get('HillasReconstructor');
    const estimated = { x: stereo?.coreX ?? NaN, y: stereo?.coreY ?? NaN, z: 0 };
    return display.scatter([estimated], { label: 'estimated impact', color: 'r' });
  }

  for (const [name, frame] of Object.entries(FRAMES)) {
    it(`${name}: telescopes, rings, labels, lines, points`, () => {
      const expected = reference.pictures[`array-${name}`] as ArrayPicture;
      const display = displayOf({ frame, pointing });
      const { scene, transform, subarray } = display;
      expect(display.radialGrid).to.deep.equal(expected.radial_grid_m);
      const center = [transform.x(0), transform.y(0)];
      const rings = marksOf(scene, 'ellipse').filter(({ x, y, dash }) => x === center[0] && y === center[1] && dash);
      // Those that are visible.
      expectClose(
        rings.map(({ radiusX }) => radiusX / transform.scaleX),
        expected.radial_grid_m,
        'ring',
      );
      expect(rings.length).to.be.within(3, expected.radial_grid_m.length);
      const texts = marksOf(scene, 'text');
      expect(texts.map(({ text }) => text)).to.include.members([expected.title, ...Object.keys(expected.telescopes)]);
      const ends = marksOf(scene, 'path').filter(({ lines }) => lines.length === 1 && lines[0].points.length === 4);
      for (const [id, { at, radius_m, line, type }] of Object.entries(expected.telescopes)) {
        const telId = Number(id);
        const [x, y] = display.placeOf(telId);
        expectClose(transform.toData(x, y), at, `telescope ${id}`);
        const circle = marksOf(scene, 'ellipse').find((mark) => mark.x === x && mark.y === y);
        expectClose([(circle?.radiusX ?? NaN) / transform.scaleX], [radius_m], `radius of ${id}`);
        expect(circle?.fill).to.equal(display.typeColors.get(type));
        expect(display.telescopeAt(x, y)).to.equal(telId);
        if (line === null) continue;
        // ctapipe leaves out the heights of the telescopes in the tilted frame.
        const wanted = frame === 'TiltedGroundFrame' ? tiltedEnds(line.core_psi_deg, telId) : line.ends;
        const found = ends.some(({ lines: [{ points }] }) => {
          const places = [transform.toData(points[0], points[1]), transform.toData(points[2], points[3])].flat();
          return places.every((place, i) => Math.abs(place - wanted.flat()[i]) < 1e-5 * 300);
        });
        expect(found, `line of telescope ${id}`).to.equal(true);
      }
      const crosses = marksOf(scene, 'path').filter(({ lines }) => lines.length === 2);
      const centers = crosses.map(({ lines: [{ points }] }) =>
        transform.toData((points[0] + points[2]) / 2, (points[1] + points[3]) / 2),
      );
      for (const label of ['true impact', 'estimated impact'] as const) {
        const [x, y] = expected[label];
        const distances = centers.map(([foundX, foundY]) => Math.hypot(foundX - x, foundY - y));
        // Of the reconstruction, not of the picture: 1e-3 m.
        expect(Math.min(...distances), label).to.be.lessThan(1e-3);
      }
      expect(subarray.nTels).to.equal(Object.keys(expected.telescopes).length);
    });
  }

  function tiltedEnds(psiDegrees: number, telId: number): readonly [Point, Point] {
    const { x, y, z } = processed.source.subarray.position(telId);
    const psi = (psiDegrees * Math.PI) / 180;
    return [-300, 300].map((r) => {
      const tilted = groundToTilted({ x: x + r * Math.cos(psi), y: y + r * Math.sin(psi), z }, pointing);
      return [tilted.x, tilted.y];
    }) as [Point, Point];
  }

  it('lines go through their telescopes in all frames', () => {
    for (const frame of Object.values(FRAMES)) {
      const display = displayOf({ frame, pointing });
      const ends = marksOf(display.scene, 'path').filter(
        ({ lines, stroke }) =>
          lines.length === 1 && lines[0].points.length === 4 && [...display.typeColors.values()].includes(stroke ?? ''),
      );
      const places = [...processed.event.dl1.tel.keys()].map((telId) => display.placeOf(telId));
      expect(ends).to.have.lengthOf(4);
      for (const {
        lines: [{ points: p }],
      } of ends) {
        const length = Math.hypot(p[2] - p[0], p[3] - p[1]);
        const distances = places.map(
          ([x, y]) => Math.abs((p[2] - p[0]) * (y - p[1]) - (p[3] - p[1]) * (x - p[0])) / length,
        );
        expect(Math.min(...distances), frame).to.be.lessThan(1e-6);
      }
    }
  });
});
