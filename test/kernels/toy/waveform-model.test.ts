import { expect } from 'chai';
import { modelWaveforms, waveformModel } from '@cherenkit/kernels';

import { unpack } from '../../support/packed-array.js';
import { TOY_IMAGES } from '../../support/toy-image-reference.js';

describe('modelWaveforms', () => {
  const { pulses: packed, pulseSampleWidth, sampleWidth, nSamples, charge, time, waveforms } = TOY_IMAGES.waveform;
  const both = unpack('f8', packed);
  const pulses = [both.slice(0, both.length / 2), both.slice(both.length / 2)];
  const model = waveformModel(pulses, pulseSampleWidth, sampleWidth);

  it("gives ctapipe's waveforms", () => {
    const expected = unpack('f8', waveforms);
    const found = modelWaveforms(model, charge, time, nSamples);
    expect(found.length).to.equal(expected.length);
    // Sums in another order.
    found.forEach((sample, i) => expect(sample).to.be.closeTo(expected[i], 1e-9 * (1 + Math.abs(expected[i]))));
  });

  it('preserves the charge of pulses inside the readout and drops pulses outside', () => {
    const found = modelWaveforms(model, [7, 7], [20, -1], nSamples);
    const sumOfRow = (row: number) => found.subarray(row * nSamples, (row + 1) * nSamples).reduce((a, b) => a + b, 0);
    for (const row of [0, 2]) expect(sumOfRow(row)).to.be.closeTo(7, 1e-9);
    for (const row of [1, 3]) expect(sumOfRow(row)).to.equal(0);
  });

  it('shifts a pulse with its time', () => {
    const [early, late] = [10, 17].map((at) => modelWaveforms(model, [1], [at], nSamples));
    for (let i = 7; i < nSamples; i++) expect(late[i]).to.be.closeTo(early[i - 7], 1e-12);
  });
});
