import type { Mark, MarkStyle } from '../scene/scene.js';

/** Shape of a marker. */
export type MarkerName = 'x' | '+' | '*' | 'o' | '.';

/** A star with five points. */
export function starMark(x: number, y: number, radius: number, style: MarkStyle): Mark {
  const points = Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 === 0 ? radius : radius * 0.42;
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
  return { kind: 'path', lines: [{ points: points.flat(), isClosed: true }], strokeWidth: 1, ...style };
}

/** A marker of a size in CSS pixels. */
export function markerMark(name: MarkerName, x: number, y: number, size: number, color: string, halo?: string): Mark {
  const r = size / 2;
  switch (name) {
    case '*':
      return starMark(x, y, r, { fill: color, stroke: halo ?? color });
    case 'o':
      return { kind: 'ellipse', x, y, radiusX: r, radiusY: r, stroke: color, strokeWidth: 2 };
    case '.':
      return { kind: 'ellipse', x, y, radiusX: r, radiusY: r, fill: color };
    case 'x':
    case '+': {
      const d = name === 'x' ? r * Math.SQRT1_2 : 0;
      const lines =
        name === 'x'
          ? [{ points: [x - d, y - d, x + d, y + d] }, { points: [x - d, y + d, x + d, y - d] }]
          : [{ points: [x - r, y, x + r, y] }, { points: [x, y - r, x, y + r] }];
      return { kind: 'path', lines, stroke: color, strokeWidth: 2.5 };
    }
  }
}
