import type { RandomStream } from '../random/index.js';
import { addPulse, type PulseTable } from './single-pulse.js';

/**
 * A long record of a pixel without any shower, in p.e. per sample: light of the night sky and noise of the electronics,
 * its mean being 0 as behind a capacitor.
 *
 * Waveforms of all pixels are cut out of it at random places, which is many times faster than to draw each sample.
 *
 * @param photonsPerSample - light of the night sky, p.e.
 * @param chargeSpread - relative width of the charge of one p.e.
 * @param electronics - standard deviation of a sample without light, for each gain channel; the light is the same in all
 * @param nSamples - of the record
 * @returns one record per channel
 */
export function drawNoiseRecords(
  random: RandomStream,
  photonsPerSample: number,
  chargeSpread: number,
  electronics: readonly number[],
  pulse: PulseTable,
  nSamples: number,
): Float32Array[] {
  const sky = new Float32Array(nSamples);
  const nPhotons = random.poisson(photonsPerSample * nSamples);
  for (let i = 0; i < nPhotons; i++) {
    const start = random.uniform() * (nSamples + pulse.nSamples) - pulse.nSamples;
    addPulse(pulse, sky, 0, nSamples, start, Math.max(0, 1 + chargeSpread * random.normal()));
  }
  let sum = 0;
  for (let i = 0; i < nSamples; i++) sum += sky[i];
  const mean = sum / nSamples;
  return electronics.map((deviation) => sky.map((sample) => sample - mean + deviation * random.normal()));
}
