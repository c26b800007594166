import { AxesDisplay, CameraDisplay, subplots } from '@cherenkit/display';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { toyCamera } from '../../support/toy-cameras.js';

describe('AxesDisplay', () => {
  const LIMITS = { xLimits: [0, 10], yLimits: [-1, 4] } as const;

  it('draws lines, which NaN interrupts, at their data coordinates', () => {
    const axes = new AxesDisplay(LIMITS);
    axes.line([[0, 0], [2, 1], [NaN, NaN], [3, 1], [5, 2]], { color: 'tab:blue' }); // prettier-ignore
    const { transform } = axes;
    const path = marksOf(axes.scene, 'path').find(({ stroke }) => stroke === '#1f77b4');
    const places = path?.lines.map(({ points: p }) => [
      ...transform.toData(p[0], p[1]),
      ...transform.toData(p[2], p[3]),
    ]);
    expect(places?.map((line) => line.map((value) => Math.round(1e9 * value) / 1e9 + 0))).to.deep.equal([
      [0, 0, 2, 1],
      [3, 1, 5, 2],
    ]);
  });

  it('draws bars from 0, also downwards, points, rules and texts', () => {
    const axes = new AxesDisplay(LIMITS);
    axes.bars([0, 1, 2], [3, -1], { color: '#010203' }).scatter([[4, 2], [NaN, 1]], { color: '#040506' }); // prettier-ignore
    axes.rule({ x: 5 }, { color: '#070809' }).rule({ y: 1 }, { color: '#070809' }).text([6, 3], 'peak');
    axes.shade({ x: [7, 8] }, { color: '#0a0b0c' });
    const { transform, scene } = axes;
    const { area } = transform;
    const bars = marksOf(scene, 'path').filter(({ fill }) => fill === '#010203');
    const heights = bars.map(({ lines: [{ points }] }) => [points[1], points[5]].map((y) => transform.toData(0, y)[1]));
    expect(heights.map((pair) => pair.map((y) => Math.round(1e9 * y) / 1e9 + 0))).to.deep.equal([[3, 0], [0, -1]]); // prettier-ignore
    expect(marksOf(scene, 'ellipse').map(({ x, y, fill }) => [x, y, fill])).to.deep.equal([
      [transform.x(4), transform.y(2), '#040506'],
    ]);
    const rules = marksOf(scene, 'path').filter(({ stroke }) => stroke === '#070809');
    expect(rules.map(({ lines: [{ points }] }) => Array.from(points))).to.deep.equal([
      [transform.x(5), area.y, transform.x(5), area.y + area.height],
      [area.x, transform.y(1), area.x + area.width, transform.y(1)],
    ]);
    const shade = marksOf(scene, 'path').find(({ fill }) => fill === '#0a0b0c');
    expect(Array.from(shade?.lines[0]?.points ?? []).slice(0, 2)).to.deep.equal([transform.x(7), area.y]);
    expect(marksOf(scene, 'text').map(({ text }) => text)).to.include('peak');
  });

  it('includes all content by default, and keeps circles round with equal scales', () => {
    const axes = new AxesDisplay({ hasEqualScales: true, width: 700 }).ellipse([1, 2], [3, 3]).scatter([[-4, 2]]);
    const { xLimits, yLimits, scaleX, scaleY } = axes.transform;
    expect(xLimits[0]).to.be.lessThan(-4);
    expect(yLimits[1]).to.be.greaterThan(5);
    expect(scaleX).to.be.closeTo(-scaleY, 1e-9);
    expect(new AxesDisplay().transform.xLimits).to.deep.equal([0, 1]);
  });

  it('has a legend of what has a label, and stands beside other pictures', () => {
    const axes = new AxesDisplay({ title: 'axes' }).line([[0, 1], [1, 2]], { label: 'fit' }).scatter([[1, 1]]); // prettier-ignore
    const { scene } = subplots(1, 2, [new CameraDisplay(toyCamera('hexagon')), axes]);
    const texts = marksOf(scene, 'text').map(({ text }) => text);
    expect(texts).to.include.members(['axes', 'fit']);
    expect(axes.toSvg()).to.equal(axes.toSvg());
  });

  it('draws steps on logarithmic axes, without values that they do not have', () => {
    const axes = new AxesDisplay({ xScale: 'log', yScale: 'log', xLimits: [0.1, 1000], yLimits: [1, 1e6] });
    axes.steps([0.1, 1, 10, 100], [10, 0, 1000], { color: '#010203', label: 'area' });
    const { transform, scene } = axes;
    const [path] = marksOf(scene, 'path').filter(({ stroke }) => stroke === '#010203');
    expect(path.lines.map(({ points }) => Array.from(points))).to.deep.equal([
      [transform.x(0.1), transform.y(10), transform.x(1), transform.y(10)],
      [transform.x(10), transform.y(1000), transform.x(100), transform.y(1000)],
    ]);
    const { area } = transform;
    expect(transform.x(10)).to.be.closeTo(area.x + area.width / 2, 1e-9);
    expect(transform.toData(area.x + area.width / 2, area.y)).to.deep.equal([10, 1e6]);
    const texts = marksOf(scene, 'text').map(({ text }) => text);
    expect(texts).to.include.members(['0.1', '100', '1000', '1e6', 'area']);
    const outside = new AxesDisplay({ yScale: 'log' }).line([[0, -1], [1, NaN]]); // prettier-ignore
    expect(outside.transform.yLimits).to.deep.equal([0.1, 10]);
  });

  it('draws values in two dimensions as colours, with a colour bar', () => {
    const axes = new AxesDisplay({ xScale: 'log' }).heatMap([1, 10, 100], [0, 1], [2, NaN], { label: 'rate' });
    const { transform, scene } = axes;
    expect([transform.xLimits, transform.yLimits]).to.deep.equal([[1, 100], [0, 1]]); // prettier-ignore
    const cells = marksOf(scene, 'path').flatMap(({ fill, lines }) => (lines.length === 1 && fill ? lines : []));
    const corners = cells.map(({ points }) => Array.from(points).slice(4, 8));
    expect(corners).to.deep.include([transform.x(10) + 0.4, transform.y(0), transform.x(1), transform.y(0)]);
    expect(marksOf(scene, 'text').map(({ text }) => text)).to.include('rate');
    expect(() => new AxesDisplay().heatMap([0, 1], [0, 1], [1, 2])).to.throw(RangeError, 'expected 1 values, found 2');
  });
});
