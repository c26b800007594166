import { AxisTransform, PixelLayout, toSvg, type Mark, type Scene } from '@cherenkit/display';
import { expect } from 'chai';

function sceneOf(...marks: Mark[]): Scene {
  return { width: 100, height: 50, background: '#fff', title: 'A & B', description: 'x < y', marks };
}

const TEXT = { kind: 'text', x: 1, y: 2, size: 10, color: 'black' } as const;

describe('SVG of a scene', () => {
  it('has a size, a title, a description and the role of an image', () => {
    expect(toSvg(sceneOf())).to.equal(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50" role="img" font-family="DejaVu Sans, Verdana, sans-serif">',
        '<title>A &amp; B</title>',
        '<desc>x &lt; y</desc>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        '</svg>\n',
      ].join('\n'),
    );
  });

  it('escapes texts and colours, and replaces characters that XML does not have', () => {
    const svg = toSvg(sceneOf({ ...TEXT, text: '<b>"&\u0007\ud800', color: '"><script>' }));
    expect(svg).to.include('&lt;b&gt;&quot;&amp;\ufffd\ufffd</text>');
    expect(svg).to.include('fill="&quot;&gt;&lt;script&gt;"');
    expect(svg).not.to.include('<script');
  });

  it('rounds numbers to 0.01, and writes 0 for those that are not finite', () => {
    const points = [1 / 3, 2.004, NaN, -0.001];
    expect(toSvg(sceneOf({ kind: 'path', lines: [{ points }], stroke: 'red' }))).to.include('d="M0.33,2L0,0"');
  });

  it('leaves out pixels without a finite place or width', () => {
    const area = { x: 0, y: 0, width: 10, height: 10 };
    const transform = new AxisTransform(area, [0, 10], [0, 10]);
    const [x, y, width] = [
      [2, NaN, 6, 8],
      [5, 5, 5, 5],
      [1, 1, NaN, 1],
    ].map((values) => Float64Array.from(values));
    const layout = new PixelLayout('hexagon', x, y, width, 0);
    const svg = toSvg(sceneOf({ kind: 'pixels', layout, transform, indices: new Int16Array(4), colors: ['red'] }));
    expect(svg).not.to.include('NaN');
    expect(svg.match(/M\d+,\d+l/g)).to.have.length(2);
  });

  it('keeps two spaces, and breaks lines', () => {
    const svg = toSvg(sceneOf({ ...TEXT, text: 'x  (m)\nsecond', vertical: 'top' }));
    expect(svg).to.include('>x \u00a0(m)</text>').and.to.include('y="9.6"').and.to.include('y="21.6"');
  });

  it('clips groups without identifiers', () => {
    const clip = { x: 1, y: 2, width: 3, height: 4 };
    const svg = toSvg(sceneOf({ kind: 'group', x: 5, clip, marks: [{ ...TEXT, text: 'in' }], label: 'part' }));
    expect(svg).to.include(
      '<g transform="translate(5 0)" aria-label="part">\n<svg x="1" y="2" width="3" height="4" viewBox="1 2 3 4">',
    );
    expect(svg).not.to.include(' id=');
  });
});
