// Figures of docs/frames.md, drawn with the transformations of the kernels.
import * as kernels from '@cherenkit/kernels';
import { Drawing } from './drawing.mjs';

const degrees = (value) => (value * Math.PI) / 180;

export function frameFigures() {
  return {
    'images/frame-ground.svg': ground(),
    'images/frame-tilted-ground.svg': tiltedGround(),
    'images/frame-camera.svg': camera(),
    'images/frame-engineering-camera.svg': engineeringCamera(),
    'images/frame-telescope.svg': telescope('pointing of the telescope', 'TelescopeFrame'),
    'images/frame-nominal.svg': telescope('pointing of the array', 'NominalFrame'),
    'images/frame-alt-az.svg': altAz(),
    'images/frame-easting-northing.svg': eastingNorthing(),
  };
}

/** Projects north, west and up to the plane of the figure, seen from south-east and above. */
function onPaper({ x, y, z }) {
  return [-0.86 * y + 0.5 * x, 0.28 * y + 0.48 * x + 0.95 * z];
}

function axes(drawing, names = ['x: north', 'y: west', 'z: up']) {
  const ends = [
    { x: 1, y: 0, z: 0 },
    { x: 0, y: 1, z: 0 },
    { x: 0, y: 0, z: 1 },
  ];
  ends.forEach((end, i) => drawing.arrow([0, 0], onPaper(end), names[i], 'axis'));
}

function ground() {
  const drawing = new Drawing('GroundFrame');
  axes(drawing);
  const telescope = { x: 0.7, y: -0.5, z: 0 };
  drawing.line([0, 0], onPaper({ ...telescope, y: 0 }), 'thin');
  drawing.line(onPaper({ ...telescope, y: 0 }), onPaper(telescope), 'thin');
  drawing.point(onPaper(telescope), 'telescope (x, y, z)');
  drawing.point([0, 0], 'reference location of the array');
  return drawing.svg();
}

function altAz() {
  const drawing = new Drawing('AltAz');
  const direction = { alt: degrees(40), az: degrees(110) };
  axes(drawing, ['north, az = 0', 'west, 270 deg', 'zenith, alt = 90 deg']);
  const d = kernels.altAzToCartesian(direction);
  drawing.arrow([0, 0], onPaper(d), 'direction (alt, az)', 'value');
  drawing.line(onPaper(d), onPaper({ ...d, z: 0 }), 'thin');
  drawing.line([0, 0], onPaper({ ...d, z: 0 }), 'thin');
  drawing.curve(
    range(0, direction.az).map((az) => onPaper(scaled(kernels.altAzToCartesian({ alt: 0, az }), 0.4))),
    'az: from north over east',
  );
  drawing.curve(
    range(0, direction.alt).map((alt) => onPaper(scaled(kernels.altAzToCartesian({ alt, az: direction.az }), 0.55))),
    'alt',
  );
  return drawing.svg();
}

function tiltedGround() {
  const drawing = new Drawing('TiltedGroundFrame');
  const pointing = { alt: degrees(60), az: degrees(0) };
  axes(drawing, ['north', 'west', 'up']);
  const tilted = [
    { x: 0.8, y: 0, z: 0 },
    { x: 0, y: 0.8, z: 0 },
    { x: 0, y: 0, z: 1 },
  ].map((point) => onPaper(kernels.tiltedToGround(point, pointing)));
  ['x', 'y: horizontal', 'z: the pointing'].forEach((name, i) => drawing.arrow([0, 0], tilted[i], name, 'value'));
  const corners = [
    [-0.6, -0.6],
    [0.6, -0.6],
    [0.6, 0.6],
    [-0.6, 0.6],
    [-0.6, -0.6],
  ].map(([x, y]) => onPaper(kernels.tiltedToGround({ x, y, z: 0 }, pointing)));
  drawing.curve(corners, '');
  return drawing.svg();
}

function camera() {
  const drawing = new Drawing('CameraFrame, the telescope at the zenith');
  hexagons(drawing);
  drawing.arrow([0, 0], [0, 1], 'x: to the north, fov_lat = x / f', 'axis');
  drawing.arrow([0, 0], [-1, 0], 'y: to the west, fov_lon = y / f', 'axis');
  drawing.point([0, 0], 'focal length f');
  return drawing.svg();
}

function engineeringCamera() {
  const drawing = new Drawing('EngineeringCameraFrame, one mirror');
  hexagons(drawing);
  // Engineering axes in the drawing of the camera frame: x up, y to the left.
  const place = (point) => [-point.y, point.x];
  drawing.arrow([0, 0], place(kernels.engineeringToCamera({ x: 1, y: 0 }, 1)), 'x = -y of the camera frame', 'value');
  drawing.arrow([0, 0], place(kernels.engineeringToCamera({ x: 0, y: 1 }, 1)), 'y = -x of the camera frame', 'value');
  drawing.arrow([0, 0], [0, 0.5], 'x', 'axis');
  drawing.arrow([0, 0], [-0.5, 0], 'y', 'axis');
  return drawing.svg();
}

function telescope(origin, name) {
  const drawing = new Drawing(name);
  const pointing = { alt: degrees(70), az: degrees(180) };
  const scale = 180 / Math.PI / 4;
  const place = (direction) => {
    const { fovLon, fovLat } = kernels.altAzToTelescope(direction, pointing);
    return [fovLon * scale, fovLat * scale];
  };
  for (const offset of [-3, -1.5, 0, 1.5, 3]) {
    const alt = pointing.alt + degrees(offset);
    drawing.curve(
      range(degrees(-9), degrees(9)).map((az) => place({ alt, az: pointing.az + az })),
      offset === 3 ? 'circle of equal altitude' : '',
    );
    const az = pointing.az + degrees(offset * 2.6);
    drawing.curve(
      range(degrees(-3.4), degrees(3.4)).map((alt) => place({ alt: pointing.alt + alt, az })),
      '',
    );
  }
  drawing.arrow([0, 0], [0.62, 0], 'fov_lon: along azimuth', 'axis');
  drawing.arrow([0, 0], [0, 0.62], 'fov_lat: along altitude', 'axis');
  drawing.point([0, 0], origin);
  return drawing.svg();
}

function eastingNorthing() {
  const drawing = new Drawing('EastingNorthingFrame');
  const place = ({ easting, northing }) => [easting, northing];
  drawing.arrow([0, 0], place(kernels.groundToEastingNorthing({ x: 1, y: 0, z: 0 })), 'northing = x', 'axis');
  drawing.arrow([0, 0], place(kernels.groundToEastingNorthing({ x: 0, y: -1, z: 0 })), 'easting = -y', 'axis');
  drawing.arrow(
    [0, 0],
    place(kernels.groundToEastingNorthing({ x: 0, y: 0.7, z: 0 })),
    'y of the ground frame',
    'value',
  );
  drawing.point([0, 0], 'reference location, height = z');
  return drawing.svg();
}

function hexagons(drawing) {
  const pitch = 0.14;
  for (let row = -5; row <= 5; row++) {
    for (let column = -5; column <= 5; column++) {
      const x = (column + row / 2) * pitch;
      const y = (row * pitch * Math.sqrt(3)) / 2;
      if (Math.hypot(x, y) < 0.66) drawing.hexagon([x, y], pitch / Math.sqrt(3));
    }
  }
}

function range(begin, end, steps = 24) {
  return Array.from({ length: steps + 1 }, (_, i) => begin + ((end - begin) * i) / steps);
}

function scaled({ x, y, z }, factor) {
  return { x: x * factor, y: y * factor, z: z * factor };
}
