import { processEvent, type ArrayEvent, type SubarrayDescription } from '@cherenkit/core';
import { eventText, telescopeText } from '@cherenkit/display';
import { createPipeline, EventSource } from 'cherenkit';
import { expect } from 'chai';

describe('an event in a terminal', () => {
  let event: ArrayEvent;
  let subarray: SubarrayDescription;
  before(async () => {
    await using source = await EventSource.open('toymodel:?events=1&seed=3');
    await using pipeline = await createPipeline({ subarray: source.subarray });
    ({ subarray } = source);
    for await (const each of source) {
      processEvent(each, pipeline);
      event = each;
    }
  });

  /** Widest line and number of lines. */
  function sizeOf(text: string): [columns: number, rows: number] {
    const lines = text.split('\n');
    return [Math.max(...lines.map((line) => line.length)), lines.length];
  }

  it('fits one telescope into the terminal, with its parameters and the waveform of the brightest pixel', () => {
    const telId = [...event.dl1.tel].find(([, { parameters }]) => (parameters?.hillas.length ?? NaN) > 0)?.[0] ?? NaN;
    const windows = Int32Array.from({ length: 2 * 1855 }, (_, i) => (i % 2 === 0 ? 5 : 12));
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
    ]) {
      const text = telescopeText(event, subarray, telId, { columns, rows, windows }) ?? '';
      const [width, height] = sizeOf(text);
      expect(width, text).to.be.at.most(columns);
      expect(height, text).to.be.at.most(rows - 3);
      expect(text).to.match(/length +\d\.\d\d°/);
      expect(text).to.match(/pixel \d+, p\.e\./);
      expect(text).to.include('━');
    }
    expect(telescopeText(event, subarray, telId, { columns: 40 })).to.match(/[\u2800-\u28ff]\s+telescope/);
    expect(telescopeText(event, subarray, telId, { withWaveform: false })).not.to.match(/pixel \d/);
    expect(telescopeText(event, subarray, telId, { isColored: true })).to.include('\x1b[38;2;');
    const without = [...subarray.telIds].find((each) => !event.dl1.tel.has(each));
    if (without !== undefined) expect(telescopeText(event, subarray, without)).to.equal(undefined);
  });

  it('shows all telescopes side by side, and the results', () => {
    const text = eventText(event, subarray);
    expect(sizeOf(text)[0]).to.be.at.most(80);
    for (const telId of event.dl1.tel.keys()) expect(text).to.match(new RegExp(`telescope ${telId}: `));
    expect(text.split('\n').at(-1)).to.match(
      /^HillasReconstructor: alt [\d.]+°, az [\d.]+°, core x -?\d+ m, y -?\d+ m$/,
    );
    // One column in a narrow terminal.
    const first = eventText(event, subarray, { columns: 30 }).split('\n')[0];
    expect(first.match(/telescope/g)).to.have.lengthOf(1);
  });
});
