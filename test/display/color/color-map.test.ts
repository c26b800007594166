import { COLOR_MAP_NAMES, ColorMap, ColorNorm, colorMap, limitsOf } from '@cherenkit/display';
import { CherenkitError } from '@cherenkit/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { readPictures } from '../../support/ctapipe-pictures.js';
import { skipWithoutTestData } from '../../support/test-data.js';
import { tmpdir } from 'node:os';

describe('colour maps', () => {
  it('are those of the reference pictures', function () {
    skipWithoutTestData.call(this);
    const { colour_maps, Paired } = readPictures();
    for (const [name, colors] of Object.entries(colour_maps)) {
      expect(
        [0, 64, 128, 192, 255].map((level) => colorMap(name).colors[level]),
        name,
      ).to.deep.equal(colors);
    }
    expect(colorMap('Paired').colors).to.deep.equal(Paired);
  });

  it('equal those of matplotlib in all levels', async function () {
    skipWithoutCtapipe.call(this);
    this.timeout(60_000);
    const names = COLOR_MAP_NAMES.flatMap((name) => [name, `${name}_r`]);
    const program = `
import json, sys, matplotlib
from matplotlib.colors import to_hex
maps = {name: matplotlib.colormaps[name] for name in json.loads(sys.argv[1])}
print(json.dumps({name: [to_hex(cmap(i)) for i in range(cmap.N)] for name, cmap in maps.items()}))`;
    const text = await ctapipePython(['-c', program, JSON.stringify(names)], { cwd: tmpdir() });
    const expected = JSON.parse(text) as Record<string, string[]>;
    for (const name of names) expect(colorMap(name).colors, name).to.deep.equal(expected[name]);
  });

  it('have colours for values below and above, and none for NaN', () => {
    const map = colorMap('Paired').first(3, { under: 'k', over: '#fff' });
    expect(map.table).to.deep.equal(['#a6cee3', '#1f78b4', '#b2df8a', '#000000', '#ffffff']);
    expect([-0.1, 0, 0.34, 1, 1.1, NaN].map((part) => map.indexOf(part))).to.deep.equal([3, 0, 1, 2, 4, -1]);
    expect(colorMap('inferno').indexOf(1)).to.equal(255);
  });

  it('refuse unknown names and colours', () => {
    expect(() => colorMap('hot')).to.throw(CherenkitError, /no colour map hot.*inferno/);
    expect(() => colorMap('constructor')).to.throw(CherenkitError);
    expect(() => new ColorMap('mine', ['salmonish'])).to.throw(RangeError, /#rrggbb, found salmonish/);
  });
});

describe('scales of colours', () => {
  it('are between 0 and 1 within the limits, and grow with the value', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom('lin' as const, 'symlog' as const), value, value, value, (name, a, b, c) => {
        const [low, middle, high] = [a, b, c].sort((x, y) => x - y);
        if (low === high) return;
        const norm = new ColorNorm(name, [low, high]);
        expect(norm.partOf(low)).to.equal(0);
        expect(norm.partOf(high)).to.equal(1);
        expect(norm.partOf(middle)).to.be.within(0, 1);
      }),
    );
  });

  it('have no values for NaN, and `log` none that are not positive', () => {
    expect(new ColorNorm('lin', [0, 1]).partOf(NaN)).to.be.NaN;
    expect([-1, 0, 1, 10, 100].map((value) => new ColorNorm('log', [1, 100]).partOf(value))).to.deep.equal([
      NaN,
      NaN,
      0,
      0.5,
      1,
    ]);
    expect(limitsOf([-3, NaN, 0, 2, Infinity, 7], 'log')).to.deep.equal([2, 7]);
    expect(limitsOf([-3, NaN, 0, 2, 7], 'lin')).to.deep.equal([-3, 7]);
    expect(limitsOf([NaN], 'lin')).to.deep.equal([0, 1]);
  });

  it('put equal values into the lowest level', () => {
    const norm = new ColorNorm('lin', [5, 5]);
    expect([4, 5, 6, NaN].map((value) => colorMap('inferno').indexOf(norm.partOf(value)))).to.deep.equal([
      256, 0, 257, -1,
    ]);
  });
});
