import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'cherenkit';
import { expect } from 'chai';
import { FLAGS, N_SAMPLES, PIXELS, protoR1Run, samplesOf } from '../../support/lst-run.js';

describe('LSTEventSource of data with selected gain channels', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-gains-'));
    writeFileSync(join(folder, 'run.fits.fz'), protoR1Run());
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const apply_drs4_corrections of [false, true]) {
    it(`gives the selected channels without calibration files, ${apply_drs4_corrections ? 'cut' : 'whole'}`, async () => {
      const config = { LSTEventSource: { apply_drs4_corrections } };
      await using source = await EventSource.open(join(folder, 'run.fits.fz'), {}, { config });
      let count = 0;
      for await (const event of source) {
        const { waveform, selectedGainChannel } = event.r1.tel.get(1) ?? {};
        const stored = samplesOf(++count);
        PIXELS.forEach((pixel, i) => {
          expect(selectedGainChannel?.[pixel]).to.equal(FLAGS[i] === 0b0100 ? 0 : 1);
          const samples = stored.subarray(i * N_SAMPLES, (i + 1) * N_SAMPLES);
          const wanted = apply_drs4_corrections ? samples.subarray(3, 39) : samples;
          expect(
            [...(waveform?.channel(0) ?? [])].slice(pixel * wanted.length, (pixel + 1) * wanted.length),
          ).to.deep.equal([...wanted]);
        });
      }
      expect(count).to.equal(2);
    });
  }
});
