import { CameraDisplay, cameraText, waveformText } from '@cherenkit/display';
import { expect } from 'chai';
import { toyCamera, toyImage } from '../../support/toy-cameras.js';

/** Number of Braille dots in a text. */
function dotsOf(text: string): number {
  const bits = (code: number): number => code.toString(2).replaceAll('0', '').length;
  return Array.from(text).reduce((sum, each) => {
    const code = (each.codePointAt(0) ?? 0) - 0x2800;
    return code >= 0 && code < 256 ? sum + bits(code) : sum;
  }, 0);
}

describe('pictures in a terminal', () => {
  const geometry = toyCamera('hexagon');

  it('have more dots where pixels are brighter', () => {
    const text = (value: number): string => {
      const display = new CameraDisplay(geometry, { image: new Float64Array(geometry.nPixels).fill(value) });
      return cameraText(display.setLimitsMinmax(0, 10), { columns: 30 });
    };
    const [dark, medium, bright] = [0, 5, 10].map((value) => dotsOf(text(value)));
    expect(dark).to.be.greaterThan(20); // the outline
    expect(medium).to.be.within(1.5 * dark, 0.75 * bright);
    expect(
      text(5)
        .split('\n')
        .every((line) => line.length <= 30),
    ).to.equal(true);
  });

  it('have colours only where these are wanted', () => {
    const display = new CameraDisplay(geometry, { image: toyImage(geometry) });
    expect(cameraText(display)).not.to.include('\x1b');
    const colored = cameraText(display, { isColored: true });
    expect(colored).to.include('\x1b[38;2;');
    // Colours end with each line.
    for (const line of colored.split('\n'))
      expect(line.lastIndexOf('\x1b[39m')).to.be.at.least(line.lastIndexOf('\x1b[38'));
  });

  it('show waveforms with their limits', () => {
    const text = waveformText(
      { samples: [0, 1, NaN, 5, 2], label: 'pixel 3' },
      { columns: 20, rows: 4, samplingRate: 1 },
    );
    const lines = text.split('\n');
    expect(lines[0]).to.equal('pixel 3, p.e.');
    expect(lines[1]).to.match(/^ +5\.0 │/);
    expect(lines[4]).to.match(/^ +0\.0 │/);
    expect(lines.at(-1)).to.match(/└─+ 5 ns$/);
    expect(waveformText({ samples: [], label: 'none' }, { samplingRate: 1 })).to.include('none, p.e.');
  });
});
