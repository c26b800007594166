import type { Mark, Rectangle } from '../scene/scene.js';
import { textWidth } from './text-width.js';
import { FONT_SIZE, type Theme } from './theme.js';

/** An ellipse with axes along x and y in a picture, CSS pixels: a telescope, an image or a marker. */
export interface PlacedObject {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

/** A straight line of a picture, CSS pixels. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** A label of an object: a line of text. */
export interface ObjectLabel {
  readonly of: PlacedObject;
  readonly text: string;
  readonly color: string;
}

/** What labels should not cover. */
export interface Obstacles {
  /** The labelled objects and others. */
  readonly objects: readonly PlacedObject[];
  readonly lines: readonly Segment[];
  /** Area of the axes. */
  readonly area: Rectangle;
}

/** Space between an object and its label, CSS pixels. */
const GAP = 2;

/** Directions from an object to its label, the preferred one first; y is downwards. */
const DIRECTIONS: readonly (readonly [x: number, y: number])[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
  [0.7, 0.7],
  [-0.7, 0.7],
  [0.7, -0.7],
  [-0.7, -0.7],
];

/** Costs of a place at which a label covers another label, an object or a line, or leaves the axes: the lowest sum is chosen. */
const COST = { label: 8, object: 3, line: 2, outside: 16 } as const;

/**
 * Labels beside their objects, placed one after the other, each where it covers least of what is drawn; below the object if
 * that is as good as elsewhere.
 */
export function objectLabels(labels: readonly ObjectLabel[], obstacles: Obstacles, theme: Theme): Mark[] {
  const size = FONT_SIZE.small;
  const placed: Rectangle[] = [];
  return labels.map(({ of, text, color }): Mark => {
    const box = placeOf(of, textWidth(text, size), size, obstacles, placed);
    placed.push(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return { kind: 'text', x, y, text, size, color, anchor: 'middle', vertical: 'middle', halo: theme.panel };
  });
}

/** The best place of a label of a size, beside others that are placed. */
function placeOf(
  { x, y, radiusX, radiusY }: PlacedObject,
  width: number,
  height: number,
  { objects, lines, area }: Obstacles,
  placed: readonly Rectangle[],
): Rectangle {
  const boxes = DIRECTIONS.map(([dx, dy]) => {
    const middleX = x + dx * (radiusX + GAP) + (Math.sign(dx) * width) / 2;
    const middleY = y + dy * (radiusY + GAP) + (Math.sign(dy) * height) / 2;
    return { x: middleX - width / 2, y: middleY - height / 2, width, height };
  });
  const costs = boxes.map(
    (box) =>
      COST.label * placed.filter((other) => overlap(box, other)).length +
      COST.object * objects.filter((object) => covers(box, object)).length +
      COST.line * lines.filter((line) => crosses(box, line)).length +
      (isWithin(box, area) ? 0 : COST.outside),
  );
  return boxes[costs.indexOf(Math.min(...costs))];
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isWithin(box: Rectangle, area: Rectangle): boolean {
  return (
    box.x >= area.x &&
    box.y >= area.y &&
    box.x + box.width <= area.x + area.width &&
    box.y + box.height <= area.y + area.height
  );
}

function covers(box: Rectangle, { x, y, radiusX, radiusY }: PlacedObject): boolean {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return (dx / radiusX) ** 2 + (dy / radiusY) ** 2 < 1;
}

/** Whether a line passes through a rectangle, by clipping it at the sides (Liang and Barsky). */
function crosses({ x, y, width, height }: Rectangle, [x1, y1, x2, y2]: Segment): boolean {
  let [from, to] = [0, 1];
  const sides = [
    [x1 - x2, x1 - x],
    [x2 - x1, x + width - x1],
    [y1 - y2, y1 - y],
    [y2 - y1, y + height - y1],
  ];
  for (const [step, distance] of sides) {
    if (step === 0) {
      if (distance < 0) return false;
    } else if (step < 0) from = Math.max(from, distance / step);
    else to = Math.min(to, distance / step);
  }
  return from <= to;
}
