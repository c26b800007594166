import { CameraDisplay, colorMap } from '@cherenkit/display';
import { expect } from 'chai';
import { marksOf } from '../../support/ctapipe-pictures.js';
import { toyCamera } from '../../support/toy-cameras.js';

/** Labels of the colour bar, from its lower end. */
function barLabels(display: CameraDisplay): string[] {
  const right = display.transform.area.x + display.transform.area.width;
  const ticks = marksOf(display.scene, 'text').filter(({ x, rotation }) => x > right && rotation === undefined);
  return ticks.sort((a, b) => b.y - a.y).map(({ text }) => text);
}

describe('a colour bar', () => {
  const geometry = toyCamera('hexagon');

  /** A display with a colour for each of the numbers from 1 to n. */
  function numbered(n: number): CameraDisplay {
    const display = new CameraDisplay(geometry, { cmap: colorMap('Paired').first(n) }).addColorbar();
    return display.setLimitsMinmax(0.5, n + 0.5);
  }

  it('has whole numbers in the middle of steps that stand for these', () => {
    expect(barLabels(numbered(4))).to.deep.equal(['1', '2', '3', '4']);
    expect(barLabels(numbered(1))).to.deep.equal(['1']);
    const { area } = numbered(2).transform;
    const [, lower] = marksOf(numbered(2).scene, 'text').filter(({ text }) => text === '2' || text === '1');
    expect((area.y + area.height - lower.y) / area.height).to.be.closeTo(0.75, 0.01);
  });

  it('has values at the edges of other steps', () => {
    const display = numbered(4).setLimitsMinmax(0, 8);
    expect(barLabels(display)).to.deep.equal(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  });
});
