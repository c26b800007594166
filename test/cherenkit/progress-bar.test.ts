import { expect } from 'chai';
import { describeProgress, ProgressBar, type RunProgress } from 'cherenkit';

const HALF: RunProgress = { bytesRead: 2e6, bytesTotal: 4e6, events: 30, maxEvents: undefined };

/** Represents the control sequence that erases the rest of a line. */
const ERASE = '█';

/** A simulated terminal that handles the only control sequences of the bar, `\r` and `ESC[K`. */
class Screen {
  columns = 200;
  lines: string[] = [''];

  write(text: string): boolean {
    for (const part of text.replaceAll('\x1b[K', ERASE).match(/█|\r|\n|[^█\r\n]+/g) ?? []) {
      const last = this.lines.length - 1;
      if (part === '\n') this.lines.push('');
      else if (part === '\r') this.column = 0;
      else if (part === ERASE) this.lines[last] = this.lines[last].slice(0, this.column);
      else {
        this.lines[last] =
          this.lines[last].slice(0, this.column) + part + this.lines[last].slice(this.column + part.length);
        this.column += part.length;
      }
      if (part === '\n') this.column = 0;
    }
    return true;
  }

  private column = 0;
}

describe('describeProgress', () => {
  it('gives bytes, events, event rate and remaining time', () => {
    const text = describeProgress(HALF, 10);
    expect(text).to.equal('[############------------] 50%  0:10 left  2.0/4.0 MB  30 events  3.0 events/s');
  });

  it('uses the number of events if fewer are requested than the input holds', () => {
    expect(describeProgress({ ...HALF, maxEvents: 40 }, 9)).to.include('75%  0:03 left');
  });

  it('gives the number of events where the source knows it', () => {
    const text = describeProgress({ bytesRead: undefined, bytesTotal: undefined, events: 5, maxEvents: 20 }, 2);
    expect(text).to.equal('[######------------------] 25%  0:06 left  5/20 events  2.5 events/s');
  });

  it('gives only events and rate if the total is unknown', () => {
    const text = describeProgress({ bytesRead: undefined, bytesTotal: undefined, events: 7, maxEvents: undefined }, 2);
    expect(text).to.equal('7 events  3.5 events/s');
  });

  it('gives the fraction and the text of a tool without events', () => {
    const text = describeProgress({ fraction: 0.75, text: '5/10 files merged' }, 3);
    expect(text).to.equal('[##################------] 75%  0:01 left  5/10 files merged');
    expect(describeProgress({ fraction: 0, text: '0/10 files merged' }, 3)).to.match(/\] 0% {2}0\/10 files merged$/);
  });

  it('is limited to 100%', () => {
    expect(describeProgress({ ...HALF, bytesRead: 5e6 }, 10)).to.include('100%  0:00 left');
  });
});

describe('ProgressBar', () => {
  it('draws a single line at a limited rate', () => {
    let time = 0;
    const screen = new Screen();
    const bar = new ProgressBar(screen, () => time);
    for (; time <= 1000; time += 10) bar.update({ ...HALF, events: time });
    expect(screen.lines).to.have.length(1);
    expect(screen.lines[0]).to.include('1000 events');
  });

  it('keeps text written above it and removes itself at the end', () => {
    const screen = new Screen();
    const bar = new ProgressBar(screen, () => 0);
    bar.update(HALF);
    bar.writeAbove('a warning\n');
    expect(screen.lines[0]).to.equal('a warning');
    expect(screen.lines[1]).to.include('50%');
    bar.finish();
    expect(screen.lines).to.deep.equal(['a warning', '']);
  });

  it('fits on one line of a narrow terminal', () => {
    const screen = new Screen();
    screen.columns = 20;
    const bar = new ProgressBar(screen, () => 0);
    bar.update(HALF);
    expect(screen.lines[0]).to.have.length(19);
  });
});
