import { expect } from 'chai';
import fc from 'fast-check';
import {
  addPulse,
  copyDarkWaveforms,
  digitize,
  drawNoiseRecords,
  PULSE_LENGTH,
  pulseTable,
  RandomStream,
  photoElectronPulse,
  photoElectronPulseIntegral,
} from '@cherenkit/kernels';

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

describe('photoElectronPulse', () => {
  it('has unit area, its peak at two time constants and a width of 3.4 time constants', () => {
    const step = 0.001;
    const pulse = Array.from({ length: 40 / step }, (_, i) => photoElectronPulse(i * step, 1));
    expect(sumOf(pulse) * step).to.be.closeTo(1, 1e-6);
    const peak = Math.max(...pulse.slice(0, 10_000));
    expect(pulse.indexOf(peak) * step).to.be.closeTo(2, 0.002);
    expect(pulse.filter((value) => value > peak / 2).length * step).to.be.closeTo(3.4, 0.02);
    expect(1 - photoElectronPulseIntegral(PULSE_LENGTH, 1)).to.be.below(1e-3);
    expect(photoElectronPulseIntegral(3, 1) - photoElectronPulseIntegral(2, 1)).to.be.closeTo(
      sumOf(pulse.slice(2000, 3000)) * step,
      1e-4,
    );
  });
});

describe('addPulse', () => {
  const table = pulseTable(1.5, 1);

  it('adds the full charge within the length of the pulse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 15, noNaN: true }), fc.integer({ min: 0, max: 2 }), (start, row) => {
        const waveforms = new Float32Array(3 * 40);
        addPulse(table, waveforms, row, 40, start, 5);
        expect(sumOf(waveforms.subarray(row * 40, (row + 1) * 40))).to.be.closeTo(5, 1e-5);
        expect(sumOf(waveforms)).to.be.closeTo(5, 1e-5);
        expect(sumOf(waveforms.subarray(0, row * 40 + Math.floor(start)))).to.equal(0);
      }),
    );
  });

  it('places the mean of a pulse to a fraction of a sample', () => {
    for (const start of [3, 3.3, 3.77]) {
      const waveform = new Float32Array(40);
      addPulse(table, waveform, 0, 40, start, 1);
      const mean = waveform.reduce((sum, value, i) => sum + value * (i + 0.5), 0);
      // The mean is three time constants after the start; the table has 32 starts per sample and truncates the tail.
      expect(mean).to.be.closeTo(start + 4.5, 0.04);
    }
  });

  it('drops the charge outside the waveform', () => {
    const waveform = new Float32Array(40);
    addPulse(table, waveform, 0, 40, -60, 1);
    addPulse(table, waveform, 0, 40, 40, 1);
    expect(sumOf(waveform)).to.equal(0);
    addPulse(table, waveform, 0, 40, -2, 1);
    expect(sumOf(waveform)).to.be.within(0.1, 0.9);
  });
});

describe('drawNoiseRecords', () => {
  it('has zero mean, the variance of night sky and electronics, and the same light in both channels', () => {
    const pulse = pulseTable(1, 1);
    const n = 100_000;
    const [high, low] = drawNoiseRecords(new RandomStream(1), 0.2, 0, [0, 0.5], pulse, n);
    // Campbell's theorem: the variance is the rate times the integral of the squared pulse, 3/16 for a time constant
    // of 1. Sampling reduces it slightly.
    const variance = sumOf(high.map((value) => value * value)) / n;
    expect(variance).to.be.within(0.8 * 0.2 * (3 / 16), 0.2 * (3 / 16));
    expect(sumOf(high) / n).to.be.closeTo(0, 1e-6);
    const electronics = low.map((value, i) => value - high[i]);
    expect(Math.sqrt(sumOf(electronics.map((value) => value * value)) / n)).to.be.closeTo(0.5, 0.01);
  });
});

describe('digitize', () => {
  const converter = { maxCount: 4095, linearLimit: Infinity };

  it('applies gain and pedestal, rounds and saturates', () => {
    const counts = new Uint16Array(6);
    const light = Float32Array.of(0, 0, 0, 1, 0, 0);
    digitize(Float32Array.of(9, 0, 0.02, -0.02, 0.5, 1e6, -1e6), 1, light, 300.25, 50, 6, converter, counts, 0);
    expect([...counts]).to.deep.equal([300, 301, 299, 375, 4095, 0]);
  });

  it('compresses amplitudes above the linear range continuously', () => {
    const counts = new Uint16Array(4);
    const samples = Float32Array.of(10, 10.0001, 20, 40);
    digitize(samples, 0, undefined, 0, 100, 4, { maxCount: 65535, linearLimit: 10 }, counts, 0);
    const [at, above, twice, fourTimes] = counts;
    expect([at, above]).to.deep.equal([1000, 1000]);
    expect(twice).to.equal(Math.round(1000 * (1 + Math.log(2))));
    expect(fourTimes - twice).to.be.closeTo(twice - at, 1);
  });

  it('copies the waveforms of dark pixels only', () => {
    const record = Uint16Array.from({ length: 20 }, (_, i) => i);
    const counts = new Uint16Array(12).fill(99);
    copyDarkWaveforms(record, Int32Array.of(4, 0, 10), Uint8Array.of(0, 1, 0), 4, counts);
    expect([...counts]).to.deep.equal([4, 5, 6, 7, 99, 99, 99, 99, 10, 11, 12, 13]);
    expect(() => copyDarkWaveforms(record, Int32Array.of(0), Uint8Array.of(0), 3, counts)).to.throw(RangeError);
  });
});
